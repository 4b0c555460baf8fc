import { z } from 'zod';
import { call } from './call.ts';
import { id, line, named, stamps, version, writeId, written } from './values.ts';

export const roles = ['administrator', 'manager', 'adviser', 'assistant', 'readOnly'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** What a person types to sign in; compared without regard to case and accents. */
export const userName = line(60);
export const password = z.string().min(8).max(200);

/** What an administrator decides about a user. Administrators always see all clients. */
export const userFields = z.strictObject({
  userName,
  displayName: line(100),
  role,
  /** Sees every client; otherwise only the ones assigned. */
  seesAllClients: z.boolean().default(false),
  /** An inactive user cannot sign in but may still own meetings. */
  active: z.boolean().default(true),
});
export type UserFields = z.infer<typeof userFields>;

export const user = z.object({
  id,
  userName: z.string(),
  displayName: z.string(),
  role,
  seesAllClients: z.boolean(),
  active: z.boolean(),
  ...stamps.shape,
});
export type User = z.infer<typeof user>;

/** How many clients are assigned to the user. */
export const userRow = user.extend({ clients: z.int().min(0) });
export type UserRow = z.infer<typeof userRow>;

export const users = {
  /** Everyone may be an owner, so every signed-in user knows the names. */
  names: call({
    summary:
      'Id and display name of every user, by name; inactive ones too, because they can still own meetings.',
    access: 'signedIn',
    input: z.strictObject({}).optional(),
    output: z.object({ users: z.array(named.extend({ active: z.boolean() })) }),
    failures: [],
  }),
  list: call({
    summary: 'All users.',
    access: 'administrator',
    input: z.strictObject({}).optional(),
    output: z.object({ users: z.array(userRow) }),
    failures: ['NOT_ALLOWED'],
  }),
  create: call({
    summary: 'Creates a user with a role and, if active, a first password.',
    access: 'administrator',
    input: z
      .strictObject({ writeId, fields: userFields, password: password.optional() })
      .refine((input) => !input.fields.active || input.password !== undefined, 'needs a password'),
    output: written.extend({ user }),
    failures: ['NOT_ALLOWED', 'DUPLICATE', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  update: call({
    summary: 'Changes a user; the last active administrator cannot lose that role.',
    access: 'administrator',
    input: z.strictObject({ writeId, id, version, fields: userFields, password: password.optional() }),
    output: written.extend({ user }),
    failures: ['NOT_FOUND', 'NOT_ALLOWED', 'CONFLICT', 'DUPLICATE', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  clients: call({
    summary: 'Ids of the clients assigned to a user.',
    access: 'administrator',
    input: z.strictObject({ id }),
    output: z.object({ clientIds: z.array(id) }),
    failures: ['NOT_FOUND', 'NOT_ALLOWED'],
  }),
  assignClients: call({
    summary: 'Lets a user see some clients and no longer see others, from now on and everywhere.',
    access: 'administrator',
    input: z
      .strictObject({
        writeId,
        id,
        add: z.array(id).max(5_000).default([]),
        remove: z.array(id).max(5_000).default([]),
      })
      .refine((input) => input.add.length + input.remove.length > 0, 'names no client'),
    output: written.extend({ clients: z.int().min(0) }),
    failures: ['NOT_FOUND', 'NOT_ALLOWED', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
};
