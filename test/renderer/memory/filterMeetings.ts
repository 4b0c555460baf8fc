import { clientKinds } from '../../../electron/contract/clientValues.ts';
import type { Client } from '../../../electron/contract/clients.ts';
import {
  meetingPriorities,
  meetingStatuses,
  meetingTypes,
  wideFacetSize,
} from '../../../electron/contract/meetings.ts';
import type { Facet, FacetValue, Meeting, Sort, Where } from '../../../electron/contract/meetings.ts';

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const dayOf = (meeting: Meeting): string =>
  'date' in meeting.start ? meeting.start.date : meeting.start.at.slice(0, 10);
const momentOf = (meeting: Meeting): string =>
  'date' in meeting.start ? `${meeting.start.date}T00:00:00.000Z` : meeting.start.at;

/** The client of a meeting as it is now. */
export type ClientOf = (meeting: Meeting) => Client | undefined;

export const valuesOf = (
  meeting: Meeting,
  facet: Facet,
  clientOf: ClientOf,
): { value: string; label: string }[] => {
  if (facet === 'owner') return [{ value: meeting.owner.id, label: meeting.owner.name }];
  if (facet === 'client') return [{ value: meeting.client.id, label: meeting.client.name }];
  if (facet === 'tag') return meeting.tags.map((tag) => ({ value: tag, label: tag }));
  if (facet === 'clientKind' || facet === 'clientCity' || facet === 'clientOwner')
    return clientValues(facet, clientOf(meeting));
  return [{ value: meeting[facet], label: meeting[facet] }];
};

function clientValues(
  facet: 'clientKind' | 'clientCity' | 'clientOwner',
  client: Client | undefined,
): { value: string; label: string }[] {
  if (!client) return [];
  if (facet === 'clientKind') return [{ value: client.kind, label: client.kind }];
  if (facet === 'clientCity') return client.city ? [{ value: client.city, label: client.city }] : [];
  return client.owner ? [{ value: client.owner.id, label: client.owner.name }] : [];
}

const isBetween = <T extends string | number>(
  value: T | null,
  [from, to]: readonly [T | null, T | null],
): boolean => value !== null && (from === null || value >= from) && (to === null || value <= to);

export function holds(where: Where, meeting: Meeting, clientOf: ClientOf): boolean {
  if ('all' in where) return where.all.every((node) => holds(node, meeting, clientOf));
  if ('any' in where) return where.any.some((node) => holds(node, meeting, clientOf));
  if ('none' in where) return !where.none.some((node) => holds(node, meeting, clientOf));
  if (where.field === 'start') return isBetween(dayOf(meeting), where.values);
  if (where.field === 'created') return isBetween(meeting.createdAt.slice(0, 10), where.values);
  if (where.field === 'changed') return isBetween(meeting.changedAt.slice(0, 10), where.values);
  if (where.field === 'duration') return isBetween(meeting.durationMinutes, where.values);
  if (where.field === 'text') return hasWords(meeting, where.values[0]);
  const values = valuesOf(meeting, where.field, clientOf).map(({ value }) => value);
  const wanted: readonly string[] = where.values;
  if (where.op === 'allOf') return wanted.every((value) => values.includes(value));
  const any = wanted.some((value) => values.includes(value));
  return where.op === 'anyOf' ? any : !any;
}

export function hasWords(meeting: Meeting, text: string | undefined): boolean {
  const words = fold(text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const all = fold(`${meeting.title} ${meeting.details} ${meeting.client.name}`);
  return words.every((word) => all.includes(word));
}

/** 2 when every word looked for stands whole in the meeting, 1 when every one at least begins a word, else 0. */
function relevance(meeting: Meeting, text: string | undefined): number {
  const there: readonly string[] =
    fold(`${meeting.title} ${meeting.details} ${meeting.client.name}`).match(/[\p{L}\p{N}]+/gu) ?? [];
  const words = fold(text ?? '').match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.every((word) => there.includes(word))) return 2;
  return words.every((word) => there.some((other) => other.startsWith(word))) ? 1 : 0;
}

const sortKey = (meeting: Meeting, by: Sort[number]['by'], text: string | undefined): string | number => {
  switch (by) {
    case 'start':
      return momentOf(meeting);
    case 'title':
      return fold(meeting.title);
    case 'client':
      return fold(meeting.client.name);
    case 'owner':
      return fold(meeting.owner.name);
    case 'type':
      return meetingTypes.indexOf(meeting.type);
    case 'status':
      return meetingStatuses.indexOf(meeting.status);
    case 'priority':
      return meetingPriorities.indexOf(meeting.priority);
    case 'duration':
      return meeting.durationMinutes ?? -1;
    case 'created':
      return meeting.createdAt;
    case 'changed':
      return meeting.changedAt;
    case 'relevance':
      return relevance(meeting, text);
  }
};

export function sorted(meetings: readonly Meeting[], sort: Sort, text: string | undefined): Meeting[] {
  const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...meetings].sort((a, b) => {
    for (const { by, direction } of sort) {
      const order = compare(sortKey(a, by, text), sortKey(b, by, text)) || compare(a.id, b.id);
      if (order !== 0) return direction === 'ascending' ? order : -order;
    }
    return 0;
  });
}

/** The filter without the conditions on a facet, as the counts of that facet are taken. */
export function withoutFacet(where: Where | undefined, facet: Facet): Where {
  const nodes = where === undefined ? [] : 'all' in where ? where.all : [where];
  return { all: nodes.filter((node) => !('field' in node && node.field === facet)) };
}

const fixed: Partial<Record<Facet, readonly string[]>> = {
  type: meetingTypes,
  status: meetingStatuses,
  priority: meetingPriorities,
  clientKind: clientKinds,
};

export function countedValues(
  meetings: readonly Meeting[],
  facet: Facet,
  clientOf: ClientOf,
  search = '',
  limit = wideFacetSize,
): FacetValue[] {
  const found = new Map<string, FacetValue>();
  for (const meeting of meetings) {
    for (const { value, label } of valuesOf(meeting, facet, clientOf)) {
      const before = found.get(value);
      found.set(value, { value, label, count: (before?.count ?? 0) + 1 });
    }
  }
  const values = fixed[facet];
  if (values) return values.map((value) => found.get(value) ?? { value, label: value, count: 0 });
  return [...found.values()]
    .filter(({ label }) =>
      fold(search)
        .split(/\s+/)
        .every((word) => fold(label).includes(word)),
    )
    .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label))
    .slice(0, limit);
}
