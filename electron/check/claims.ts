import type { Field, FieldKind } from './fields.ts';
import { digestOf } from './records.ts';

/** A posting with the places, among the records of the request, that it is about. */
export type Posting = readonly [field: string, value: string, kind: FieldKind, places: number[]];

/** A record as it was read: its row or slot, its text, and the slot of its client (-1 when none is needed). */
export interface Claimed<Of> {
  readonly number: number;
  readonly text: string | null;
  readonly clientSlot: number;
  /** What must be filed; null for a record that is deleted or not there. */
  readonly filed: Of | null;
}

/** Everything the records must be found by, each posting once. */
export function postingsOf<Of>(
  claimed: readonly Claimed<Of>[],
  fields: Readonly<Record<string, Field<Of>>>,
): Posting[] {
  const found = new Map<string, Posting>();
  claimed.forEach(({ filed }, place) => {
    if (filed === null) return;
    for (const [field, { kind, valuesOf }] of Object.entries(fields)) {
      for (const value of new Set(valuesOf(filed))) {
        const name = `${field}:${value}`;
        const posting = found.get(name);
        if (posting) posting[3].push(place);
        else found.set(name, [field, value, kind, [place]]);
      }
    }
  });
  return [...found.values()];
}

/** Rows as the functions of lua/check/claims.lua want them. */
export const rowsOf = (claimed: readonly Claimed<unknown>[]) =>
  claimed.map(({ number, text, clientSlot }) => [number, digestOf(text), clientSlot]);

/** What each look at records answers. */
export interface ClaimReply {
  /** Changed since they were read. */
  readonly stale: number[];
  readonly staleClients: number[];
  /** Rows of imports that are not in. */
  readonly hidden: number[];
}

const mostTries = 6;

/**
 * Looks at records until none was written between reading and looking.
 * @param attempt reads and looks at some, and answers those that were written meanwhile, with their digests
 * @param unreadable told of those whose text comes out of the engine otherwise than it is kept, which no writing explains
 */
export async function untilFresh(
  numbers: readonly number[],
  attempt: (numbers: readonly number[]) => Promise<ReadonlyMap<number, string>>,
  unreadable: (number: number) => void,
): Promise<void> {
  let left = numbers;
  let before: ReadonlyMap<number, string> = new Map();
  for (let tries = 0; left.length > 0 && tries < mostTries; tries += 1) {
    const stale = await attempt(left);
    left = [...stale.keys()];
    if (tries === mostTries - 1)
      for (const [number, digest] of stale) if (before.get(number) === digest) unreadable(number);
    before = stale;
  }
}

/** Digests of the records that the engine found stale. */
export function staleOf(claimed: readonly Claimed<unknown>[], stale: readonly number[]): Map<number, string> {
  const which = new Set(stale);
  return new Map(
    claimed.filter(({ number }) => which.has(number)).map(({ number, text }) => [number, digestOf(text)]),
  );
}

/**
 * Ids ascend with their numbers: whichever does not fit between its neighbours stands in the wrong record.
 * @param ids null where there is no record; the last one may belong to the next piece, to compare with
 * @param before id of the last record before, or an empty text
 * @returns whether each can be right
 */
export function plausibleIds(ids: readonly (string | null)[], before: string): boolean[] {
  let last = before;
  return ids.map((id, at) => {
    if (id === null) return true;
    const next = ids.slice(at + 1).find((other) => other !== null);
    const isPlausible = id > last && (next == null || id < next || next <= last);
    if (isPlausible) last = id;
    return isPlausible;
  });
}
