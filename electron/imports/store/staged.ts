import { startKey } from '../../calendar/startKey.ts';
import type { ClientFields } from '../../contract/clients.ts';
import type { MeetingFields } from '../../contract/meetings.ts';
import { fold } from '../../text/fold.ts';
import { wordChange, words } from '../../text/words.ts';

/** What the store is given of a record beside its fields: everything folded, because Lua knows no letters beyond ASCII. */
export interface StagedClient extends ClientFields {
  readonly nameKey: string;
  readonly cityKey: string;
  readonly words: readonly string[];
}

/** A person named in a file: an owner who cannot sign in. */
export interface StagedOwner {
  readonly displayName: string;
  readonly nameKey: string;
}

export interface StagedMeeting extends Omit<MeetingFields, 'clientId' | 'ownerId'> {
  /** What another program calls it. */
  readonly externalId?: string | null;
  readonly titleKey: string;
  readonly startKey: string;
}

export const stagedClient = (fields: ClientFields): StagedClient => ({
  ...fields,
  nameKey: fold(fields.name),
  cityKey: fold(fields.city),
  words: words(fields.name),
});

export const stagedOwner = (displayName: string): StagedOwner => ({
  displayName,
  nameKey: fold(displayName),
});

/** @param zone the office's zone, in which plain dates begin */
export const stagedMeeting = (
  fields: Omit<MeetingFields, 'clientId' | 'ownerId'> & Pick<StagedMeeting, 'externalId'>,
  zone: string,
): StagedMeeting => ({
  ...fields,
  titleKey: fold(fields.title),
  startKey: startKey(fields.start, zone),
});

/** Another state of a meeting that is there, as the store takes it. */
export interface StagedUpdate {
  readonly row: number;
  /** What the meeting has while it is as it was compared. */
  readonly version: number;
  /** Number of its client afterwards. */
  readonly slot: number;
  readonly fields: MeetingFields & {
    readonly titleKey: string;
    readonly startKey: string;
    readonly externalId: string | null;
  };
  readonly words: { readonly remove: readonly string[]; readonly add: readonly string[] };
  readonly tagFolds: readonly string[];
  readonly tagFoldsBefore: readonly string[];
}

/** @param zone the office's zone */
export const stagedUpdate = (
  { row, version, slot }: Pick<StagedUpdate, 'row' | 'version' | 'slot'>,
  before: MeetingFields,
  fields: MeetingFields & { readonly externalId: string | null },
  zone: string,
): StagedUpdate => ({
  row,
  version,
  slot,
  fields: { ...fields, titleKey: fold(fields.title), startKey: startKey(fields.start, zone) },
  words: wordChange(words(before.title, before.details), words(fields.title, fields.details)),
  tagFolds: fields.tags.map(fold),
  tagFoldsBefore: before.tags.map(fold),
});
