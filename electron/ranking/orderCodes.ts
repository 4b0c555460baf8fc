import { codedOrders, type Coders, type OrderBounds } from './codes.ts';
import { beyond, bytewise } from './bounds.ts';
import { detached } from '../text/detached.ts';

/** Keys that occur again and again, such as dates and clients, are coded once; the memory is bounded. */
const mostRemembered = 20_000;

/** Number of bounds that are not after a key: what `orders.code` in lua/store/orders.lua counts. */
export function coder(bounds: readonly string[]): (key: string) => number {
  const plain = !bounds.some((bound) => beyond.test(bound));
  const buffers = bounds.map((bound) => Buffer.from(bound));
  const code = (key: string): number =>
    plain && !beyond.test(key)
      ? countUpTo(bounds, (bound) => bound <= key)
      : countInBytes(buffers, Buffer.from(key));
  const known = new Map<string, number>();
  return (key) => {
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const found = code(key);
    if (known.size < mostRemembered) known.set(detached(key), found);
    return found;
  };
}

const countInBytes = (bounds: readonly Buffer[], key: Buffer): number =>
  countUpTo(bounds, (bound) => bytewise(bound, key) <= 0);

function countUpTo<T>(bounds: readonly T[], isUpTo: (bound: T) => boolean): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isUpTo(bounds[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const codersOf = (bounds: OrderBounds): Coders =>
  Object.fromEntries(codedOrders.map((order) => [order, coder(bounds[order].bounds)])) as unknown as Coders;
