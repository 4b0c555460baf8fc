import { rankOrders } from '../electron/ranking/rankOrders.ts';
import type { Store } from '../electron/redis/store.ts';
import { fold } from '../electron/text/fold.ts';
import { words } from '../electron/text/words.ts';
import type { BenchOffice } from './generate.ts';

export interface LoadedOffice {
  /** User ids in the order of the office's users. */
  users: string[];
  clients: string[];
}

const perCall = 250;

function* batches<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

/** Fills an empty store through the same functions an import uses. */
export async function load(store: Store, office: BenchOffice): Promise<LoadedOffice> {
  const person = (name: string) => ({
    userName: fold(name).replaceAll(' ', ''),
    userNameKey: fold(name).replaceAll(' ', ''),
    displayName: name,
    nameKey: fold(name),
  });
  const [first, ...others] = office.users;
  const { userId: actor } = (await store.call('office_create', {
    schema: 1,
    name: 'Benchmark',
    zone: 'Europe/Brussels',
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
  const { importId } = (await store.call('imports_begin', { actor, label: 'benchmark' })) as {
    importId: string;
  };
  let step = 0;
  const clients: string[] = [];
  for (const some of batches(office.clients, perCall)) {
    const reply = await store.call('imports_clients', {
      actor,
      importId,
      step: ++step,
      clients: some.map((name) => ({
        name,
        kind: 'company',
        city: '',
        notes: '',
        nameKey: fold(name),
        words: words(name),
      })),
    });
    clients.push(...(reply as { ids: string[] }).ids);
  }
  for (const some of batches(office.meetings, perCall)) {
    await store.call('imports_meetings', {
      actor,
      importId,
      step: ++step,
      meetings: some.map((meeting) => ({
        ...meeting,
        clientId: clients[meeting.client],
        ownerId: users[meeting.owner],
        start: { at: meeting.start, zone: 'Europe/Brussels' },
        startKey: meeting.start,
        titleKey: fold(meeting.title),
        words: words(meeting.title, meeting.details),
        tagFolds: meeting.tags.map(fold),
      })),
    });
  }
  await rankOrders(store);
  await store.call('imports_commit', { actor, importId, writeId: 'commit-00000' });
  for (const [at, some] of office.visible.entries()) {
    if (at === 0) continue;
    for (const part of batches(some, 5_000)) {
      const add = part.map((client) => clients[client]);
      const writeId = `assign-${String(at)}-${String(part[0])}-0000`;
      await store.call('users_assign_clients', { actor, writeId, id: users[at], add, remove: [] });
    }
  }
  return { users, clients };
}
