import { fieldValues, needKnown, select } from './filter.ts';
import { textOfName } from './meetingText.ts';
import { defaultSort, foldedBytes, pageInOrder } from './order.ts';
import { valueOrder, wideFields } from './types.ts';
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
  User,
  Where,
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
  const { offset = 0, limit = 50, sort = defaultSort, facets = [], text } = query;
  const user = office.signedIn(userId);
  const found = select(office, user, query);
  const { rows, left } = pageInOrder(office, found, { sort, text }, { offset, limit, after });
  return {
    rows,
    total: found.length,
    facets: Object.fromEntries(facets.map((field) => [field, facet(office, user, query, field, found)])),
    more: limit < left,
  };
}

/** Values of a wide facet found by their label. */
export function facetValues(office: Office, userId: string, query: FacetQuery): FacetValue[] {
  const lookedFor = searchWords(query.search);
  // The facet's own conditions are left out below, but a value that is not known is refused wherever it stands.
  if (query.where) needKnown(office, office.signedIn(userId), query.where);
  return wideValues(office, office.signedIn(userId), query, query.facet)
    .filter(({ label }) => hasEveryWord(textOfName(label), lookedFor))
    .slice(0, query.limit);
}

const isWide = (field: FacetField): field is WideField => (wideFields as readonly string[]).includes(field);

/** @param found what the whole selection found, for facets that have no conditions of their own */
function facet(
  office: Office,
  user: User,
  selection: Selection,
  field: FacetField,
  found: readonly Meeting[],
): FacetValue[] {
  if (isWide(field)) return wideValues(office, user, selection, field, found).slice(0, 20);
  const counts = countsUnderOthers(office, user, selection, field, found);
  return valueOrder[field].map((value) => ({ value, label: value, count: counts.get(value) ?? 0 }));
}

function wideValues(
  office: Office,
  user: User,
  selection: Selection,
  field: WideField,
  found?: readonly Meeting[],
): FacetValue[] {
  const label = (value: string): string => {
    if (field === 'owner' || field === 'clientOwner') return office.ownerName(value);
    return field === 'client' ? office.clientName(value) : value;
  };
  return [...countsUnderOthers(office, user, selection, field, found)]
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
  field: FacetField,
  found?: readonly Meeting[],
): Map<string, number> {
  const others = withoutOwn(selection, field);
  const counts = new Map<string, number>();
  for (const meeting of others ? select(office, user, others) : (found ?? select(office, user, selection))) {
    for (const value of fieldValues(office, meeting, field)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** Null when there is nothing to leave out. */
function withoutOwn({ where, text }: Selection, field: FacetField): Selection | null {
  const isOwn = (node: Where): boolean => 'field' in node && node.field === field;
  if (!where) return null;
  if (isOwn(where)) return { text };
  if (!('all' in where) || !where.all.some(isOwn)) return null;
  return { text, where: { all: where.all.filter((child) => !isOwn(child)) } };
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
    .filter((client) => hasEveryWord(textOfName(client.name), lookedFor))
    .sort((one, other) => order(foldedBytes(one.name), foldedBytes(other.name)) || order(one.id, other.id));
  const counts = office.once('living meetings by client', () => livingByClient(office));
  const rows = found
    .slice(offset, offset + limit)
    .map((client) => ({ ...client, meetings: counts.get(client.id) ?? 0 }));
  return { rows, total: found.length };
}

function livingByClient({ meetings }: Office): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { deleted, clientId } of meetings.values())
    if (!deleted) counts.set(clientId, (counts.get(clientId) ?? 0) + 1);
  return counts;
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const byBytes = (one: string, other: string): number => order(asBytes(one), asBytes(other));
