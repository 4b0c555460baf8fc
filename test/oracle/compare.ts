import { clients, facetValues, filter } from '../support/oracle/answers.ts';
import { Refused } from '../support/oracle/types.ts';
import { clientRow, difference, meetingRow } from './difference.ts';
import { settle } from './product.ts';
import type { Settled } from './product.ts';
import type { OfficePair } from './officePair.ts';
import type { Page } from '../support/oracle/answers.ts';
import type { Place } from '../support/oracle/order.ts';
import type { ClientQuery, FacetQuery, Query } from '../support/oracle/types.ts';

export interface Comparison {
  /** The first difference in words, or null. */
  differs: string | null;
  /** How many rows or values the oracle answers. */
  rows: number;
}

/** Where to go on: the program's cursor, and the oracle's idea of the same place. */
export interface Continuation {
  cursor: string;
  after: Place;
}

/** Asks both for one page of meetings: rows with every field, in order; total; every count; whether there is more. */
export async function comparePage(
  { oracle, product }: OfficePair,
  userId: string,
  query: Query,
  from?: Continuation,
): Promise<Comparison & { page: Page | null; cursor: string | null }> {
  // Asked first: the engine works on it while the oracle does.
  const answering = settle(product.filter(userId, { ...query, ...(from && { cursor: from.cursor }) }));
  const judged = attempt(() => {
    const page = filter(oracle, userId, query, from?.after);
    // At once, because a write may follow before the answer is there.
    return { page, rows: page.rows.map((meeting) => meetingRow(oracle, meeting)) };
  });
  const answer = await answering;
  const page = 'value' in judged ? judged.value.page : null;
  const cursor = 'value' in answer ? answer.value.cursor : null;
  const expected = 'value' in judged && {
    // Ids first: a wrong order is told as such, not as a wrong title.
    ids: judged.value.page.rows.map(({ id }) => id),
    total: judged.value.page.total,
    facets: judged.value.page.facets,
    rows: judged.value.rows,
    ...(judged.value.rows.length > 0 && { more: judged.value.page.more }),
  };
  const got = 'value' in answer && {
    ids: answer.value.rows.map(({ id }) => id),
    total: answer.value.total,
    facets: answer.value.facets,
    rows: answer.value.rows,
    ...(answer.value.rows.length > 0 && { more: cursor !== null }),
  };
  const differs =
    page && 'refused' in answer
      ? `expected ${String(page.total)} meetings, got refused: ${answer.refused}`
      : difference(expected || judged, got || answer);
  return { differs, rows: page?.rows.length ?? 0, page, cursor };
}

export async function compareFacetValues(
  { oracle, product }: OfficePair,
  userId: string,
  query: FacetQuery,
): Promise<Comparison> {
  const answering = settle(product.facetValues(userId, query));
  const judged = attempt(() => ({ values: facetValues(oracle, userId, query) }));
  const differs = difference(judged, await answering);
  return { differs, rows: 'value' in judged ? judged.value.values.length : 0 };
}

export async function compareClients(
  { oracle, product }: OfficePair,
  userId: string,
  query: ClientQuery,
): Promise<Comparison> {
  const answering = settle(product.clients(userId, query));
  const judged = attempt(() => {
    const { rows, total } = clients(oracle, userId, query);
    return { rows: rows.map((client) => clientRow(oracle, client)), total };
  });
  const differs = difference(judged, await answering);
  return { differs, rows: 'value' in judged ? judged.value.rows.length : 0 };
}

function attempt<T>(judge: () => T): Settled<T> {
  try {
    return { value: judge() };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.code };
    throw error;
  }
}
