import type { Store } from '../redis/store.ts';
import { chooseBounds, mostBounds } from './bounds.ts';
import { dayBounds } from './dayBounds.ts';
import { codedOrders, Codes, type CodedOrder, type Coders, type OrderBounds } from './codes.ts';
import { keyIn, MeetingRows } from './meetingRows.ts';
import { coder } from './orderCodes.ts';
import { sortKeys } from './sortKeys.ts';

const boundsPerLoad = 200;
/** Rows whose codes are written in one call; whole bytes of bitmaps, and whole reads. */
const rowsPerFill = 20 * MeetingRows.perRead;
/** Unranked rows that one call codes, one by one. */
const rowsPerFinish = 100;
/** Keys from which bounds are chosen: two for each code and more, which balances them well enough. */
const sampled = 65_536;
/** Below this many rows every order is quick without ranking. */
const fewRows = 500;

/** A ranking under way, of some orders. */
interface Begun {
  readonly orders: readonly CodedOrder[];
  readonly generations: readonly number[];
  readonly rows: number;
}

/** Rows that are about to come in. */
export interface Coming {
  /** Sort keys of some of them, from which the bounds are chosen together with the keys there are. */
  readonly keys: Readonly<Record<CodedOrder, readonly string[]>>;
  readonly rows: number;
}

/** So many rows at equal distances, in pieces for one read. */
function* pieces(rows: number, step: number): Generator<number[]> {
  const many = Math.ceil(rows / step);
  for (let at = 0; at < many; at += MeetingRows.perRead) {
    const count = Math.min(MeetingRows.perRead, many - at);
    yield Array.from({ length: count }, (_, each) => (at + each) * step);
  }
}

const rowsOfKey = ({ keys, rows }: Coming): number => rows / Math.max(1, keys.start.length);

/** Keys of every so many rows there are and of those that are coming, each standing for as many rows. */
async function sampleKeys(
  meetings: MeetingRows,
  { orders, rows }: Begun,
  coming?: Coming,
): Promise<string[][]> {
  const step = Math.max(1, Math.ceil(rows / sampled), coming ? Math.round(rowsOfKey(coming)) : 1);
  const thinning = coming ? Math.max(1, Math.round(step / rowsOfKey(coming))) : 1;
  const sample = orders.map((order) =>
    (coming?.keys[order] ?? []).filter((_, number) => number % thinning === 0),
  );
  for (const piece of pieces(rows, step)) {
    for (const row of await meetings.read(piece)) {
      if (row) orders.forEach((order, at) => sample[at]!.push(keyIn[order](row)));
    }
  }
  return sample;
}

/** Orders that are asked for ranges of days. */
const instants: ReadonlySet<CodedOrder> = new Set(['start', 'createdAt', 'changed']);

/** Chooses bounds and hands them over. @returns what codes by them; orders that are not ranked get code 0 */
async function loadBounds(
  store: Store,
  begun: Begun,
  sample: readonly string[][],
  most: number,
): Promise<Coders> {
  const { zone } = (await store.call('office_status', {})) as { zone: string };
  const none = (): number => 0;
  const coders: Record<CodedOrder, (key: string) => number> = {
    start: none,
    title: none,
    client: none,
    duration: none,
    createdAt: none,
    changed: none,
  };
  for (const [at, order] of begun.orders.entries()) {
    const sorted = await sortKeys(sample[at]!);
    const bounds = chooseBounds(sorted, most, instants.has(order) ? await dayBounds(sorted, zone) : []);
    for (let from = 0; from < bounds.length; from += boundsPerLoad) {
      const part = bounds.slice(from, from + boundsPerLoad);
      await store.call('ranking_load', { order, generation: begun.generations[at], bounds: part });
    }
    coders[order] = coder(bounds);
  }
  return coders;
}

/** Codes all rows, each record read once for all orders. */
async function codeRows(store: Store, meetings: MeetingRows, begun: Begun, coders: Coders): Promise<void> {
  const { orders, generations, rows } = begun;
  for (let row = 0; row < rows; row += rowsPerFill) {
    const count = Math.min(rowsPerFill, rows - row);
    const codes = new Codes(count, coders);
    for (const piece of pieces(count, 1)) {
      const found = await meetings.read(piece.map((at) => row + at));
      found.forEach((keys, at) => {
        if (keys) codes.add(piece[at]!, keys, keys.clientKey, keys);
      });
    }
    const width = codes.bytes.length / codedOrders.length;
    const bytes = orders.map((order) => {
      const from = codedOrders.indexOf(order) * width;
      return codes.bytes.subarray(from, from + width);
    });
    await store.call('ranking_fill', { orders, generations, row }, ...bytes);
  }
}

/** @returns whether the order has to be ranked once more, because a client was renamed meanwhile */
async function finish(store: Store, order: CodedOrder, generation: number, rows: number): Promise<boolean> {
  for (;;) {
    const request = { order, generation, most: rowsPerFinish, rows };
    const { state } = (await store.call('ranking_finish', request)) as { state: string };
    if (state !== 'more') return state === 'forgotten';
  }
}

/**
 * Gives every sort order new, balanced bounds. Lists are exact before, during and after; they are only quicker after.
 * Safe to cut off at any point; of two rankings at once the one begun first gives way. Works in pieces of a few
 * milliseconds, of the engine and of this process.
 */
export async function rankOrders(store: Store, coming?: Coming): Promise<void> {
  for (let orders: readonly CodedOrder[] = codedOrders; orders.length > 0;) {
    const begun = { orders, ...((await store.call('ranking_begin', { orders })) as Omit<Begun, 'orders'>) };
    const meetings = await MeetingRows.of(store);
    const sample = await sampleKeys(meetings, begun, coming);
    const coders = await loadBounds(store, begun, sample, mostBounds(begun.rows + (coming?.rows ?? 0)));
    await codeRows(store, meetings, begun, coders);
    const again: CodedOrder[] = [];
    for (const [at, order] of orders.entries()) {
      const rows = coming ? begun.rows + coming.rows : 0;
      if (await finish(store, order, begun.generations[at]!, rows)) again.push(order);
    }
    orders = again;
  }
}

/** Bounds of every order, and which generation of them it is. */
export async function boundsInForce(store: Store): Promise<OrderBounds> {
  const found: [string, unknown][] = [];
  for (const order of codedOrders) found.push([order, await store.call('ranking_bounds', { order })]);
  return Object.fromEntries(found) as OrderBounds;
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
