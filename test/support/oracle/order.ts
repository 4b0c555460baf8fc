import { instantOf } from './filter.ts';
import { relevance } from './meetingText.ts';
import { pageOf } from './pageOf.ts';
import { valueOrder } from './types.ts';
import { asBytes, fold, searchWords } from './words.ts';
import type { Office } from './office.ts';
import type { Meeting, SortField, SortKey } from './types.ts';

export const defaultSort: readonly SortKey[] = [{ by: 'start', direction: 'descending' }];

/** Where a meeting stands in an order: the values it is compared by, and its id. It keeps its place when the meeting changes. */
export interface Place {
  keys: (number | string)[];
  id: string;
}

/** An order: its keys, and the text that relevance goes by. */
export interface Order {
  sort: readonly SortKey[];
  text?: string | undefined;
}

export function placeOf(office: Office, meeting: Meeting, { sort, text = '' }: Order): Place {
  return placer(office, { sort, text })(meeting);
}

function placer(office: Office, { sort, text = '' }: Order): (meeting: Meeting) => Place {
  const lookedFor = searchWords(text);
  return (meeting) => ({
    keys: sort.map(({ by }) => keyOf(office, meeting, by, lookedFor)),
    id: meeting.id,
  });
}

/** @returns below 0 when the first place comes first */
export function comparePlaces(one: Place, other: Place, sort: readonly SortKey[]): number {
  for (const [at, { direction }] of sort.entries()) {
    const order = compare(one.keys[at], other.keys[at]);
    if (order !== 0) return direction === 'ascending' ? order : -order;
  }
  const order = compare(one.id, other.id);
  return sort.at(-1)?.direction === 'descending' ? -order : order;
}

/**
 * A page of meetings in an order.
 * @param after instead of from the first: after a place, which need not be any meeting's any more
 * @returns its rows, and how many there are from its first one on
 */
export function pageInOrder(
  office: Office,
  meetings: readonly Meeting[],
  order: Order,
  { offset, limit, after }: { offset: number; limit: number; after?: Place | undefined },
): { rows: Meeting[]; left: number } {
  const place = placer(office, order);
  const all = meetings.map((meeting) => ({ meeting, ...place(meeting) }));
  const left = after ? all.filter((each) => comparePlaces(each, after, order.sort) > 0) : all;
  const page = pageOf(left, (one, other) => comparePlaces(one, other, order.sort), offset, offset + limit);
  return { rows: page.map(({ meeting }) => meeting), left: Math.max(0, left.length - offset) };
}

function keyOf(office: Office, meeting: Meeting, by: SortField, lookedFor: string[]): number | string {
  switch (by) {
    case 'start':
    case 'changed':
      return instantOf(office, meeting, by);
    case 'title':
      return foldedBytes(meeting.title);
    case 'client':
      return foldedBytes(office.clientName(meeting.clientId));
    case 'owner':
      return foldedBytes(office.ownerName(meeting.ownerId));
    case 'duration':
      return meeting.durationMinutes ?? -1;
    case 'created':
      // Made in the order of their ids; many may share a millisecond.
      return meeting.id;
    case 'relevance':
      return relevance(office, meeting, lookedFor);
    default:
      return (valueOrder[by] as readonly string[]).indexOf(meeting[by]);
  }
}

const compare = <T extends number | string>(one: T | undefined, other: T | undefined): number => {
  if (one === undefined || other === undefined) throw new Error('a place has no key for this order');
  return one < other ? -1 : one > other ? 1 : 0;
};

const known = new Map<string, string>();

/** Names and titles are compared over and over. */
export function foldedBytes(text: string): string {
  let bytes = known.get(text);
  if (bytes === undefined) known.set(text, (bytes = asBytes(fold(text))));
  return bytes;
}
