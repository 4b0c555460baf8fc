import { startInstant } from '../filter.ts';
import { fold } from '../words.ts';
import type { Office } from '../office.ts';
import type { Meeting, Start, User } from '../types.ts';
import type { RowMeeting } from './rows.ts';

/** Finds the meetings that the rows of one file speak of; each is taken by one row. */
export class Matching {
  readonly #office: Office;
  /** In the order in which they were made. */
  readonly #visible: Meeting[];
  readonly #taken = new Set<Meeting>();
  readonly #lines = new Map<string, number>();

  constructor(office: Office, user: User) {
    this.#office = office;
    this.#visible = office.visibleMeetings(user).toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** @returns the meeting, if there is one: by its id in another program, else by client, start and title */
  find(row: RowMeeting): Meeting | null {
    const byId = this.#withId(row.externalId);
    const isFree = byId !== undefined && !this.#taken.has(byId);
    const found = isFree ? byId : this.#visible.find((meeting) => this.#isMeant(meeting, row));
    if (found) this.#taken.add(found);
    return found ?? null;
  }

  /** @returns line of the first row without an id that has the same client, start and title, if that is another one */
  duplicateOf(row: RowMeeting): number | null {
    if (row.externalId !== '') return null;
    const key = this.#key(fold(row.clientName), row);
    const first = this.#lines.get(key);
    if (first === undefined) this.#lines.set(key, row.line);
    return first ?? null;
  }

  /** Of several the one that had the id first. */
  #withId(id: string): Meeting | undefined {
    return this.#visible
      .filter(({ externalId }) => id !== '' && externalId?.id === id)
      .sort((one, other) => (one.externalId?.filed ?? 0) - (other.externalId?.filed ?? 0))[0];
  }

  #isMeant(meeting: Meeting, row: RowMeeting): boolean {
    if (this.#taken.has(meeting) || !('id' in row.client)) return false;
    if (row.externalId !== '' && meeting.externalId) return false;
    return this.#key(meeting.clientId, meeting) === this.#key(row.client.id, row);
  }

  #key(client: string, { start, title }: { start: Start; title: string }): string {
    return [client, startInstant(start, this.#office.zone), fold(title)].join('\n');
  }
}
