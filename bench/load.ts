import { schemaVersion } from '../electron/contract/office.ts';
import { MeetingStager } from '../electron/imports/store/meetingStager.ts';
import { stagedClient, stagedMeeting } from '../electron/imports/store/staged.ts';
import { Staging } from '../electron/imports/store/staging.ts';
import { durationKey } from '../electron/ranking/codes.ts';
import { type Coming, rankOrders } from '../electron/ranking/rankOrders.ts';
import type { Store } from '../electron/redis/store.ts';
import { fold } from '../electron/text/fold.ts';
import type { BenchOffice } from './generate.ts';

export interface LoadedOffice {
  /** When everything came in, milliseconds since 1970. */
  at: number;
  /** User ids in the order of the office's users. */
  users: string[];
  clients: string[];
}

/** As many as an import stages at once. */
const perSegment = 16_384;
/** Meetings whose sort keys the orders are balanced by. */
const sampled = 65_536;
const zone = 'Europe/Brussels';
type MeetingOfNobody = Parameters<typeof stagedMeeting>[0];

function* batches<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

/** Sort keys of meetings from all over the office, as an import takes them from all over its file. */
function coming({ meetings, clients }: BenchOffice, changed: string): Coming {
  const step = Math.ceil(meetings.length / sampled);
  const some = meetings.filter((_, at) => at % step === 0);
  const keys = {
    start: some.map(({ start }) => start),
    title: some.map(({ title }) => fold(title)),
    client: some.map(({ client }) => fold(clients[client]!)),
    duration: some.map(({ durationMinutes }) => durationKey(durationMinutes)),
    createdAt: some.map(() => changed),
    changed: some.map(() => changed),
  };
  return { keys, rows: meetings.length };
}

/** Fills an empty store through the same functions, in the same order, as an import. */
export async function load(store: Store, office: BenchOffice): Promise<LoadedOffice> {
  const person = (name: string) => ({
    userName: fold(name).replaceAll(' ', ''),
    userNameKey: fold(name).replaceAll(' ', ''),
    displayName: name,
    nameKey: fold(name),
  });
  const [first, ...others] = office.users;
  const { userId: actor } = (await store.call('office_create', {
    schema: schemaVersion,
    name: 'Benchmark',
    zone,
    administrator: person(first!),
    secret: '',
  })) as { userId: string };
  const users = [actor];
  for (const [at, name] of others.entries()) {
    const { userName, displayName, ...keys } = person(name);
    const fields = { userName, displayName, role: 'adviser', seesAllClients: false, active: true };
    const reply = await store.call('users_create', {
      actor,
      writeId: `user-${String(at)}-00000`,
      fields,
      ...keys,
    });
    users.push((reply as { user: { id: string } }).user.id);
  }
  const staging = await Staging.begin(store, actor, 'benchmark');
  const clients = await staging.clients(
    office.clients.map((name) => stagedClient({ name, kind: 'company', city: '', ownerId: null, notes: '' })),
  );
  await rankOrders(store, coming(office, staging.at));
  const stager = await MeetingStager.of(store, staging, actor);
  for (const some of batches(office.meetings, perSegment)) {
    await stager.stage(
      some.map(({ client, owner, start, ...fields }) => ({
        meeting: stagedMeeting({ ...fields, start: { at: start, zone } } as MeetingOfNobody, zone),
        client: clients[client]!,
        ownerId: users[owner]!,
      })),
    );
  }
  await staging.commit('commit-00000');
  for (const [at, some] of office.visible.entries()) {
    if (at === 0) continue;
    for (const part of batches(some, 5_000)) {
      const add = part.map((client) => clients[client]!.id);
      const writeId = `assign-${String(at)}-${String(part[0])}-0000`;
      await store.call('users_assign_clients', { actor, writeId, id: users[at], add, remove: [] });
    }
  }
  return { at: Date.parse(staging.at), users, clients: clients.map(({ id }) => id) };
}
