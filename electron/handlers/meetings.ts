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
import { readMeeting, type MeetingRecord } from '../redis/meetingRecord.ts';
import { fold } from '../text/fold.ts';
import { searchWords, wordChange, words } from '../text/words.ts';
import type { Context, HandlersOf } from './context.ts';

/** Meetings as the store answers them: ids and names of clients and owners stand beside the records. */
interface StoredRows {
  rows: MeetingRecord[];
  clientIds: string[];
  clientNames: string[];
  ownerNames: string[];
}

function named({ rows, clientIds, clientNames, ownerNames }: StoredRows): Meeting[] {
  return rows.map((record, at) => {
    const meeting = readMeeting(record);
    return {
      ...meeting,
      client: { id: clientIds[at]!, name: clientNames[at]! },
      owner: { id: meeting.ownerId, name: ownerNames[at]! },
    };
  });
}

const only = (stored: StoredRows): Meeting => named(stored)[0]!;

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

/** The words a meeting is found by. */
export const meetingWords = (meeting: { title: string; details: string }): string[] =>
  words(meeting.title, meeting.details);

/** What the store needs of a meeting's fields beside them. */
export const storedFields = (fields: MeetingFields, zone: string): object => ({
  ...fields,
  titleKey: fold(fields.title),
  startKey: startKey(fields.start, zone),
});

/**
 * The words of a meeting as it stands, or undefined when the user sees none. The store answers that case itself: a
 * repeated write may well speak of a meeting it deleted the first time.
 */
async function wordsNow(id: string, { store, actor }: Context): Promise<string[] | undefined> {
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
      rows: named(reply),
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
    return only((await store.call('meetings_get', { actor, id })) as StoredRows);
  },

  async create({ writeId, fields }, { store, actor, zone }) {
    const reply = (await store.call('meetings_create', {
      actor,
      writeId,
      fields: storedFields(fields, zone),
      words: meetingWords(fields),
      tagFolds: fields.tags.map(fold),
    })) as WrittenMeeting;
    return { entry: reply.entry, meeting: only(reply) };
  },

  async update({ writeId, id, version, fields }, context) {
    const before = await wordsNow(id, context);
    const reply = (await context.store.call('meetings_update', {
      actor: context.actor,
      writeId,
      id,
      version,
      fields: storedFields(fields, context.zone),
      words: before && wordChange(before, meetingWords(fields)),
      tagFolds: fields.tags.map(fold),
    })) as WrittenMeeting;
    return { entry: reply.entry, meeting: only(reply) };
  },

  async delete({ writeId, id, version }, context) {
    const before = await wordsNow(id, context);
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
