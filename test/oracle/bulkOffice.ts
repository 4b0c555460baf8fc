import { generate, type BenchMeeting, type BenchOffice } from '../../bench/generate.ts';
import { load, type LoadedOffice } from '../../bench/load.ts';
import { redisStore } from '../../electron/redis/call.ts';
import { changedClient } from '../support/builders/randomFields.ts';
import { Random } from '../support/random.ts';
import { recordedMeeting } from '../support/meetingRecord.ts';
import { OfficePair } from './officePair.ts';
import type { Team } from '../support/builders/buildOffice.ts';
import type { Meeting, MeetingFields, Stamps } from '../support/oracle/types.ts';
import type { TestStore } from '../support/startStore.ts';

const zone = 'Europe/Brussels';
const recordsAtOnce = 2_000;

const storedClient = (text: string): Stamps & { id: string } => JSON.parse(text) as Stamps & { id: string };

/**
 * The office that the benchmark measures, filled the way an import fills one, and the same to the oracle. Ids and times
 * are read from the records, because the program alone knows them.
 * @param number of the office in the engine, which nobody else has
 */
export async function bulkOffice(
  server: TestStore,
  number: number,
  size: number,
): Promise<{ store: TestStore; pair: OfficePair; team: Team }> {
  const office = generate(size);
  const inEngine = redisStore(server.redis, number);
  const loaded = await load(inEngine, office);
  const { users, clients } = loaded;
  const store: TestStore = {
    ...{ ...server, store: inEngine, number, administrator: users[0] as string },
    as: (actor) => ({ store: inEngine, actor, zone, windowId: 1 }),
  };
  const pair = new OfficePair(store, zone);
  putPeople(pair, office, loaded);
  await putClients(store, pair, office, clients);
  await putMeetings(store, pair, office, loaded);
  const [administrator = '', fifth = '', fiftieth = '', oneClient = '', noClient = ''] = users;
  const team: Team = { administrator, manager: administrator, fifth, fiftieth, oneClient, noClient };
  await variegate(pair, team, clients);
  return { store, pair, team };
}

function putPeople({ oracle }: OfficePair, office: BenchOffice, { users, clients }: LoadedOffice): void {
  for (const [at, id] of users.entries()) {
    const displayName = office.users[at] as string;
    oracle.users.set(id, {
      ...{ id, version: 1, displayName, userName: displayName.toLowerCase().replaceAll(' ', '') },
      ...{ role: at === 0 ? 'administrator' : 'adviser', seesAllClients: false, active: true },
    });
    const seen = at === 0 ? [] : (office.visible[at] ?? []);
    oracle.assigned.set(id, new Set(seen.map((client) => clients[client] as string)));
  }
}

async function putClients(
  store: TestStore,
  { oracle }: OfficePair,
  office: BenchOffice,
  ids: readonly string[],
): Promise<void> {
  const plain = { kind: 'company', city: '', ownerId: null, notes: '', deleted: false } as const;
  for await (const [at, { id, ...stored }] of records(store, 'client', ids.length, storedClient)) {
    if (id !== ids[at]) throw new Error(`client ${String(at)} is ${id}`);
    oracle.clients.set(id, { id, name: office.clients[at] as string, ...plain, ...stampsOf(stored) });
  }
}

async function putMeetings(
  store: TestStore,
  { oracle }: OfficePair,
  { meetings }: BenchOffice,
  people: LoadedOffice,
): Promise<void> {
  for await (const [at, stored] of records(store, 'meeting', meetings.length, recordedMeeting)) {
    const { client, owner, start, ...fields } = meetings[at] as BenchMeeting;
    if (stored.title !== fields.title) throw new Error(`row ${String(at)} has the title ${stored.title}`);
    const { id } = stored;
    const meeting = {
      ...(fields as Omit<MeetingFields, 'clientId' | 'ownerId' | 'start'>),
      ...{ clientId: people.clients[client], ownerId: people.users[owner], start: { at: start, zone } },
      ...{ id, deleted: false, ...stampsOf(stored) },
    } as Meeting;
    oracle.meetings.set(id, meeting);
  }
}

const stampsOf = ({ version, createdAt, createdBy, changedAt, changedBy }: Stamps): Stamps => ({
  ...{ version, createdAt, createdBy, changedAt, changedBy },
});

async function* records<T>(
  { redis, number }: TestStore,
  noun: string,
  count: number,
  read: (text: string) => T,
): AsyncGenerator<[at: number, record: T]> {
  for (let from = 0; from < count; from += recordsAtOnce) {
    const places = Array.from({ length: Math.min(recordsAtOnce, count - from) }, (_, at) => from + at);
    const texts = await redis.mget(places.map((at) => `{ins:${String(number)}}:${noun}:${String(at)}`));
    for (const [at, text] of texts.entries()) yield [from + at, read(text ?? '')];
  }
}

/** Gives the largest clients kinds, cities and owners; each change moves all meetings of a client. */
async function variegate(
  pair: OfficePair,
  { administrator: actor }: Team,
  clients: readonly string[],
): Promise<void> {
  const random = new Random(clients.length);
  for (const id of clients.slice(0, 80)) {
    const { version, name } = pair.oracle.client(id);
    const fields = { ...changedClient(random, pair.oracle, pair.oracle.client(id)), name };
    await pair.send({ kind: 'updateClient', actor, id, version, fields });
  }
}
