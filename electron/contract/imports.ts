import { z } from 'zod';
import { call, done, nothing } from './call.ts';
import { dateOrders, mapping, sheet, template } from './importMapping.ts';
import { outcomeRow, reportShow } from './importReport.ts';
import { day, writeId, written } from './values.ts';

export * from './importMapping.ts';
export * from './importReport.ts';

const column = z.object({
  header: z.string(),
  /** Up to five values that occur in the column. */
  samples: z.array(z.string()),
  /** Up to a hundred different values of a column of short texts, such as names. */
  names: z.array(z.string()),
  /** Null when the column holds no dates. */
  dates: z
    .object({
      /** The likeliest order. */
      order: z.enum(dateOrders),
      /** A value that can be read both ways, when nothing in the column says which is meant: somebody has to. */
      open: z.object({ sample: z.string(), dmy: day, mdy: day }).nullable(),
    })
    .nullable(),
});

/** How the rows of a file are written. */
const format = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    /** For people: `UTF-8`, `Windows-1252`. */
    encoding: z.string(),
    delimiter: z.enum(['comma', 'semicolon', 'tab', 'bar']),
  }),
  z.object({
    kind: z.literal('workbook'),
    /** The sheet that was read. */
    sheet: z.string(),
    /** All sheets that are not hidden. */
    sheets: z.array(z.string()),
  }),
]);

export const importProgress = z.object({
  importId: z.string(),
  state: z.enum(['reading', 'writing', 'finishing', 'done', 'cancelled', 'failed']),
  rowsRead: z.int(),
  rowsAccepted: z.int(),
  rowsRefused: z.int(),
  /** Share of the file that was read, 0 to 1. */
  share: z.number(),
  /** Since it began, milliseconds. */
  elapsedMs: z.number(),
  /** One sentence, when failed. */
  message: z.string(),
});
export type ImportProgress = z.infer<typeof importProgress>;

export const imports = {
  chooseFile: call({
    summary:
      'Asks for a file with the system dialog; null when the person closed it. The answer is a handle, not a path the window could make up.',
    access: 'importer',
    input: nothing,
    output: z.object({ file: z.object({ handle: z.string(), name: z.string(), bytes: z.int() }).nullable() }),
    failures: ['NOT_ALLOWED', 'NOT_FOUND'],
  }),
  offerFile: call({
    summary:
      'Takes the path of a file that was dropped on the window (the preload reads it from the drop) and answers its handle.',
    access: 'importer',
    input: z.strictObject({ path: z.string().max(4_096) }),
    output: z.object({ file: z.object({ handle: z.string(), name: z.string(), bytes: z.int() }) }),
    failures: ['NOT_ALLOWED', 'NOT_FOUND'],
  }),
  inspect: call({
    summary:
      'Reads the beginning of a CSV file or an Excel workbook: its columns with samples, and a mapping, guessed or from a template. Of a workbook the sheet of that name, or the first one with rows.',
    access: 'importer',
    input: z.strictObject({
      handle: z.string().max(100),
      sheet: sheet.default(null),
      /** Name of the template to be used; null for none, without it the one that fits the columns best. */
      template: z.string().max(80).nullable().optional(),
    }),
    output: z.object({
      columns: z.array(column),
      guess: mapping,
      format,
      /** Name of the template that the mapping follows. */
      template: z.string().nullable(),
    }),
    failures: ['NOT_ALLOWED', 'NOT_FOUND'],
  }),
  templates: call({
    summary: 'All templates of this office, by name.',
    access: 'importer',
    input: nothing,
    output: z.object({ templates: z.array(template) }),
    failures: ['NOT_ALLOWED'],
  }),
  saveTemplate: call({
    summary: 'Saves a template, in place of the one of that name if there is one.',
    access: 'importer',
    input: z.strictObject({ writeId, template }),
    output: written,
    failures: ['NOT_ALLOWED', 'CONFLICT', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  deleteTemplate: call({
    summary: 'Deletes a template; `journal.undo` brings it back.',
    access: 'importer',
    input: z.strictObject({ writeId, name: z.string().max(80) }),
    output: written,
    failures: ['NOT_ALLOWED', 'NOT_FOUND', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  start: call({
    summary:
      'Imports the file in the background; nothing of it is seen before all of it is in. Progress comes as events. A dry run writes nothing and only reports what an import would do.',
    access: 'importer',
    input: z.strictObject({
      writeId,
      handle: z.string().max(100),
      mapping,
      dryRun: z.boolean().default(false),
    }),
    output: z.object({ importId: z.string() }),
    failures: ['NOT_ALLOWED', 'NOT_FOUND', 'CONFLICT'],
  }),
  cancel: call({
    summary: 'Stops a running import; nothing of it stays.',
    access: 'importer',
    input: z.strictObject({ importId: z.string().max(100) }),
    output: done,
    failures: ['NOT_ALLOWED', 'NOT_FOUND', 'CONFLICT'],
  }),
  report: call({
    summary:
      'What an import did, or a dry run would do: counts, and rows with line, changes and reason. Of an import, rows that were added or unchanged are counted only.',
    access: 'importer',
    input: z.strictObject({
      importId: z.string().max(100),
      show: reportShow.default('all'),
      offset: z.int().min(0).default(0),
      limit: z.int().min(0).max(1_000).default(200),
    }),
    output: written.extend({
      entry: z.int().nullable(),
      dryRun: z.boolean(),
      newClients: z.int(),
      newUsers: z.int(),
      /** Meetings changed by somebody else while the file was read, and therefore left as they are. */
      left: z.int(),
      /** By what `show` shows; all but `refused` count meetings, of which a row with several clients has several. */
      counts: z.record(reportShow, z.int()),
      /** Rows that can be shown; fewer than counted where the import did not write them down. */
      listed: z.int(),
      rows: z.array(outcomeRow),
    }),
    failures: ['NOT_ALLOWED', 'NOT_FOUND'],
  }),
  exportReport: call({
    summary:
      'Writes the rows of a report to a CSV file that the person chooses in the system dialog; answers its name, or null when they closed it.',
    access: 'importer',
    input: z.strictObject({ importId: z.string().max(100), show: reportShow }),
    output: z.object({ fileName: z.string().nullable() }),
    failures: ['NOT_ALLOWED', 'NOT_FOUND'],
  }),
};
