import { z } from 'zod';
import { call, done, nothing } from './call.ts';
import { id } from './values.ts';

/** What somebody was typing into a form. */
const draft = z.strictObject({
  /** What the form is of. */
  noun: z.enum(['meeting', 'client', 'user']),
  /** Of the record that is changed; null for a new one. */
  recordId: id.nullable(),
  /** The form's fields as it holds them, as JSON; never a password. */
  fields: z.string().max(300_000),
});

export const drafts = {
  keep: call({
    summary:
      'Keeps what is being typed into a form, in place of what was kept before, so that it outlives a crash; null forgets it. Of each user one; nobody else can read it.',
    access: 'signedIn',
    input: z.strictObject({ draft: draft.nullable() }),
    output: done,
    failures: ['STORE_FULL'],
  }),
  kept: call({
    summary: 'What was kept last and never saved or given up; null when there is nothing.',
    access: 'signedIn',
    input: nothing,
    output: z.object({ draft: draft.extend({ at: z.iso.datetime() }).nullable() }),
    failures: [],
  }),
};
