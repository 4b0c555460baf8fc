import type { ClientFields, ClientRow } from '../contract/clients.ts';
import { Failure } from '../contract/failure.ts';
import type { Store } from '../redis/store.ts';
import { fold } from '../text/fold.ts';
import { searchWords, words } from '../text/words.ts';
import type { HandlersOf } from './context.ts';

/** What the store needs of a client's fields beside them. */
export const storedClientFields = (fields: ClientFields): object => ({
  ...fields,
  nameKey: fold(fields.name),
  cityKey: fold(fields.city),
});

/** A client as the store answers it. */
interface StoredClient extends Omit<ClientRow, 'owner'> {
  ownerId?: string | null;
  ownerName: string | null;
}

const shown = ({ ownerId, ownerName, ...client }: StoredClient): ClientRow => ({
  ...client,
  owner: ownerId ? { id: ownerId, name: ownerName ?? '' } : null,
});

/** The client's name as it stands, or undefined when the user sees no such client; the store answers that case itself. */
async function nameNow(id: string, store: Store, actor: string): Promise<string | undefined> {
  try {
    return ((await store.call('clients_get', { actor, id })) as ClientRow).name;
  } catch (error) {
    if (error instanceof Failure && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

export const clientsHandlers: HandlersOf<'clients'> = {
  async list({ search, offset, limit }, { store, actor }) {
    const reply = await store.call('clients_list', { actor, words: searchWords(search), offset, limit });
    const { rows, total } = reply as { rows: StoredClient[]; total: number };
    return { rows: rows.map(shown), total };
  },

  async get({ id }, { store, actor }) {
    return shown((await store.call('clients_get', { actor, id })) as StoredClient);
  },

  async create({ writeId, fields }, { store, actor }) {
    const request = { actor, writeId, fields: storedClientFields(fields), words: words(fields.name) };
    const reply = (await store.call('clients_create', request)) as { entry: number; client: StoredClient };
    return { entry: reply.entry, client: shown(reply.client) };
  },

  async update({ writeId, id, version, fields }, { store, actor }) {
    const before = await nameNow(id, store, actor);
    const reply = (await store.call('clients_update', {
      actor,
      writeId,
      id,
      version,
      fields: storedClientFields(fields),
      words: before === undefined ? undefined : { remove: words(before), add: words(fields.name) },
    })) as { entry: number; client: StoredClient };
    return { entry: reply.entry, client: shown(reply.client) };
  },

  async delete({ writeId, id, version }, { store, actor }) {
    return (await store.call('clients_delete', { actor, writeId, id, version })) as { entry: number };
  },
};
