import { z } from 'zod';
import { call } from './call.ts';
import { clientCity, clientKind } from './clientValues.ts';
import { day, id, line, named, stamps, start, text, version, writeId, written } from './values.ts';

export const meetingTypes = ['email', 'sms', 'call', 'visit', 'video', 'letter'] as const;
export const meetingStatuses = ['open', 'planned', 'closed', 'waiting', 'cancelled'] as const;
export const meetingPriorities = ['low', 'normal', 'high', 'urgent'] as const;
export const meetingType = z.enum(meetingTypes);
export const meetingStatus = z.enum(meetingStatuses);
export const meetingPriority = z.enum(meetingPriorities);

/** A tag as people write it; two spellings that fold alike (case, accents) are two tags but are found by the same letters. */
export const tag = line(60);
const tags = z
  .array(tag)
  .max(20)
  .transform((list) => [...new Set(list)]);

/** Minutes, at most a week. */
const minutes = z.int().min(0).max(10_080);
const durationMinutes = minutes.nullable();

/** What a person writes down about a meeting. */
export const meetingFields = z.strictObject({
  clientId: id,
  ownerId: id,
  title: line(300),
  details: text(20_000).default(''),
  type: meetingType,
  status: meetingStatus,
  priority: meetingPriority.default('normal'),
  tags: tags.default([]),
  start,
  durationMinutes: durationMinutes.default(null),
});
export type MeetingFields = z.infer<typeof meetingFields>;

/** A meeting as lists and the detail pane show it. */
export const meeting = z.object({
  id,
  client: named,
  owner: named,
  title: z.string(),
  details: z.string(),
  type: meetingType,
  status: meetingStatus,
  priority: meetingPriority,
  tags: z.array(z.string()),
  start,
  durationMinutes: z.int().nullable(),
  ...stamps.shape,
});
export type Meeting = z.infer<typeof meeting>;

const some = <T extends z.ZodType>(value: T) => z.array(value).min(1).max(200);
const setOp = z.enum(['anyOf', 'noneOf']);

/** Both ends are inclusive; null leaves that end open; a reversed range is refused. */
const range = <T extends string | number>(end: z.ZodType<T>) =>
  z
    .tuple([end.nullable(), end.nullable()])
    .refine(([from, to]) => from === null || to === null || from <= to, 'ends before it starts');
/** In the office's zone. */
const dayRange = range(day);

/** Words looked for in title, details and client name, by any part of a word from two letters; case and accents do not matter. */
export const searchText = text(500);

/**
 * One condition. `anyOf`: the field is one of the values; `noneOf`: it is none of them; `allOf` (tags): it has every one.
 * `between`: days and minutes, inclusive; a meeting without a duration lies in no range. `matches`: has every word of the
 * text as a part of one of its words. Fields of the client speak of the meeting's client as it is now.
 */
export const condition = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal('type'), op: setOp, values: some(meetingType) }),
  z.strictObject({ field: z.literal('status'), op: setOp, values: some(meetingStatus) }),
  z.strictObject({ field: z.literal('priority'), op: setOp, values: some(meetingPriority) }),
  z.strictObject({ field: z.literal('owner'), op: setOp, values: some(id) }),
  z.strictObject({ field: z.literal('client'), op: setOp, values: some(id) }),
  z.strictObject({ field: z.literal('tag'), op: z.enum(['anyOf', 'noneOf', 'allOf']), values: some(tag) }),
  z.strictObject({ field: z.literal('clientKind'), op: setOp, values: some(clientKind) }),
  z.strictObject({ field: z.literal('clientCity'), op: setOp, values: some(clientCity) }),
  z.strictObject({ field: z.literal('clientOwner'), op: setOp, values: some(id) }),
  z.strictObject({ field: z.literal('start'), op: z.literal('between'), values: dayRange }),
  z.strictObject({ field: z.literal('created'), op: z.literal('between'), values: dayRange }),
  z.strictObject({ field: z.literal('changed'), op: z.literal('between'), values: dayRange }),
  z.strictObject({ field: z.literal('duration'), op: z.literal('between'), values: range(minutes) }),
  z.strictObject({ field: z.literal('text'), op: z.literal('matches'), values: z.tuple([searchText]) }),
]);
export type Condition = z.infer<typeof condition>;

/**
 * The filter tree: a condition, or a group of trees. `all`: every one holds (an empty group holds);
 * `any`: at least one holds (an empty group never does); `none`: not one holds (an empty group holds).
 */
export type Where = Condition | { all: Where[] } | { any: Where[] } | { none: Where[] };

/** Deepest nesting and most conditions that are answered; more is refused, not tried. */
export const whereLimits = { depth: 8, conditions: 200 } as const;

const whereNode: z.ZodType<Where> = z.lazy(() =>
  z.union([
    condition,
    z.strictObject({ all: z.array(whereNode).max(whereLimits.conditions) }),
    z.strictObject({ any: z.array(whereNode).max(whereLimits.conditions) }),
    z.strictObject({ none: z.array(whereNode).max(whereLimits.conditions) }),
  ]),
);

/** Looks at the raw value before zod walks it, so that a tree of any depth is refused without recursion running away. */
function withinLimits(raw: unknown): boolean {
  let conditions = 0;
  const waiting: { node: unknown; depth: number }[] = [{ node: raw, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (typeof next.node !== 'object' || next.node === null) continue;
    const groups = next.node as Record<string, unknown>;
    const children = [groups['all'], groups['any'], groups['none']].filter(Array.isArray).flat() as unknown[];
    if ('field' in groups) conditions += 1;
    if (conditions > whereLimits.conditions || next.depth > whereLimits.depth) return false;
    if (children.length > whereLimits.conditions) return false;
    for (const node of children) waiting.push({ node, depth: next.depth + 1 });
  }
  return true;
}

export const where = z
  .unknown()
  .refine(withinLimits, 'is larger or more deeply nested than a filter may be')
  .pipe(whereNode)
  .meta({ title: 'Where' });

/**
 * Fields a list can be sorted by. Ties are broken by id; descending is the exact reverse of ascending. `created` is the
 * order in which records were made, which is the order of their ids, so it leaves no ties. `relevance` needs a `text`: a
 * meeting comes before (descending) where every word of it stands whole, then where every one at least begins a word,
 * then the rest; without words to look for all are alike.
 */
export const sortFields = [
  'start',
  'title',
  'client',
  'owner',
  'type',
  'status',
  'priority',
  'duration',
  'created',
  'changed',
  'relevance',
] as const;
export const sortField = z.enum(sortFields);
export type SortField = z.infer<typeof sortField>;
const direction = z.enum(['ascending', 'descending']);
export const sort = z
  .array(z.strictObject({ by: sortField, direction }))
  .min(1)
  .max(3)
  .refine((keys) => new Set(keys.map((key) => key.by)).size === keys.length, 'names a field twice');
export type Sort = z.infer<typeof sort>;

export const shortFacets = ['type', 'status', 'priority', 'clientKind'] as const;
export const wideFacets = ['owner', 'tag', 'client', 'clientCity', 'clientOwner'] as const;
export const facet = z.enum([...shortFacets, ...wideFacets]);
export type Facet = z.infer<typeof facet>;
/** How many values of a wide facet (owner, tag, client, ...) one answer holds; the rest is reached by `meetings.facetValues`. */
export const wideFacetSize = 20;

/** One value of a facet with its count. `label` is what to show: the client's or owner's name, or the value itself. */
export const facetValue = z.object({ value: z.string(), label: z.string(), count: z.int().min(0) });
export type FacetValue = z.infer<typeof facetValue>;

const list = z.strictObject({
  where: where.optional(),
  text: searchText.optional(),
  sort: sort.default([{ by: 'start', direction: 'descending' }]),
  offset: z.int().min(0).max(100_000_000).optional(),
  cursor: z.string().max(60_000).optional(),
  limit: z.int().min(0).max(500).default(50),
  facets: z.array(facet).max(9).default([]),
});
export type MeetingList = z.infer<typeof list>;

const page = z.object({
  rows: z.array(meeting),
  /** Exact number of meetings that match and that this user may see. */
  total: z.int().min(0),
  /**
   * For each facet asked for: counts under all other conditions (conditions on the facet itself that stand
   * directly in the outermost `all` group, or alone, are left out). Short facets list every value in their
   * fixed order; wide ones the 20 most frequent, by count, then label. A value with count 0 is left out of wide facets.
   */
  facets: z.partialRecord(facet, z.array(facetValue)),
  /** Continues after the last row, whatever is written meanwhile; null when the end is reached. */
  cursor: z.string().nullable(),
});
export type MeetingPage = z.infer<typeof page>;

export const meetings = {
  filter: call({
    summary:
      'One page of the meetings that match, with the exact total and facet counts, all trimmed to what the user may see.',
    access: 'signedIn',
    input: list.refine(
      (input) => input.offset === undefined || input.cursor === undefined,
      'has both an offset and a cursor',
    ),
    output: page,
    failures: ['NOT_FOUND', 'TOO_COSTLY'],
  }),
  facetValues: call({
    summary:
      'Values of a wide facet whose label has every typed word as a part, with counts under the same filter, most frequent first.',
    access: 'signedIn',
    input: z.strictObject({
      facet: z.enum(wideFacets),
      search: searchText.default(''),
      where: where.optional(),
      text: searchText.optional(),
      limit: z.int().min(1).max(100).default(wideFacetSize),
    }),
    output: z.object({ values: z.array(facetValue) }),
    failures: ['NOT_FOUND', 'TOO_COSTLY'],
  }),
  get: call({
    summary: 'One meeting.',
    access: 'signedIn',
    input: z.strictObject({ id }),
    output: meeting,
    failures: ['NOT_FOUND'],
  }),
  create: call({
    summary: 'Writes a new meeting down.',
    access: 'writer',
    input: z.strictObject({ writeId, fields: meetingFields }),
    output: written.extend({ meeting }),
    failures: ['NOT_FOUND', 'NOT_ALLOWED', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  update: call({
    summary:
      'Replaces what is written about a meeting; refused when somebody else changed it since `version`.',
    access: 'writer',
    input: z.strictObject({ writeId, id, version, fields: meetingFields }),
    output: written.extend({ meeting }),
    failures: ['NOT_FOUND', 'NOT_ALLOWED', 'CONFLICT', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  delete: call({
    summary: 'Deletes a meeting; `journal.undo` with the answered entry brings it back.',
    access: 'writer',
    input: z.strictObject({ writeId, id, version }),
    output: written,
    failures: ['NOT_FOUND', 'NOT_ALLOWED', 'CONFLICT', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
};
