import { expect, it } from 'vitest';
import { manifestOf } from '../../electron/redis/appendOnly/manifest.ts';

const base = (number: number): string => `appendonly.aof.${String(number)}.base.rdb`;
const incremental = (number: number): string => `appendonly.aof.${String(number)}.incr.aof`;
const listed = (...names: string[]): string[] | null =>
  manifestOf(names)
    ?.split('\n')
    .slice(0, -1)
    .map((line) => /^file (\S+) seq \d+ type [bi]$/.exec(line)?.[1] ?? line) ?? null;

it('a list made from names holds the base and everything behind it, in the order of its numbers', () => {
  expect(manifestOf([incremental(3), base(2)])).toBe(
    `file ${base(2)} seq 2 type b\nfile ${incremental(3)} seq 3 type i\n`,
  );
  // Writings anew that were cut off leave a file each.
  expect(listed(incremental(10), incremental(9), incremental(11), base(4))).toEqual([
    base(4),
    ...[9, 10, 11].map(incremental),
  ]);
});

it('of two bases the later one replaces the other and what was written before it', () => {
  expect(listed(base(1), base(2), incremental(1), incremental(2))).toEqual([base(2), incremental(2)]);
});

it('there is none without a base, which everything else builds upon', () => {
  expect(listed(incremental(1))).toBeNull();
  expect(listed('appendonly.aof.1.incr.aof.mended', 'appendonly.aof.manifest')).toBeNull();
});
