import { schemaVersion } from '../contract/office.ts';
import { stagedClient, stagedMeeting } from '../imports/store/staged.ts';
import { MeetingStager, type FiledMeeting } from '../imports/store/meetingStager.ts';
import { Staging } from '../imports/store/staging.ts';
import { rankOrders } from '../ranking/rankOrders.ts';
import type { Store } from '../redis/store.ts';
import { fold } from '../text/fold.ts';
import { demoClients } from './demoClients.ts';
import { demoMeetings, type DemoMeeting } from './demoMeetings.ts';
import { demoUsers, type DemoUser } from './demoUsers.ts';
import { Random } from './random.ts';

const zone = 'Europe/Brussels';
/** The day the demo office lives in: fixed, so that pictures and tests of it repeat. */
const today = '2026-11-20';
const meetingsAtOnce = 8_192;

export interface DemoOptions {
  /** Of an office folder that holds no office yet. */
  readonly store: Store;
  /** The password of all users, hashed as the session expects it. */
  readonly secret: string;
  readonly seed?: number;
  readonly clients?: number;
  readonly meetings?: number;
}

/**
 * Fills an empty store with the demo office: users who see everything, some, few and none of its clients, and a few
 * years of meetings. The same seed makes the same office.
 * @returns who can sign in
 * @throws Failure CONFLICT when there is an office already
 */
export async function createDemoOffice(
  options: DemoOptions,
): Promise<Pick<DemoUser, 'userName' | 'displayName' | 'role'>[]> {
  const { store, secret, seed = 2026, clients: clientCount = 400, meetings = 20_000 } = options;
  const random = new Random(seed);
  const userIds = await createUsers(store, secret);
  const administrator = userIds[0] ?? '';
  const clients = demoClients(random, clientCount, seed);
  const assigned = demoUsers.map((user) => assignedClients(random, clients.length, user));

  const staging = await Staging.begin(store, administrator, 'Demo office');
  const filedClients = await staging.clients(
    clients.map(({ people: _people, ...fields }, client) => {
      const lookedAfter = caretakerOf(client, assigned);
      return stagedClient({ ...fields, ownerId: lookedAfter === null ? null : userIds[lookedAfter]! });
    }),
  );
  const owners = clients.map((_, client) => ownersOf(client, assigned));
  const made = demoMeetings({ random, count: meetings, clients, owners, today, zone });
  await stageMeetings(await MeetingStager.of(store, staging, administrator), made, (client, owner) => ({
    client: filedClients[client]!,
    ownerId: userIds[owner]!,
  }));
  await rankOrders(store);
  await staging.commit('demo-import');
  await assign(
    store,
    userIds,
    filedClients.map(({ id }) => id),
    assigned,
  );
  return demoUsers.map(({ userName, displayName, role }) => ({ userName, displayName, role }));
}

/** The store takes one batch while the next one is made. */
async function stageMeetings(
  stager: MeetingStager,
  made: Iterable<DemoMeeting>,
  filedAs: (client: number, owner: number) => Pick<FiledMeeting, 'client' | 'ownerId'>,
): Promise<void> {
  let batch: FiledMeeting[] = [];
  let filing = Promise.resolve();
  for (const { client, owner, ...fields } of made) {
    batch.push({ meeting: stagedMeeting(fields, zone), ...filedAs(client, owner) });
    if (batch.length < meetingsAtOnce) continue;
    await filing;
    filing = stager.stage(batch);
    batch = [];
  }
  await filing;
  await stager.stage(batch);
}

/** @returns ids in the order of `demoUsers` */
async function createUsers(store: Store, secret: string): Promise<string[]> {
  const [first, ...others] = demoUsers;
  const names = (user: DemoUser) => ({ userNameKey: fold(user.userName), nameKey: fold(user.displayName) });
  const { userId } = (await store.call('office_create', {
    schema: schemaVersion,
    name: 'Demo office',
    zone,
    demo: true,
    administrator: { userName: first.userName, displayName: first.displayName, ...names(first) },
    secret,
  })) as { userId: string };
  const ids = [userId];
  for (const other of others) {
    const { userName, displayName, role, seesAllClients } = other;
    const fields = { userName, displayName, role, seesAllClients, active: true };
    const request = { actor: userId, writeId: `demo-user-${userName}`, fields, ...names(other), secret };
    const { user } = (await store.call('users_create', request)) as { user: { id: string } };
    ids.push(user.id);
  }
  return ids;
}

/** Indexes of the clients a user is given, spread over busy and quiet ones. */
function assignedClients(random: Random, count: number, user: DemoUser): ReadonlySet<number> {
  const wanted = Math.round(count * user.clients);
  const chosen = new Set<number>();
  while (chosen.size < wanted) chosen.add(random.between(0, count - 1));
  return chosen;
}

/** Who meets a client: those who see it, and mostly those whose client it is. */
const ownersOf = (client: number, assigned: readonly ReadonlySet<number>[]): (readonly [number, number])[] =>
  demoUsers.flatMap((user, index) =>
    user.busy > 0 && (user.seesAllClients || assigned[index]?.has(client))
      ? [[index, user.busy] as const]
      : [],
  );

/** Who looks after a client: one of those it is assigned to, and nobody now and then. */
function caretakerOf(client: number, assigned: readonly ReadonlySet<number>[]): number | null {
  const who = demoUsers.flatMap(({ role }, index) =>
    role === 'adviser' && assigned[index]?.has(client) ? [index] : [],
  );
  return client % 9 === 4 ? null : (who[client % who.length] ?? null);
}

async function assign(
  store: Store,
  userIds: readonly string[],
  clientIds: readonly string[],
  assigned: readonly ReadonlySet<number>[],
): Promise<void> {
  for (const [index, clients] of assigned.entries()) {
    if (clients.size === 0) continue;
    await store.call('users_assign_clients', {
      actor: userIds[0],
      writeId: `demo-clients-${String(index)}`,
      id: userIds[index],
      add: [...clients].map((client) => clientIds[client]),
      remove: [],
    });
  }
}
