import { codedOrders, type Coders, type OrderBounds } from './codes.ts';
import { detached } from '../text/detached.ts';

/** Keys that occur again and again, such as clients, are coded once. Remembering more costs more than finding anew. */
const mostRemembered = 2_000;

/** Number of bounds that are not after a key: what `orders.code` in lua/store/orders.lua counts. */
export function coder(bounds: readonly string[]): (key: string) => number {
  const sorted = new SortedBytes(bounds);
  const known = new Map<string, number>();
  return (key) => {
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const found = sorted.countUpTo(key);
    if (known.size < mostRemembered) known.set(detached(key), found);
    return found;
  };
}

/**
 * Texts in their order as UTF-8, one after the other. The engine compares bytes too; and comparing the bytes here is
 * quicker than comparing strings, because keys are mostly views of a larger text, which V8 compares slowly.
 */
class SortedBytes {
  readonly #bytes: Buffer;
  /** Where each text begins, and at the end where the last one ends. */
  readonly #starts: Int32Array;
  #key = Buffer.alloc(1_024);

  constructor(texts: readonly string[]) {
    this.#bytes = Buffer.from(texts.join(''));
    this.#starts = new Int32Array(texts.length + 1);
    for (const [at, text] of texts.entries())
      this.#starts[at + 1] = this.#starts[at]! + Buffer.byteLength(text);
  }

  /** @returns how many texts are not after the key */
  countUpTo(key: string): number {
    if (key.length * 3 > this.#key.length) this.#key = Buffer.alloc(key.length * 3);
    const length = this.#key.write(key);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isUpTo(middle, length)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a text is not after the first bytes of `#key`. */
  #isUpTo(number: number, length: number): boolean {
    const bytes = this.#bytes;
    const key = this.#key;
    const from = this.#starts[number]!;
    const ownLength = this.#starts[number + 1]! - from;
    const common = Math.min(ownLength, length);
    let at = 0;
    while (at < common && bytes[from + at] === key[at]) at += 1;
    return at === common ? ownLength <= length : bytes[from + at]! < key[at]!;
  }
}

export const codersOf = (bounds: OrderBounds): Coders =>
  Object.fromEntries(codedOrders.map((order) => [order, coder(bounds[order].bounds)])) as unknown as Coders;
