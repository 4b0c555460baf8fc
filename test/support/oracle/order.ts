import { startInstant } from './filter.ts';
import { valueOrder } from './types.ts';
import { asBytes, fold } from './words.ts';
import type { Office } from './office.ts';
import type { Meeting, SortField, SortKey } from './types.ts';

export const defaultSort: readonly SortKey[] = [{ by: 'start', direction: 'descending' }];

/** Where a meeting stands in an order: the values it is compared by, and its id. It keeps its place when the meeting changes. */
export interface Place {
  keys: (number | string)[];
  id: string;
}

export function placeOf(office: Office, meeting: Meeting, sort: readonly SortKey[]): Place {
  return { keys: sort.map(({ by }) => keyOf(office, meeting, by)), id: meeting.id };
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

export function sorted(office: Office, meetings: readonly Meeting[], sort: readonly SortKey[]): Meeting[] {
  return meetings
    .map((meeting) => ({ meeting, place: placeOf(office, meeting, sort) }))
    .sort((one, other) => comparePlaces(one.place, other.place, sort))
    .map(({ meeting }) => meeting);
}

function keyOf(office: Office, meeting: Meeting, by: SortField): number | string {
  switch (by) {
    case 'start':
      return startInstant(meeting.start, office.zone);
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
    case 'changed':
      return Date.parse(meeting.changedAt);
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
