import { recordedMeeting, type RecordedMeeting } from '../meetingRecord.ts';
import { bitsOf, type StoredOffice } from './storedOffice.ts';

interface Stamped {
  readonly id: string;
  readonly version: number;
  readonly changedAt: string;
  readonly deletedAt: string | null;
}
export type StoredMeeting = RecordedMeeting;
export interface StoredClient extends Stamped {
  readonly slot: number;
  readonly name: string;
  readonly nameKey: string;
  readonly kind: string;
  readonly city: string;
  readonly ownerId?: string | null;
}
export interface StoredUser extends Stamped {
  readonly userName: string;
  readonly userNameKey: string;
  readonly displayName: string;
  readonly nameKey: string;
  readonly role: string;
  readonly seesAllClients: boolean;
  readonly active: boolean;
}

/** A meeting that is not deleted, where the indexes must have it. */
export interface FiledMeeting {
  readonly row: number;
  readonly meeting: StoredMeeting;
  readonly client: StoredClient;
}

/** The records of an office: what everything else must agree with. */
export interface StoredRecords {
  readonly zone: string;
  readonly meetings: ReadonlyMap<number, StoredMeeting>;
  readonly clients: ReadonlyMap<number, StoredClient>;
  readonly users: ReadonlyMap<string, StoredUser>;
  readonly filed: readonly FiledMeeting[];
  /** Filed meetings whose client is not deleted. */
  readonly live: readonly FiledMeeting[];
  /** Slots by user: living clients that are assigned to the user. */
  readonly assigned: ReadonlyMap<string, ReadonlySet<number>>;
  /** Meetings that name a client there is not; they count nowhere else. */
  readonly astray: readonly StoredMeeting[];
}

export function recordsOf(office: StoredOffice): StoredRecords {
  const meetings = new Map(
    ofKind<StoredMeeting>(office, 'meeting', recordedMeeting).map(([row, each]) => [Number(row), each]),
  );
  const clients = new Map(ofKind<StoredClient>(office, 'client').map(([slot, each]) => [Number(slot), each]));
  const users = new Map(ofKind<StoredUser>(office, 'user'));
  const present = [...meetings].filter(([, { deletedAt }]) => isNone(deletedAt));
  const filed = present
    .flatMap(([row, meeting]) => {
      const client = clients.get(meeting.slot);
      return client ? [{ row, meeting, client }] : [];
    })
    .sort((one, other) => one.row - other.row);
  const astray = present.map(([, meeting]) => meeting).filter(({ slot }) => !clients.has(slot));
  return {
    zone: office.hashes.get('office')?.['zone'] ?? '',
    ...{ meetings, clients, users, filed, astray },
    live: filed.filter(({ client }) => isNone(client.deletedAt)),
    assigned: assignedTo(office, clients, users),
  };
}

/** A field that holds nothing may be left out. */
export const isNone = (value: unknown): boolean => value === null || value === undefined;

const parsed = (text: string): unknown => JSON.parse(text) as unknown;

function ofKind<T>(
  { strings }: StoredOffice,
  noun: string,
  read: (text: string) => unknown = parsed,
): [string, T][] {
  return [...strings]
    .filter(([name]) => name.startsWith(`${noun}:`))
    .map(([name, text]) => [name.slice(noun.length + 1), read(text.toString('utf8')) as T]);
}

function assignedTo(
  { sets }: StoredOffice,
  clients: ReadonlyMap<number, StoredClient>,
  users: ReadonlyMap<string, StoredUser>,
): Map<string, Set<number>> {
  const assigned = new Map([...users.keys()].map((id) => [id, new Set<number>()]));
  for (const [slot, { deletedAt }] of clients) {
    if (!isNone(deletedAt)) continue;
    for (const id of sets.get(`users_of_client:${String(slot)}`) ?? []) assigned.get(id)?.add(slot);
  }
  return assigned;
}

/** Rows or slots of a posting, whether it is kept as a set or as a bitmap. */
export function postingOf({ sets, strings }: StoredOffice, name: string): Set<number> {
  const set = sets.get(name);
  return new Set(set ? [...set].map(Number) : bitsOf(strings.get(name)));
}
