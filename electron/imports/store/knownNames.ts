import type { Store } from '../../redis/store.ts';
import type { FiledClient } from '../segment/buildSegment.ts';
import { fold } from '../../text/fold.ts';

const namesPerCall = 1_000;

/** The clients the actor sees, by folded name; of several with one name, the oldest. */
export async function knownClients(store: Store, actor: string): Promise<Map<string, FiledClient>> {
  const known = new Map<string, FiledClient>();
  for (let after: number | null = -1; after !== null;) {
    const page = (await store.call('clients_names', { actor, after, limit: namesPerCall })) as {
      clients: FiledClient[];
      after: number | null;
    };
    for (const client of page.clients) if (!known.has(client.nameKey)) known.set(client.nameKey, client);
    after = page.after;
  }
  return known;
}

export interface KnownUsers {
  /** By folded name; of several with one name, one who is active. */
  readonly byName: ReadonlyMap<string, string>;
  /** By id, as people read them. */
  readonly names: ReadonlyMap<string, string>;
}

export async function knownUsers(store: Store, actor: string): Promise<KnownUsers> {
  const { users } = (await store.call('users_names', { actor })) as {
    users: { id: string; name: string; active: boolean }[];
  };
  const byName = new Map<string, string>();
  for (const { id, name, active } of users) {
    if (active || !byName.has(fold(name))) byName.set(fold(name), id);
  }
  return { byName, names: new Map(users.map(({ id, name }) => [id, name])) };
}
