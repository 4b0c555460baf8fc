import { shortFacets } from '../../electron/contract/meetings.ts';
import type {
  Condition,
  Facet,
  FacetValue,
  Sort,
  SortField,
  Where,
} from '../../electron/contract/meetings.ts';
import { isAnyLength, minutesOf, minutesProblem, noMinutes } from './minuteRange.ts';
import type { MinuteRange } from './minuteRange.ts';

export interface DayRange {
  readonly from: string | null;
  readonly to: string | null;
}
/** What has a day that can be filtered by. */
export const dayFields = ['start', 'created', 'changed'] as const;
export type DayField = (typeof dayFields)[number];

interface SortKey {
  readonly by: SortField;
  readonly direction: Sort[number]['direction'];
}

/** What the meeting list is asked for. */
export interface MeetingFilter {
  readonly values: Readonly<Record<Facet, readonly string[]>>;
  readonly days: Readonly<Record<DayField, DayRange>>;
  readonly duration: MinuteRange;
  readonly text: string;
  readonly sort: SortKey;
  /** The order chosen last that needs no text: it decides among equally relevant meetings, and comes back without them. */
  readonly plainSort: SortKey;
}

export type Facets = Partial<Record<Facet, readonly FacetValue[]>>;

/** Those always in sight, and those behind "More filters". */
export const mainFacets = ['type', 'status', 'priority', 'owner', 'tag', 'client'] as const;
export const moreFacets = ['clientKind', 'clientCity', 'clientOwner'] as const;
const facetOrder: readonly Facet[] = [...mainFacets, ...moreFacets];

type WideFacet = Exclude<Facet, (typeof shortFacets)[number]>;
export const isWide = (facet: Facet): facet is WideFacet =>
  !(shortFacets as readonly Facet[]).includes(facet);

const noDays: DayRange = { from: null, to: null };
const byStart: SortKey = { by: 'start', direction: 'descending' };

export const emptyFilter: MeetingFilter = {
  values: {
    type: [],
    status: [],
    priority: [],
    owner: [],
    tag: [],
    client: [],
    clientKind: [],
    clientCity: [],
    clientOwner: [],
  },
  days: { start: noDays, created: noDays, changed: noDays },
  duration: noMinutes,
  text: '',
  sort: byStart,
  plainSort: byStart,
};

export function withToggled(filter: MeetingFilter, facet: Facet, value: string): MeetingFilter {
  const old = filter.values[facet];
  const values = old.includes(value) ? old.filter((other) => other !== value) : [...old, value];
  return withValues(filter, facet, values);
}

export const withValues = (
  filter: MeetingFilter,
  facet: Facet,
  values: readonly string[],
): MeetingFilter => ({
  ...filter,
  values: { ...filter.values, [facet]: values },
});

export const withDays = (filter: MeetingFilter, field: DayField, days: DayRange): MeetingFilter => ({
  ...filter,
  days: { ...filter.days, [field]: days },
});

/** The order of one filter with everything else of another. */
export const withOrderOf = (filter: MeetingFilter, { sort, plainSort }: MeetingFilter): MeetingFilter => ({
  ...filter,
  sort,
  plainSort,
});

/** Nothing filtered; the order stays. */
export const cleared = (filter: MeetingFilter): MeetingFilter => settled(withOrderOf(emptyFilter, filter));

const newFirst: readonly SortField[] = ['start', 'created', 'changed', 'priority', 'duration', 'relevance'];

/** Texts and dates read best from one end: new first for dates, A first for the others. The same column again turns it round. */
export function withSort(filter: MeetingFilter, by: SortField): MeetingFilter {
  const natural = newFirst.includes(by) ? 'descending' : 'ascending';
  const turned = filter.sort.direction === 'ascending' ? 'descending' : 'ascending';
  const sort = { by, direction: filter.sort.by === by ? turned : natural } as const;
  return { ...filter, sort, plainSort: by === 'relevance' ? filter.plainSort : sort };
}

/** Relevance goes with the text, and the order before it comes back. */
export const canSortByRelevance = (filter: MeetingFilter): boolean => filter.text.trim() !== '';
export const settled = (filter: MeetingFilter): MeetingFilter =>
  filter.sort.by === 'relevance' && !canSortByRelevance(filter)
    ? { ...filter, sort: filter.plainSort }
    : filter;

/** The order as the contract has it. */
export const sortOf = ({ sort, plainSort }: MeetingFilter): Sort =>
  sort.by === 'relevance' ? [sort, plainSort] : [sort];

export const isAnyDay = ({ from, to }: DayRange): boolean => from === null && to === null;
export const isReversed = ({ from, to }: DayRange): boolean => from !== null && to !== null && from > to;

/** Whether it can be asked: what is wrong with a range is said beside its fields, asking it would only be refused. */
export const isAskable = ({ days, duration }: MeetingFilter): boolean =>
  !dayFields.some((field) => isReversed(days[field])) && minutesProblem(duration) === undefined;

export const filtersNothing = (filter: MeetingFilter): boolean =>
  whereOf(filter) === undefined && filter.text.trim() === '';

/** Number of filters behind "More filters" that are set. */
export const moreSet = ({ values, days, duration }: MeetingFilter): number =>
  moreFacets.filter((facet) => values[facet].length > 0).length +
  (['created', 'changed'] as const).filter((field) => !isAnyDay(days[field])).length +
  (isAnyLength(duration) ? 0 : 1);

/** Two filters that keep the same meetings have the same counts, whatever their order. */
export const keepsSame = (a: MeetingFilter, b: MeetingFilter): boolean =>
  a.values === b.values && a.days === b.days && a.duration === b.duration && a.text === b.text;

/** The filter as the tree of the contract; undefined when it keeps everything. */
export function whereOf(filter: MeetingFilter): Where | undefined {
  // Each facet's values have been answered by the office itself or are fixed, so they fit their field.
  const all: Where[] = facetOrder
    .filter((facet) => filter.values[facet].length > 0)
    .map((facet) => ({ field: facet, op: 'anyOf', values: [...filter.values[facet]] }) as Condition);
  for (const field of dayFields) {
    const { from, to } = filter.days[field];
    if (from !== null || to !== null) all.push({ field, op: 'between', values: [from, to] });
  }
  if (!isAnyLength(filter.duration)) {
    const { from, to } = filter.duration;
    all.push({ field: 'duration', op: 'between', values: [minutesOf(from) ?? null, minutesOf(to) ?? null] });
  }
  return all.length === 0 ? undefined : { all };
}
