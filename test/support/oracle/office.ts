import { NoticedMap } from './noticed.ts';
import { Refused } from './types.ts';
import type { Client, Meeting, User } from './types.ts';

export interface Entry {
  entry: number;
  actor: string;
  /** What was written, and how it was and became; null where there was none. Other writes cannot be taken back here. */
  meeting?: { before: Meeting | null; after: Meeting };
  client?: { before: Client | null; after: Client };
  isUndo: boolean;
  undone: boolean;
}

/** An office as plain lists, and who sees what of it. `write.ts` changes it, `filter.ts` and `lists.ts` ask it. */
export class Office {
  readonly zone: string;
  readonly meetings = new NoticedMap<string, Meeting>();
  readonly clients = new NoticedMap<string, Client>();
  readonly users = new NoticedMap<string, User>();
  /** Ids of the clients assigned to each user, deleted ones too. Sets are replaced, never changed in place. */
  readonly assigned = new NoticedMap<string, ReadonlySet<string>>();
  readonly entries: Entry[] = [];
  /** Who went with an import that was taken back. */
  readonly gone = new Map<string, User>();
  /** How many ids of other programs were filed. */
  filings = 0;
  readonly #known = new Map<string, unknown>();
  #knownAt = -1;

  constructor(zone: string, administrator: User) {
    this.zone = zone;
    this.users.set(administrator.id, administrator);
  }

  /** What was worked out since the last write, or works it out. @param name tells one such thing from another */
  once<T>(name: string, work: () => T): T {
    const { meetings, clients, users, assigned } = this;
    const now = meetings.changes + clients.changes + users.changes + assigned.changes;
    if (now !== this.#knownAt) this.#known.clear();
    this.#knownAt = now;
    if (!this.#known.has(name)) this.#known.set(name, work());
    return this.#known.get(name) as T;
  }

  /** @throws Refused when nobody active has this id */
  signedIn(userId: string): User {
    const user = this.users.get(userId);
    if (!user?.active) throw new Refused('SIGNED_OUT');
    return user;
  }

  seesClient(user: User, clientId: string): boolean {
    const client = this.clients.get(clientId);
    if (!client || client.deleted) return false;
    if (user.role === 'administrator' || user.seesAllClients) return true;
    return this.assigned.get(user.id)?.has(clientId) ?? false;
  }

  seesMeeting(user: User, meeting: Meeting): boolean {
    return !meeting.deleted && this.seesClient(user, meeting.clientId);
  }

  visibleMeetings(user: User): readonly Meeting[] {
    return this.once(`meetings of ${user.id}`, () =>
      [...this.meetings.values()].filter((meeting) => this.seesMeeting(user, meeting)),
    );
  }

  visibleClients(user: User): readonly Client[] {
    return this.once(`clients of ${user.id}`, () =>
      [...this.clients.values()].filter((client) => this.seesClient(user, client.id)),
    );
  }

  client(id: string): Client {
    return this.clients.get(id) as Client;
  }

  clientName(id: string): string {
    return this.client(id).name;
  }

  ownerName(id: string): string {
    return (this.users.get(id) as User).displayName;
  }
}
