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

export const valuesOf = (meeting: Meeting, facet: Facet): { value: string; label: string }[] => {
  if (facet === 'owner') return [{ value: meeting.owner.id, label: meeting.owner.name }];
  if (facet === 'client') return [{ value: meeting.client.id, label: meeting.client.name }];
  if (facet === 'tag') return meeting.tags.map((tag) => ({ value: tag, label: tag }));
  if (facet === 'clientKind' || facet === 'clientCity' || facet === 'clientOwner') return [];
  return [{ value: meeting[facet], label: meeting[facet] }];
};

const isBetween = <T extends string | number>(
  value: T | null,
  [from, to]: readonly [T | null, T | null],
): boolean => value !== null && (from === null || value >= from) && (to === null || value <= to);

export function holds(where: Where, meeting: Meeting): boolean {
  if ('all' in where) return where.all.every((node) => holds(node, meeting));
  if ('any' in where) return where.any.some((node) => holds(node, meeting));
  if ('none' in where) return !where.none.some((node) => holds(node, meeting));
  if (where.field === 'start') return isBetween(dayOf(meeting), where.values);
  if (where.field === 'created') return isBetween(meeting.createdAt.slice(0, 10), where.values);
  if (where.field === 'changed') return isBetween(meeting.changedAt.slice(0, 10), where.values);
  if (where.field === 'duration') return isBetween(meeting.durationMinutes, where.values);
  if (where.field === 'text') return hasWords(meeting, where.values[0]);
  const values = valuesOf(meeting, where.field).map(({ value }) => value);
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

const sortKey = (meeting: Meeting, by: Sort[number]['by']): string | number => {
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
      return 0;
  }
};

export function sorted(meetings: readonly Meeting[], sort: Sort): Meeting[] {
  const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...meetings].sort((a, b) => {
    for (const { by, direction } of sort) {
      const order = compare(sortKey(a, by), sortKey(b, by)) || compare(a.id, b.id);
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
};

export function countedValues(
  meetings: readonly Meeting[],
  facet: Facet,
  search = '',
  limit = wideFacetSize,
): FacetValue[] {
  const found = new Map<string, FacetValue>();
  for (const meeting of meetings) {
    for (const { value, label } of valuesOf(meeting, facet)) {
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
