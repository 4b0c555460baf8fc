import { describe, expect, it } from 'vitest';
import { interrogate } from '../oracle/interrogate.ts';
import { startStore } from '../support/startStore.ts';

/** How many questions in all; both halves share them. */
const queries = Number(process.env['DAYBOOK_QUERIES'] ?? 1_000_000);
const firstSeed = Number(process.env['DAYBOOK_SEED'] ?? 100_000);
const queriesPerOffice = 4_000;
const queriesPerWrite = 20;
const sizes = [30, 100, 300, 700, 2_000];

/**
 * Tests that ask every other of many offices, each from a seed of its own, so that two files share a million questions.
 * @param half 0 or 1
 */
export function askManyOffices(half: 0 | 1): void {
  const offices = Array.from({ length: Math.ceil(queries / queriesPerOffice) }, (_, at) => ({
    seed: firstSeed + at,
    meetings: sizes[Math.floor(at / 2) % sizes.length] as number,
  })).filter((_, at) => at % 2 === half);
  const wanted = offices.length * queriesPerOffice;

  describe('the query core answers as the oracle does, over and over', () => {
    const asked = new Set<string>();
    const sum = { queries: 0, answered: 0, writes: 0 };
    const began = performance.now();

    // An engine of its own each, so that memory is given back.
    it.each(offices)('seed $seed, $meetings meetings', async ({ seed, meetings }) => {
      const store = await startStore();
      try {
        const plan = { seed, meetings, queries: queriesPerOffice, queriesPerWrite, asked };
        const tally = await interrogate(store, plan);
        for (const part of ['queries', 'answered', 'writes'] as const) sum[part] += tally[part];
      } finally {
        await store.stop();
      }
      const minutes = ((performance.now() - began) / 60_000).toFixed(1);
      console.log(
        `half ${String(half)}: ${String(sum.queries)} of ${String(wanted)} questions, ` +
          `${String(sum.writes)} writes, ${minutes} minutes`,
      );
    });

    it('mostly had something to answer', () => {
      expect(sum.queries).toBe(wanted);
      expect(asked.size).toBeGreaterThanOrEqual(wanted);
      expect(sum.answered / sum.queries).toBeGreaterThanOrEqual(0.6);
    });
  });
}
