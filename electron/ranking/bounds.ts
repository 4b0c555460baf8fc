/** A code has 12 bits (lua/store/orders.lua). */
export const slices = 12;
export const codes = 2 ** slices;

/** How Redis compares texts. */
export const bytewise = (one: Buffer, other: Buffer): number => Buffer.compare(one, other);

/** A character whose place in UTF-8 is not its place in UTF-16. */
export const beyond = /[\ud800-\uffff]/;

/**
 * Chooses at most 4,095 bounds that split the keys evenly. A key that fills a code of its own gets a bound before and
 * one right behind it, so that the code holds nothing else and ties alone decide inside.
 * @param sorted keys, ascending as Redis compares them
 */
export function chooseBounds(sorted: readonly string[]): string[] {
  const share = Math.max(1, Math.ceil(sorted.length / (codes / 2 - 1)));
  const bounds: string[] = [];
  // What is chosen ascends but for a key that is the bound before it, and NUL.
  const add = (bound: string): void => {
    if (bound !== '' && bound !== bounds.at(-1)) bounds.push(bound);
  };
  let filled = 0;
  for (let from = 0; from < sorted.length;) {
    const key = sorted[from]!;
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
  return bounds.slice(0, codes - 1);
}
