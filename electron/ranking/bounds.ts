/** A code has 15 bits (lua/store/orders.lua). */
export const slices = 15;
export const codes = 2 ** slices;

/** How Redis compares texts. */
export const bytewise = (one: Buffer, other: Buffer): number => Buffer.compare(one, other);

/** A character whose place in UTF-8 is not its place in UTF-16. */
export const beyond = /[\ud800-\uffff]/;

/** Codes that are left for imports, whose instants get codes of their own (lua/imports.lua). */
const spare = 64;
/** Rows that share a code in a large office: so many are quickly fetched and sorted. */
const rowsPerCode = 32;
/** Bounds that every office may have. Bits of codes without a bound cost a list nothing. */
const fewest = 4_096 - spare;

/** How many bounds an office of so many rows may have in each order. */
export const mostBounds = (rows: number): number =>
  Math.min(codes - spare, Math.max(fewest, Math.ceil(rows / rowsPerCode)));

/**
 * Chooses bounds that split the keys as evenly as codes allow. A key that fills a code of its own gets a bound before and
 * one right behind it, so that the code holds nothing else and ties alone decide inside.
 * @param sorted keys, ascending as Redis compares them
 * @param most bounds
 * @param given bounds there must be, ascending, far fewer than codes
 */
export function chooseBounds(
  sorted: readonly string[],
  most: number,
  given: readonly string[] = [],
): string[] {
  for (let share = Math.ceil(sorted.length / most); ; share = Math.ceil(share * 1.2)) {
    const bounds = boundsBy(Math.max(1, share), sorted, given);
    if (bounds.length <= most || share > sorted.length) return bounds.slice(0, most);
  }
}

/** @param share how many keys one code may hold, if they are not one and the same */
function boundsBy(share: number, sorted: readonly string[], given: readonly string[]): string[] {
  const bounds: string[] = [];
  // What is chosen ascends but for a key that is the bound before it, and NUL.
  const add = (bound: string): void => {
    if (bound !== '' && bound !== bounds.at(-1)) bounds.push(bound);
  };
  let filled = 0;
  let next = 0;
  for (let from = 0; from < sorted.length;) {
    const key = sorted[from]!;
    for (; next < given.length && given[next]! <= key; next += 1, filled = 0) add(given[next]!);
    let to = from + 1;
    while (to < sorted.length && sorted[to] === key) to += 1;
    if (to - from >= share) {
      add(key);
      add(`${key}\0`);
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
  return bounds;
}
