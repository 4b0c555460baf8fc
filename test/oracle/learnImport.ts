import { usersHandlers } from '../../electron/handlers/users.ts';
import type { LearnedImport } from '../support/oracle/importedFile/bringIn.ts';
import type { Judgement } from '../support/oracle/importedFile/judge.ts';
import type { TestStore } from '../support/startStore.ts';
import type { OfficePair } from './officePair.ts';

/** Asks for ids and times of what an import brought: the program alone knows them. */
export async function learnImport(
  store: TestStore,
  { oracle, product }: OfficePair,
  { added, updated }: Judgement,
): Promise<LearnedImport> {
  const { administrator } = store;
  const { rows } = await product.filter(administrator, {
    sort: [{ by: 'created', direction: 'ascending' }],
    limit: 500,
  });
  const fresh = rows.filter(({ id }) => !oracle.meetings.has(id));
  if (fresh.length !== added.length)
    throw new Error(`${String(fresh.length)} of ${String(added.length)} meetings came in`);
  const { rows: clients } = await product.clients(administrator, { search: '', offset: 0, limit: 500 });
  const newClients = clients.filter(({ id }) => !oracle.clients.has(id));
  const { users } = await usersHandlers.list({}, store.as(administrator));
  const newUsers = users.filter(({ id }) => !oracle.users.has(id));
  return {
    clientIds: new Map(newClients.map(({ name, id }) => [name, id])),
    clientsMadeAt: new Map(newClients.map(({ name, createdAt }) => [name, createdAt])),
    ownerIds: new Map(newUsers.map(({ displayName, id }) => [displayName, id])),
    meetingIds: fresh.map(({ id }) => id),
    madeAt: fresh[0]?.createdAt ?? '',
    changedAt: rows.find(({ id }) => id === updated[0]?.before.id)?.changedAt ?? '',
  };
}
