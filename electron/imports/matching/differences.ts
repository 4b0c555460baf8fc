import { wallTime } from '../../calendar/wallTime.ts';
import type { FieldChange, ImportField } from '../../contract/imports.ts';
import type { MeetingFields } from '../../contract/meetings.ts';
import type { Start } from '../../contract/values.ts';
import type { NamedMeeting } from '../../redis/storedRows.ts';
import { tells } from '../cells/meetingOfRow.ts';
import { shorten } from '../cells/shorten.ts';
import type { NumberedMeeting } from '../readMeetings.ts';

/** A meeting of the office beside the row of the file that speaks of it. */
export interface Compared {
  readonly before: NamedMeeting;
  readonly row: NumberedMeeting;
  /** The row's client and owner by name, and by id where the office has them. */
  readonly client: { readonly id: string | null; readonly name: string };
  readonly owner: { readonly id: string | null; readonly name: string };
}

const longest = 300;

/** What a row tells of a meeting that is not so yet. What the row leaves empty stays as it is. */
export function differences(compared: Compared, zone: string): FieldChange[] {
  const { before, row, client, owner } = compared;
  const changes: FieldChange[] = [];
  const compare = (field: ImportField, same: boolean, was: string, becomes: string): void => {
    if (!same) changes.push({ field, before: shorten(was, longest), after: shorten(becomes, longest) });
  };
  const text = (field: 'title' | 'details' | 'type' | 'status' | 'priority', told: boolean): void => {
    if (told) compare(field, before[field] === row[field], before[field], row[field]);
  };
  compare('client', client.id === before.client.id, before.client.name, client.name);
  if (tells(row, 'owner')) compare('owner', owner.id === before.ownerId, before.owner.name, owner.name);
  text('title', tells(row, 'title'));
  text('details', row.details !== '');
  compare('start', sameStart(before.start, row.start), startText(before.start, zone), startText(row.start, zone)); // prettier-ignore
  for (const field of ['type', 'status', 'priority'] as const) text(field, tells(row, field));
  if (row.tags.length > 0)
    compare('tags', sameTags(before.tags, row.tags), before.tags.join('; '), row.tags.join('; '));
  if (row.durationMinutes !== null) {
    const minutes = before.durationMinutes;
    compare('durationMinutes', minutes === row.durationMinutes, minutes === null ? '' : String(minutes), String(row.durationMinutes)); // prettier-ignore
  }
  if (row.externalId) {
    compare('externalId', before.externalId === row.externalId, before.externalId ?? '', row.externalId);
  }
  return changes;
}

/** The meeting as it is after these changes. */
export function changedFields(
  before: MeetingFields & { readonly externalId: string | null },
  row: NumberedMeeting,
  changes: readonly FieldChange[],
  ids: { readonly clientId: string; readonly ownerId: string },
): MeetingFields & { externalId: string | null } {
  const changed = new Set(changes.map(({ field }) => field));
  const pick = <F extends keyof NumberedMeeting & keyof MeetingFields & ImportField>(
    field: F,
  ): MeetingFields[F] => (changed.has(field) ? row[field] : before[field]) as MeetingFields[F];
  return {
    clientId: changed.has('client') ? ids.clientId : before.clientId,
    ownerId: changed.has('owner') ? ids.ownerId : before.ownerId,
    title: pick('title'),
    details: pick('details'),
    type: pick('type'),
    status: pick('status'),
    priority: pick('priority'),
    tags: [...pick('tags')],
    start: pick('start'),
    durationMinutes: pick('durationMinutes'),
    externalId: row.externalId ?? before.externalId ?? null,
  };
}

const sameStart = (one: Start, other: Start): boolean =>
  'at' in one
    ? 'at' in other && one.at === other.at && one.zone === other.zone
    : 'date' in other && one.date === other.date;

/** `2026-11-21`, or `2026-11-21 09:30` on the office's clock. */
const startText = (start: Start, zone: string): string =>
  'date' in start
    ? start.date
    : new Date(wallTime(Date.parse(start.at), zone)).toISOString().slice(0, 16).replace('T', ' ');

function sameTags(one: readonly string[], other: readonly string[]): boolean {
  const tags = new Set(one);
  return tags.size === new Set(other).size && other.every((tag) => tags.has(tag));
}
