import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStore } from '../support/startStore.ts';
import { interrogate } from './interrogate.ts';
import type { TestStore } from '../support/startStore.ts';
import type { Tally } from './interrogate.ts';

/** Set to a number to try other offices than the usual ones. */
const firstSeed = Number(process.env['DAYBOOK_SEED'] ?? 1);
/** Somebody writes after so many questions, and asks each of them once. */
const queriesPerWrite = 4;

/** Tests that ask offices of some sizes, each in its turn, while they change. */
export function askOffices(offices: readonly [meetings: number, queries: number][]): void {
  describe('the query core answers as the oracle does', () => {
    let store: TestStore;
    const asked = new Set<string>();
    const tallies: Tally[] = [];
    const wanted = offices.reduce((sum, [, queries]) => sum + queries, 0);

    beforeAll(async () => {
      store = await startStore();
    });
    afterAll(() => store.stop());

    it.each(offices)(
      'in an office of %i meetings, asked %i times while it changes',
      async (meetings, queries) => {
        const seed = firstSeed * 1_000 + meetings;
        tallies.push(await interrogate(store, { seed, meetings, queries, queriesPerWrite, asked }));
      },
      300_000,
    );

    it('was asked enough, and mostly had something to answer', () => {
      const sum = (part: keyof Tally): number => tallies.reduce((all, tally) => all + tally[part], 0);
      expect(sum('queries')).toBe(wanted);
      expect(asked.size).toBeGreaterThanOrEqual(wanted);
      expect(sum('writes')).toBeGreaterThanOrEqual(wanted / queriesPerWrite);
      expect(sum('answered') / sum('queries')).toBeGreaterThanOrEqual(0.6);
    });
  });
}
