import type { ClientRow } from '../contract/clients.ts';
import type { JournalEntry } from '../contract/journal.ts';
import type { Meeting } from '../contract/meetings.ts';
import type { UserRow } from '../contract/users.ts';

/** A slice of meetings, and where the next one begins; null when there is none. */
export interface MeetingSlice {
  readonly rows: readonly Meeting[];
  readonly total: number;
  readonly cursor: string | null;
}

/** How an export reads the office: with the eyes of the administrator who makes it, a slice at a time. */
export interface OfficeReads {
  /** In the order they were written down, which nothing changes meanwhile. */
  meetings(cursor: string | null): Promise<MeetingSlice>;
  /** The newest first. */
  meetingsOf(clientId: string, cursor: string | null): Promise<MeetingSlice>;
  /** By name. */
  clients(offset: number): Promise<{ readonly rows: readonly ClientRow[]; readonly total: number }>;
  users(): Promise<readonly UserRow[]>;
  /** Ids of the clients assigned to a user. */
  clientsOf(userId: string): Promise<readonly string[]>;
  /** The latest first; `before` of the answer asks for the next slice. */
  journal(
    before: number | null,
  ): Promise<{ readonly entries: readonly JournalEntry[]; before: number | null }>;
}

/** Rows a slice has at most: what people do meanwhile waits for one of them at a time. */
export const sliceSize = 100;
