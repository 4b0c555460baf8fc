import { z } from 'zod';
import { meetingPriority, meetingStatus, meetingType } from './meetings.ts';
import { id, line } from './values.ts';

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
  'externalId',
] as const;
export const importField = z.enum(importFields);
export type ImportField = z.infer<typeof importField>;

export const dateOrders = ['iso', 'dmy', 'mdy', 'ymd'] as const;
/** What a client's cell names: one client by its whole text, or several; each of these gets a meeting of its own. */
export const clientsPerCell = ['one', 'several'] as const;
/** What becomes of a row that has the client, start and title of an earlier row of the file. */
export const duplicateRules = ['keep', 'skip'] as const;
/** What becomes of an owner's name that no user has: a new user who cannot sign in, or the owner of rows that name none. */
export const unknownOwners = ['new', 'default'] as const;
/** Name of a sheet of a workbook; null for a text, and for the first sheet with rows. */
export const sheet = z.string().max(255).nullable();

/** How a file is read: which column feeds which field, and what stands in for fields no column feeds. */
export const mapping = z.strictObject({
  /** The sheet of a workbook; null for a text, and for the first sheet with rows. */
  sheet,
  /** One per column of the file, in its order; null leaves the column out. */
  columns: z.array(importField.nullable()).max(1_000),
  /** Order of day, month and year in dates that are not ISO. */
  dateOrder: z.enum(dateOrders),
  clients: z.enum(clientsPerCell),
  duplicates: z.enum(duplicateRules),
  owners: z.strictObject({
    /** Names of the file that mean a user whatever that user is called. */
    named: z.array(z.strictObject({ name: z.string().max(200), userId: id })).max(500),
    unknown: z.enum(unknownOwners),
  }),
  /** Who sees new clients, beside those who see all clients and whoever imports. */
  viewers: z.strictObject({
    /** The owners of the meetings with a client. */
    owners: z.boolean(),
    /** Users, by id. */
    users: z.array(id).max(500),
  }),
  defaults: z.strictObject({
    type: meetingType,
    status: meetingStatus,
    priority: meetingPriority,
    /** Owner of rows that name none. */
    ownerId: id.nullable(),
  }),
});
export type Mapping = z.infer<typeof mapping>;

/** How columns of a certain name are read, kept for the next file of that kind. */
export const template = z.strictObject({
  name: line(80),
  columns: z
    .array(z.strictObject({ header: z.string().max(1_000), field: importField.nullable() }))
    .max(1_000),
  rules: mapping.omit({ sheet: true, columns: true }),
});
export type Template = z.infer<typeof template>;
