import type { MeetingFields, Start } from '../types.ts';

/** A row of a file as people read it; an empty text, an empty list and null are an empty cell. */
export interface FileRow {
  /** Counting from 1; the header is the first. */
  line: number;
  clients: string[];
  title: string;
  start: Start | null;
  owner: string;
  status: string;
  details: string;
  tags: string[];
  durationMinutes: number | null;
  externalId: string;
}

export interface ImportRules {
  /** Who imports. */
  actor: string;
  duplicates: 'keep' | 'skip';
  unknownOwners: 'new' | 'default';
  viewers: { owners: boolean; users: string[] };
  defaults: Pick<MeetingFields, 'type' | 'status' | 'priority'> & { ownerId: string | null };
}

export const outcomes = ['added', 'updated', 'unchanged', 'skipped', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

/** What is told of a row; of several clients in a row each has its own. */
export interface Told {
  line: number;
  outcome: Outcome;
  duplicateOf: number | null;
  client: string;
  title: string;
  start: Start | null;
  changes: { field: string; before: string; after: string }[];
  reason: string;
}

/** A client or owner of a row: one there is, or a name that has to be made one. */
export type Named = { id: string } | { fresh: string };

/** A meeting as a row tells it. */
export interface RowMeeting extends Omit<MeetingFields, 'clientId' | 'ownerId'> {
  line: number;
  client: Named;
  /** As the file spells it first. */
  clientName: string;
  owner: Named;
  /** As the office calls who is meant, or as the file spells it first. */
  ownerName: string;
  externalId: string;
  /** Whether the row says these itself. */
  tells: Record<'owner' | 'title' | 'status', boolean>;
}
