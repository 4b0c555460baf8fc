import type {
  Condition,
  Facet,
  FacetValue,
  MeetingPage,
  Sort,
  SortField,
  Where,
} from '../../electron/contract/meetings.ts';

export interface DayRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** What the meeting list is asked for. */
export interface MeetingFilter {
  readonly values: Readonly<Record<Facet, readonly string[]>>;
  readonly days: DayRange;
  readonly text: string;
  readonly sort: { readonly by: SortField; readonly direction: Sort[number]['direction'] };
}

export type Facets = Partial<Record<Facet, readonly FacetValue[]>>;
export const facetsOf = (page: MeetingPage): Facets => page.facets;

export const facetOrder = [
  'type',
  'status',
  'priority',
  'owner',
  'tag',
  'client',
] as const satisfies readonly Facet[];

const noDays: DayRange = { from: null, to: null };

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
  days: noDays,
  text: '',
  sort: { by: 'start', direction: 'descending' },
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

/** Nothing filtered; the order stays. */
export const cleared = (filter: MeetingFilter): MeetingFilter => ({ ...emptyFilter, sort: filter.sort });

/** Texts and dates read best from one end: new first for dates, A first for the others. The same column again turns it round. */
export function withSort(filter: MeetingFilter, by: SortField): MeetingFilter {
  const natural = ['start', 'created', 'changed', 'priority', 'duration'].includes(by)
    ? 'descending'
    : 'ascending';
  const turned = filter.sort.direction === 'ascending' ? 'descending' : 'ascending';
  return { ...filter, sort: { by, direction: filter.sort.by === by ? turned : natural } };
}

export const filtersNothing = (filter: MeetingFilter): boolean =>
  whereOf(filter) === undefined && filter.text.trim() === '';

/** Two filters that keep the same meetings have the same counts, whatever their order. */
export const keepsSame = (a: MeetingFilter, b: MeetingFilter): boolean =>
  a.values === b.values && a.days === b.days && a.text === b.text;

/** The filter as the tree of the contract; undefined when it keeps everything. */
export function whereOf(filter: MeetingFilter): Where | undefined {
  // Each facet's values have been answered by the office itself or are fixed, so they fit their field.
  const all: Where[] = facetOrder
    .filter((facet) => filter.values[facet].length > 0)
    .map((facet) => ({ field: facet, op: 'anyOf', values: [...filter.values[facet]] }) as Condition);
  const { from, to } = filter.days;
  if (from !== null || to !== null) all.push({ field: 'start', op: 'between', values: [from, to] });
  return all.length === 0 ? undefined : { all };
}
