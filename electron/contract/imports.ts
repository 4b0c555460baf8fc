import { z } from 'zod';
import { call, done, nothing } from './call.ts';
import { meetingPriority, meetingStatus, meetingType } from './meetings.ts';
import { day, id, writeId, written } from './values.ts';

/** Meeting fields a column can feed. Several columns may feed `tags` and `details`; every other field takes one column. */
export const importFields = [
  'client',
  'owner',
  'title',
  'details',
  'start',
  'type',
  'status',
  'priority',
  'tags',
  'durationMinutes',
] as const;
export const importField = z.enum(importFields);
export type ImportField = z.infer<typeof importField>;

export const dateOrders = ['iso', 'dmy', 'mdy', 'ymd'] as const;
/** What a client's cell names: one client by its whole text, or several; each of these gets a meeting of its own. */
export const clientsPerCell = ['one', 'several'] as const;
const sheet = z.string().max(255).nullable();

/** How a file is read: which column feeds which field, and what stands in for fields no column feeds. */
export const mapping = z.strictObject({
  /** The sheet of a workbook; null for a text, and for the first sheet with rows. */
  sheet,
  /** One per column of the file, in its order; null leaves the column out. */
  columns: z.array(importField.nullable()).max(1_000),
  /** Order of day, month and year in dates that are not ISO. */
  dateOrder: z.enum(dateOrders),
  clients: z.enum(clientsPerCell),
  defaults: z.strictObject({
    type: meetingType,
    status: meetingStatus,
    priority: meetingPriority,
    /** Owner of rows that name none. */
    ownerId: id.nullable(),
  }),
});
export type Mapping = z.infer<typeof mapping>;

export const refusedRow = z.object({
  /** Line of the file on which the row begins, or row of the sheet, counting from 1. */
  line: z.int(),
  /** One sentence. */
  reason: z.string(),
});
export type RefusedRow = z.infer<typeof refusedRow>;

const column = z.object({
  header: z.string(),
  /** Up to five values that occur in the column. */
  samples: z.array(z.string()),
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
      'Reads the beginning of a CSV file or an Excel workbook: its columns with samples, and a guessed mapping. Of a workbook the sheet of that name, or the first one with rows.',
    access: 'importer',
    input: z.strictObject({ handle: z.string().max(100), sheet: sheet.default(null) }),
    output: z.object({ columns: z.array(column), guess: mapping, format }),
    failures: ['NOT_ALLOWED', 'NOT_FOUND'],
  }),
  start: call({
    summary:
      'Imports the file in the background; nothing of it is seen before all of it is in. Progress comes as events.',
    access: 'importer',
    input: z.strictObject({ writeId, handle: z.string().max(100), mapping }),
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
    summary: 'What a finished import did: counts, and refused rows with line and reason.',
    access: 'importer',
    input: z.strictObject({
      importId: z.string().max(100),
      offset: z.int().min(0).default(0),
      limit: z.int().min(0).max(1_000).default(200),
    }),
    output: written.extend({
      entry: z.int().nullable(),
      meetings: z.int(),
      newClients: z.int(),
      newUsers: z.int(),
      refused: z.array(refusedRow),
      refusedTotal: z.int(),
    }),
    failures: ['NOT_ALLOWED', 'NOT_FOUND'],
  }),
};
