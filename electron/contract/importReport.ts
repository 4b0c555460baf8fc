import { z } from 'zod';
import { importField } from './importMapping.ts';
import { start } from './values.ts';

/**
 * What a row of the file came to: a new meeting, one that is there and changes, one that is there already just so, one
 * left out because the file has it twice, or nothing because the row cannot be taken.
 */
export const outcomes = ['added', 'updated', 'unchanged', 'skipped', 'refused'] as const;
export const outcome = z.enum(outcomes);
export type Outcome = z.infer<typeof outcome>;

/** A field that changes; values as people read them, shortened to 300 characters. */
const change = z.object({ field: importField, before: z.string(), after: z.string() });
export type FieldChange = z.infer<typeof change>;

/** A row of the file; of several clients in a row each has one of its own. */
export const outcomeRow = z.object({
  /** Line of the file on which the row begins, or row of the sheet, counting from 1. */
  line: z.int(),
  outcome,
  /** Line of the first row with the same client, start and title. */
  duplicateOf: z.int().nullable(),
  client: z.string(),
  title: z.string(),
  start: z.union([start, z.null()]),
  /** Of an updated meeting. */
  changes: z.array(change),
  /** Of a refused row: one sentence. Else empty. */
  reason: z.string(),
});
export type OutcomeRow = z.infer<typeof outcomeRow>;

/** Which rows of a report: those of one outcome, all, or those the file has more than once. */
export const reportShows = ['all', ...outcomes, 'duplicates'] as const;
export const reportShow = z.enum(reportShows);
export type ReportShow = z.infer<typeof reportShow>;
