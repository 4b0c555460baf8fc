import { expect, it } from 'vitest';
import { pageOf } from '../support/oracle/pageOf.ts';
import { Random } from '../support/random.ts';

it('a page is what sorting everything would show there', () => {
  const random = new Random(11);
  const up = (one: number, other: number): number => one - other;
  for (let tries = 0; tries < 3_000; tries += 1) {
    const count = random.between(0, 300);
    const items = random.some(
      Array.from({ length: count }, (_, at) => at * 7),
      count,
    );
    const from = random.between(0, count + 5);
    const to = from + random.between(0, 120);
    expect(pageOf([...items], up, from, to)).toEqual(items.toSorted(up).slice(from, to));
  }
});
