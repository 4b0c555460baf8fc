import { z } from 'zod';
import { call, done, nothing } from './call.ts';
import { id, writeId } from './values.ts';

/** What somebody was typing into a form. */
const draft = z.strictObject({
  /** The form it was typed into; each that is opened has its own, and one that goes on with a draft has the draft's. */
  form: z.uuid(),
  /** What the form is of. */
  noun: z.enum(['meeting', 'client', 'user']),
  /** Of the record that is changed; null for a new one. */
  recordId: id.nullable(),
  /** The form's fields as it holds them, as JSON; never a password. */
  fields: z.string().max(300_000),
  /** Of the save that was begun with these fields; null before there was one. */
  writeId: writeId.nullable(),
  /** Of a save that was begun before these fields were typed, and nobody could tell how it went; null when there is none. */
  earlier: writeId.nullable().default(null),
});

export const drafts = {
  keep: call({
    summary:
      'Keeps what is being typed into a form, in place of what was kept of that form before, so that it outlives a crash. Of each user the ten latest; nobody else can read them.',
    access: 'signedIn',
    input: z.strictObject({ draft }),
    output: done,
    failures: ['STORE_FULL'],
  }),
  forget: call({
    summary: 'Forgets what was kept of a form that was saved or given up.',
    access: 'signedIn',
    input: z.strictObject({ form: z.uuid() }),
    output: done,
    failures: ['STORE_FULL'],
  }),
  kept: call({
    summary:
      'What was kept last of a form that is open in no other window, and was neither saved nor given up; null when there is nothing. What was saved after all, although nobody heard of it any more, is forgotten; what was typed after that belongs to the record it made.',
    access: 'signedIn',
    input: nothing,
    output: z.object({ draft: draft.extend({ at: z.iso.datetime() }).nullable() }),
    failures: [],
  }),
};
