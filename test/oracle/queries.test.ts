import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStore } from '../support/startStore.ts';
import { interrogate } from './interrogate.ts';
import type { TestStore } from '../support/startStore.ts';
import type { Tally } from './interrogate.ts';

/** Set to a number to try other offices than the usual ones. */
const firstSeed = Number(process.env['DAYBOOK_SEED'] ?? 1);

const offices: [meetings: number, queries: number][] = [
  [30, 5_000],
  [120, 5_000],
  [400, 5_000],
  [1_000, 3_600],
  [3_000, 2_000],
];

describe('the query core answers as the oracle does', () => {
  let store: TestStore;
  const asked = new Set<string>();
  const tallies: Tally[] = [];

  beforeAll(async () => {
    store = await startStore();
  });
  afterAll(() => store.stop());

  it.each(offices)(
    'in an office of %i meetings, asked %i times while it changes',
    async (meetings, queries) => {
      const seed = firstSeed * 1_000 + meetings;
      tallies.push(await interrogate(store, { seed, meetings, queries, queriesPerWrite: 4, asked }));
    },
  );

  it('was asked enough, and mostly had something to answer', () => {
    const sum = (part: keyof Tally): number => tallies.reduce((all, tally) => all + tally[part], 0);
    expect(sum('queries')).toBeGreaterThanOrEqual(20_000);
    expect(sum('writes')).toBeGreaterThanOrEqual(5_000);
    expect(sum('answered') / sum('queries')).toBeGreaterThanOrEqual(0.6);
  });
});
