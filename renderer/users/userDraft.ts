import type { User, UserFields, UserRow } from '../../electron/contract/users.ts';

/** A user as the form holds it while somebody types. */
export interface UserDraft {
  readonly displayName: string;
  readonly userName: string;
  readonly role: UserFields['role'];
  readonly seesAllClients: boolean;
  readonly active: boolean;
  readonly password: string;
}

export const emptyUser: UserDraft = {
  displayName: '',
  userName: '',
  role: 'adviser',
  seesAllClients: false,
  active: true,
  password: '',
};

export const userDraftOf = ({ displayName, userName, role, seesAllClients, active }: User): UserDraft => ({
  displayName,
  userName,
  role,
  seesAllClients,
  active,
  password: '',
});

/** @throws what the store answers, NOT_FOUND when there is no such user any more */
export function userIn(users: readonly UserRow[], id: string): UserRow {
  const found = users.find((user) => user.id === id);
  if (!found) throw Object.assign(new Error(''), { code: 'NOT_FOUND', detail: 'user' });
  return found;
}
