import { z } from 'zod';
import { nextDay } from '../calendar/nextDay.ts';
import { startKey } from '../calendar/startKey.ts';
import { startOfDay } from '../calendar/startOfDay.ts';
import type { Contract, ParsedInputOf } from '../contract/index.ts';
import { Failure } from '../contract/failure.ts';
import {
  type Condition,
  type FacetValue,
  type Meeting,
  type MeetingFields,
  sortField,
  type Where,
  wideFacetSize,
} from '../contract/meetings.ts';
import { readMeeting } from '../redis/meetingRecord.ts';
import type { Store } from '../redis/store.ts';
import { namedMeetings, type StoredRows } from '../redis/storedRows.ts';
import { fold } from '../text/fold.ts';
import { searchWords, wordChange } from '../text/words.ts';
import type { Context, HandlersOf } from './context.ts';
import { meetingWords } from './meetingWords.ts';
import { recentWords, rememberText } from './recentTexts.ts';

/** The one meeting of an answer, which is what somebody looks at. */
function only(stored: StoredRows, store: Store): Meeting {
  const meeting = namedMeetings(stored)[0]!;
  rememberText(store, meeting);
  return meeting;
}

/** Days become instants [from, to) in the office's zone, texts folded words; every other condition goes to the store as it is. */
function storedCondition(condition: Condition, zone: string): object {
  if (condition.field === 'text') return { ...condition, values: searchWords(condition.values[0]) };
  if (condition.field !== 'start' && condition.field !== 'created' && condition.field !== 'changed') {
    return condition;
  }
  const [from, to] = condition.values;
  const values = [
    from === null ? null : startOfDay(from, zone),
    to === null ? null : startOfDay(nextDay(to), zone),
  ];
  return { ...condition, values };
}

function storedWhere(where: Where, zone: string): object {
  if ('field' in where) return storedCondition(where, zone);
  if ('all' in where) return { all: where.all.map((node) => storedWhere(node, zone)) };
  if ('any' in where) return { any: where.any.map((node) => storedWhere(node, zone)) };
  return { none: where.none.map((node) => storedWhere(node, zone)) };
}

interface Filter {
  where?: Where | undefined;
  text?: string | undefined;
}

const storedFilter = ({ where, text }: Filter, zone: string): object => ({
  ...(where && { where: storedWhere(where, zone) }),
  words: text === undefined ? [] : searchWords(text),
});

/** A cursor is opaque outside: the sort it belongs to, and where its row stood in it. */
const cursorShape = z.object({
  sort: z.array(z.tuple([sortField, z.enum(['ascending', 'descending'])])),
  keys: z.array(z.union([z.string(), z.number()])),
  id: z.string(),
});

type Sort = ParsedInputOf<Contract['meetings']['filter']>['sort'];

const sortPairs = (sort: Sort): [string, string][] => sort.map(({ by, direction }) => [by, direction]);

const writeCursor = (cursor: { keys: unknown; id: string }, sort: Sort): string =>
  Buffer.from(JSON.stringify({ sort: sortPairs(sort), ...cursor })).toString('base64url');

function readCursor(text: string, sort: Sort): { keys: (string | number)[]; id: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    raw = null;
  }
  const cursor = cursorShape.safeParse(raw);
  if (!cursor.success || JSON.stringify(cursor.data.sort) !== JSON.stringify(sortPairs(sort))) {
    throw new Failure('INVALID_INPUT', 'cursor');
  }
  return { keys: cursor.data.keys, id: cursor.data.id };
}

/** What the store needs of a meeting's fields beside them. */
export const storedFields = (fields: MeetingFields, zone: string): object => ({
  ...fields,
  titleKey: fold(fields.title),
  startKey: startKey(fields.start, zone),
});

/**
 * The words of a meeting, which the store needs for taking it out; of the version named where they are remembered, else
 * as it stands. Undefined when the user sees none: the store answers that case itself, because a repeated write may well
 * speak of a meeting it deleted the first time.
 */
async function wordsOf(
  { id, version }: { id: string; version: number },
  { store, actor }: Context,
): Promise<string[] | undefined> {
  const known = recentWords(store, id, version);
  if (known) return known;
  try {
    const { rows } = (await store.call('meetings_get', { actor, id })) as StoredRows;
    return meetingWords(readMeeting(rows[0]!));
  } catch (error) {
    if (error instanceof Failure && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

interface WrittenMeeting extends StoredRows {
  entry: number;
}

export const meetingsHandlers: HandlersOf<'meetings'> = {
  async filter(input, { store, actor, zone }) {
    const reply = (await store.call('meetings_filter', {
      actor,
      ...storedFilter(input, zone),
      sort: input.sort,
      ...(input.cursor === undefined
        ? { offset: input.offset ?? 0 }
        : { cursor: readCursor(input.cursor, input.sort) }),
      limit: input.limit,
      facets: input.facets,
      wide: wideFacetSize,
    })) as StoredRows & {
      total: number;
      facets: Record<string, FacetValue[]>;
      cursor: { keys: unknown; id: string } | null;
    };
    return {
      rows: namedMeetings(reply),
      total: reply.total,
      facets: reply.facets,
      cursor: reply.cursor && writeCursor(reply.cursor, input.sort),
    };
  },

  async facetValues(input, { store, actor, zone }) {
    return (await store.call('meetings_facet_values', {
      actor,
      ...storedFilter(input, zone),
      facet: input.facet,
      labelWords: searchWords(input.search),
      limit: input.limit,
    })) as { values: FacetValue[] };
  },

  async get({ id }, { store, actor }) {
    return only((await store.call('meetings_get', { actor, id })) as StoredRows, store);
  },

  async create({ writeId, fields }, { store, actor, zone }) {
    const reply = (await store.call('meetings_create', {
      actor,
      writeId,
      fields: storedFields(fields, zone),
      words: meetingWords(fields),
      tagFolds: fields.tags.map(fold),
    })) as WrittenMeeting;
    return { entry: reply.entry, meeting: only(reply, store) };
  },

  async update({ writeId, id, version, fields }, context) {
    const before = await wordsOf({ id, version }, context);
    const reply = (await context.store.call('meetings_update', {
      actor: context.actor,
      writeId,
      id,
      version,
      fields: storedFields(fields, context.zone),
      words: before && wordChange(before, meetingWords(fields)),
      tagFolds: fields.tags.map(fold),
    })) as WrittenMeeting;
    return { entry: reply.entry, meeting: only(reply, context.store) };
  },

  async delete({ writeId, id, version }, context) {
    const before = await wordsOf({ id, version }, context);
    const words = before && { remove: before };
    const reply = await context.store.call('meetings_delete', {
      actor: context.actor,
      writeId,
      id,
      version,
      words,
    });
    return reply as { entry: number };
  },
};
