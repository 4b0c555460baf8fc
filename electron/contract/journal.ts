import { z } from 'zod';
import { call } from './call.ts';
import { id, instant, named, writeId, written } from './values.ts';

export const nouns = ['office', 'meeting', 'client', 'user', 'import', 'template'] as const;
export const actions = [
  'create',
  'update',
  'delete',
  'assign',
  'import',
  'undo',
  'recover',
  'renewCode',
] as const;

/** One user action. `before` and `after` hold the record as it was and became (null where there was none). */
export const journalEntry = z.object({
  entry: z.int(),
  at: instant,
  by: named,
  action: z.enum(actions),
  noun: z.enum(nouns),
  /** Id of the record, or of the import. */
  subject: id,
  /** The record's title or name, or the imported file's name. */
  label: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** Entry that took this one back, or null. */
  undoneBy: z.int().nullable(),
});
export type JournalEntry = z.infer<typeof journalEntry>;

export const journal = {
  list: call({
    summary:
      'What was done, latest first, as far as the user may see it: administrators everything, others what they did themselves to clients they see.',
    access: 'signedIn',
    input: z.strictObject({ before: z.int().optional(), limit: z.int().min(1).max(200).default(50) }),
    output: z.object({
      entries: z.array(journalEntry),
      /** Number to ask on with; null when there is nothing older, or nothing older that can be shown. */
      before: z.int().nullable(),
      /** Whether what comes next is not as it was sealed, so that neither it nor anything older is shown. */
      isDamaged: z.boolean(),
    }),
    failures: [],
  }),
  undo: call({
    summary:
      'Takes one entry back, if nothing was built on it since; the taking back is an entry of its own. Users undo their own entries, administrators all.',
    access: 'writer',
    input: z.strictObject({ writeId, entry: z.int().min(1) }),
    output: written,
    failures: ['NOT_FOUND', 'NOT_ALLOWED', 'CONFLICT', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
};

/** Pushed to every window after each write; lists ask again. It names no record, so it can tell nobody about one they may not see. */
export const changed = z.object({ entry: z.int(), nouns: z.array(z.enum(nouns)) });
export type Changed = z.infer<typeof changed>;

export const journalId = id;
