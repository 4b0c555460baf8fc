import { z } from 'zod';
import { call, done, nothing } from './call.ts';
import { id, text } from './values.ts';
import { role } from './users.ts';

/** Who is signed in at this window. */
export const signedInUser = z.object({
  id,
  userName: z.string(),
  displayName: z.string(),
  role,
  seesAllClients: z.boolean(),
});
export type SignedInUser = z.infer<typeof signedInUser>;

export const session = {
  signIn: call({
    summary:
      'Signs a user in at this window. Wrong name and wrong password look the same; repeated failures have to wait.',
    access: 'anyone',
    input: z.strictObject({ userName: text(200), password: z.string().max(200) }),
    output: z.object({ user: signedInUser }),
    failures: ['WRONG_PASSWORD', 'TOO_MANY_ATTEMPTS', 'NO_OFFICE'],
  }),
  signOut: call({
    summary: 'Signs out at this window.',
    access: 'anyone',
    input: nothing,
    output: done,
    failures: [],
  }),
  current: call({
    summary: 'The user signed in at this window, or null.',
    access: 'anyone',
    input: nothing,
    output: z.object({ user: signedInUser.nullable() }),
    failures: [],
  }),
};
