import { describe, expect, it } from 'vitest';
import { interrogate } from '../oracle/interrogate.ts';
import { startStore } from '../support/startStore.ts';

/** How many questions in all; offices of all sizes share them. */
const queries = Number(process.env['DAYBOOK_QUERIES'] ?? 100_000);
const firstSeed = Number(process.env['DAYBOOK_SEED'] ?? 100_000);
const queriesPerOffice = 2_000;
const sizes = [30, 100, 300, 700, 2_000];

const offices = Array.from({ length: Math.ceil(queries / queriesPerOffice) }, (_, at) => ({
  seed: firstSeed + at,
  meetings: sizes[at % sizes.length] as number,
}));

describe('the query core answers as the oracle does, over and over', () => {
  const asked = new Set<string>();
  let answered = 0;

  // An engine of its own each, so that memory is given back.
  it.each(offices)('seed $seed, $meetings meetings', async ({ seed, meetings }) => {
    const store = await startStore();
    try {
      answered += (
        await interrogate(store, { seed, meetings, queries: queriesPerOffice, queriesPerWrite: 20, asked })
      ).answered;
    } finally {
      await store.stop();
    }
  });

  it('mostly had something to answer', () => {
    expect(asked.size).toBeGreaterThanOrEqual(queries);
    expect(answered / asked.size).toBeGreaterThanOrEqual(0.6);
  });
});
