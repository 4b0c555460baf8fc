import type { User, UserFields, UserRow } from '../contract/users.ts';
import { hashPassword } from '../session/password.ts';
import { fold } from '../text/fold.ts';
import type { HandlersOf } from './context.ts';

/** Names as they are compared: without regard to case and accents. */
const folded = (fields: UserFields): { userNameKey: string; nameKey: string } => ({
  userNameKey: fold(fields.userName),
  nameKey: fold(fields.displayName),
});

const secretOf = async (password: string | undefined): Promise<string | null> =>
  password === undefined ? null : hashPassword(password);

export const usersHandlers: HandlersOf<'users'> = {
  async names(_, { store, actor }) {
    return (await store.call('users_names', { actor })) as {
      users: { id: string; name: string; active: boolean }[];
    };
  },

  async list(_, { store, actor }) {
    return (await store.call('users_list', { actor })) as { users: UserRow[] };
  },

  async create({ writeId, fields, password }, { store, actor }) {
    const request = { actor, writeId, fields, ...folded(fields), secret: await secretOf(password) };
    return (await store.call('users_create', request)) as { entry: number; user: User };
  },

  async update({ writeId, id, version, fields, password }, { store, actor }) {
    const request = {
      actor,
      writeId,
      id,
      version,
      fields,
      ...folded(fields),
      secret: await secretOf(password),
    };
    return (await store.call('users_update', request)) as { entry: number; user: User };
  },

  async clients({ id }, { store, actor }) {
    return (await store.call('users_clients', { actor, id })) as { clientIds: string[] };
  },

  async assignClients({ writeId, id, add, remove }, { store, actor }) {
    const request = { actor, writeId, id, add, remove };
    return (await store.call('users_assign_clients', request)) as { entry: number; clients: number };
  },
};
