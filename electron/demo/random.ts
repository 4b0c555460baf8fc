/** Chance that repeats: the same seed draws the same things, on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** @returns a number from 0 up to, not including, 1 (mulberry32) */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** @returns a whole number from `from` to `to`, both included */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }
}

/** Draws one of some choices by weight; made once, drawn from often. */
export function weighted<T>(
  choices: readonly (readonly [choice: T, weight: number])[],
): (random: Random) => T {
  const sums: number[] = [];
  let sum = 0;
  for (const [, weight] of choices) sums.push((sum += weight));
  return (random) => {
    const at = random.next() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] as number) > at) high = middle;
      else low = middle + 1;
    }
    return (choices[low] as readonly [T, number])[0];
  };
}

/** Few of the list come often and many rarely: the n-th has the weight 1 / n^skew. */
export const skewed = <T>(list: readonly T[], skew: number): ((random: Random) => T) =>
  weighted(list.map((item, index) => [item, 1 / (index + 1) ** skew] as const));
