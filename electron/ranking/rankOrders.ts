import type { Store } from '../redis/store.ts';
import { bytewise, codes, slices } from './bounds.ts';

/** Sort orders kept as slices of a 12-bit code (lua/store/orders.lua). */
const slicedOrders = ['start', 'title', 'client', 'duration', 'changed'] as const;
type SlicedOrder = (typeof slicedOrders)[number];
/** Rows whose keys one call answers: a few milliseconds of the engine's time. */
const rowsPerRead = 1_000;
const boundsPerLoad = 500;
/** Below this many rows every order is quick without ranking. */
const fewRows = 500;

async function readKeys(store: Store, order: string, rows: number): Promise<(Buffer | null)[]> {
  const keys: (Buffer | null)[] = [];
  for (let from = 0; from < rows; from += rowsPerRead) {
    const count = Math.min(rowsPerRead, rows - from);
    const reply = (await store.call('ranking_keys', { order, from, count })) as { keys: (string | null)[] };
    for (const key of reply.keys) keys.push(key === null ? null : Buffer.from(key));
  }
  return keys;
}

/**
 * Chooses at most 4,095 bounds that split the keys evenly. A key that fills a code of its own gets a bound before and
 * one right behind it, so that the code holds nothing else and ties alone decide inside.
 */
export function chooseBounds(keys: readonly (Buffer | null)[]): Buffer[] {
  const sorted = keys.filter((key) => key !== null).sort(bytewise);
  const share = Math.max(1, Math.ceil(sorted.length / (codes / 2 - 1)));
  const bounds: Buffer[] = [];
  const add = (bound: Buffer): void => {
    const last = bounds.at(-1);
    if (bound.length > 0 && (!last || bytewise(last, bound) < 0)) bounds.push(bound);
  };
  let filled = 0;
  for (let from = 0; from < sorted.length;) {
    const key = sorted[from]!;
    let to = from + 1;
    while (to < sorted.length && bytewise(sorted[to]!, key) === 0) to += 1;
    if (to - from >= share) {
      add(key);
      add(Buffer.concat([key, Buffer.from([0])]));
      filled = 0;
    } else {
      if (filled + (to - from) > share) {
        add(key);
        filled = 0;
      }
      filled += to - from;
    }
    from = to;
  }
  return bounds.slice(0, codes - 1);
}

/** Number of bounds that are not after the key. */
function codeOf(key: Buffer, bounds: readonly Buffer[]): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bytewise(bounds[middle]!, key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One bitmap per bit of the code; Redis counts bits of a byte from its highest. */
function buildSlices(keys: readonly (Buffer | null)[], bounds: readonly Buffer[]): Buffer[] {
  const built = Array.from({ length: slices }, () => Buffer.alloc(Math.ceil(keys.length / 8)));
  keys.forEach((key, row) => {
    const code = key === null ? 0 : codeOf(key, bounds);
    for (let number = 0; number < slices; number += 1) {
      if ((code >>> number) & 1) built[number]![row >>> 3]! |= 0x80 >>> (row & 7);
    }
  });
  return built;
}

async function rankOrder(store: Store, order: SlicedOrder, coming?: Coming): Promise<void> {
  for (;;) {
    const { generation, rows } = (await store.call('ranking_begin', { order })) as {
      generation: number;
      rows: number;
    };
    const keys = await readKeys(store, order, rows);
    const bounds = chooseBounds([...keys, ...(coming?.keys[order] ?? []).map((key) => Buffer.from(key))]);
    for (let at = 0; at < bounds.length; at += boundsPerLoad) {
      const part = bounds.slice(at, at + boundsPerLoad).map((bound) => bound.toString('utf8'));
      await store.call('ranking_load', { order, generation, bounds: part, slices: [] });
    }
    for (const [number, slice] of buildSlices(keys, bounds).entries()) {
      await store.call('ranking_load', { order, generation, bounds: [], slices: [number] }, slice);
    }
    let state = 'more';
    while (state === 'more') {
      const request = { order, generation, most: 500, rows: coming ? rows + coming.rows : 0 };
      ({ state } = (await store.call('ranking_finish', request)) as { state: string });
    }
    if (state === 'done') return;
  }
}

/** Rows that are about to come in. */
export interface Coming {
  /** Sort keys of some of them, from which the bounds are chosen together with the keys there are. */
  readonly keys: Readonly<Record<SlicedOrder, readonly string[]>>;
  readonly rows: number;
}

/**
 * Gives every sort order new, balanced bounds. Lists are exact before, during and after; they are only quicker after.
 * Safe to cut off at any point.
 */
export async function rankOrders(store: Store, coming?: Coming): Promise<void> {
  for (const order of slicedOrders) await rankOrder(store, order, coming);
}

/** Bounds of every order, and which generation of them it is. */
export async function boundsInForce(
  store: Store,
): Promise<Record<SlicedOrder, { generation: string; bounds: string[] }>> {
  const found: [string, unknown][] = [];
  for (const order of slicedOrders) found.push([order, await store.call('ranking_bounds', { order })]);
  return Object.fromEntries(found) as Awaited<ReturnType<typeof boundsInForce>>;
}

/**
 * Whether the office has grown so much since its orders were ranked that ranking is worth its while.
 * @param coming rows that are about to come in
 */
export async function needsRanking(store: Store, coming = 0): Promise<boolean> {
  const { rows, ranked } = (await store.call('ranking_state', {})) as {
    rows: number;
    ranked: Record<string, number>;
  };
  const then = Math.min(...Object.values(ranked));
  return rows + coming > fewRows && rows + coming > then * 1.5;
}
