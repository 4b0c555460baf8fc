import { fieldValues, needKnown, select, wordsOfName } from './filter.ts';
import { comparePlaces, defaultSort, foldedBytes, placeOf, sorted } from './order.ts';
import { valueOrder } from './types.ts';
import { asBytes, hasEveryWord, searchWords } from './words.ts';
import type { Office } from './office.ts';
import type { Place } from './order.ts';
import type {
  Client,
  ClientQuery,
  FacetField,
  FacetQuery,
  FacetValue,
  Meeting,
  Query,
  Selection,
  ShortField,
  User,
  WideField,
} from './types.ts';

export interface Page {
  rows: Meeting[];
  total: number;
  facets: Partial<Record<FacetField, FacetValue[]>>;
  /** Whether rows follow in this order. */
  more: boolean;
}

/**
 * One page of meetings, as a user is to see it.
 * @param after instead of an offset: the place the rows come after, which need not be any meeting's any more
 */
export function filter(office: Office, userId: string, query: Query, after?: Place): Page {
  const { offset = 0, limit = 50, sort = defaultSort, facets = [] } = query;
  const user = office.signedIn(userId);
  const all = sorted(office, select(office, user, query), sort);
  const isAfter = (meeting: Meeting): boolean =>
    !after || comparePlaces(placeOf(office, meeting, sort), after, sort) > 0;
  const left = all.filter(isAfter).slice(offset);
  return {
    rows: left.slice(0, limit),
    total: all.length,
    facets: Object.fromEntries(facets.map((field) => [field, facet(office, user, query, field)])),
    more: limit < left.length,
  };
}

/** Values of a wide facet found by their label. */
export function facetValues(office: Office, userId: string, query: FacetQuery): FacetValue[] {
  const lookedFor = searchWords(query.search);
  // The facet's own conditions are left out below, but a value that is not known is refused wherever it stands.
  if (query.where) needKnown(office, office.signedIn(userId), query.where);
  return wideValues(office, office.signedIn(userId), query, query.facet)
    .filter(({ label }) => hasEveryWord(wordsOfName(label), lookedFor))
    .slice(0, query.limit);
}

function facet(office: Office, user: User, selection: Selection, field: FacetField): FacetValue[] {
  if (field === 'owner' || field === 'tag' || field === 'client') {
    return wideValues(office, user, selection, field).slice(0, 20);
  }
  const counts = countsUnderOthers(office, user, selection, field);
  return valueOrder[field].map((value) => ({ value, label: value, count: counts.get(value) ?? 0 }));
}

function wideValues(office: Office, user: User, selection: Selection, field: WideField): FacetValue[] {
  const label = (value: string): string => {
    if (field === 'owner') return office.ownerName(value);
    return field === 'client' ? office.clientName(value) : value;
  };
  return [...countsUnderOthers(office, user, selection, field)]
    .map(([value, count]) => ({ value, label: label(value), count }))
    .sort(
      (one, other) =>
        other.count - one.count || byBytes(one.label, other.label) || byBytes(one.value, other.value),
    );
}

/** How many meetings have each value, under all conditions but the facet's own. */
function countsUnderOthers(
  office: Office,
  user: User,
  selection: Selection,
  field: ShortField | WideField,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const meeting of select(office, user, withoutOwn(selection, field))) {
    for (const value of fieldValues(meeting, field)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function withoutOwn({ where, text }: Selection, field: FacetField): Selection {
  if (where && 'field' in where && where.field === field) return { text };
  if (where && 'all' in where) {
    return {
      text,
      where: { all: where.all.filter((child) => !('field' in child && child.field === field)) },
    };
  }
  return { text, where };
}

/** Clients a user sees, by name, with their meetings counted. */
export function clients(
  office: Office,
  userId: string,
  { search, offset, limit }: ClientQuery,
): { rows: (Client & { meetings: number })[]; total: number } {
  const lookedFor = searchWords(search);
  const found = office
    .visibleClients(office.signedIn(userId))
    .filter((client) => hasEveryWord(wordsOfName(client.name), lookedFor))
    .sort((one, other) => order(foldedBytes(one.name), foldedBytes(other.name)) || order(one.id, other.id));
  const living = [...office.meetings.values()].filter((meeting) => !meeting.deleted);
  const rows = found.slice(offset, offset + limit).map((client) => ({
    ...client,
    meetings: living.filter((meeting) => meeting.clientId === client.id).length,
  }));
  return { rows, total: found.length };
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const byBytes = (one: string, other: string): number => order(asBytes(one), asBytes(other));
