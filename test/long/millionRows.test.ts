import { afterAll, beforeAll, expect, it } from 'vitest';
import { bulkOffice } from '../oracle/bulkOffice.ts';
import { keepAsking } from '../oracle/interrogate.ts';
import { Random } from '../support/random.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

/** A shortcut that used a partial count once failed only at a million rows. */
const meetings = Number(process.env['DAYBOOK_ROWS'] ?? 1_000_000);
const queries = Number(process.env['DAYBOOK_LARGE_QUERIES'] ?? 1_000);
const seed = Number(process.env['DAYBOOK_SEED'] ?? 100_000);
const queriesAtOnce = 100;

let server: TestStore;
beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());

it(`the query core answers as the oracle does about ${String(meetings)} meetings`, async () => {
  const began = performance.now();
  const minutes = (): string => ((performance.now() - began) / 60_000).toFixed(1);
  const { store, pair, team } = await bulkOffice(server, 1_000, meetings);
  console.log(`${String(meetings)} meetings are in after ${minutes()} minutes`);
  const [random, asked] = [new Random(seed), new Set<string>()];
  const sum = { queries: 0, answered: 0, writes: 0 };
  while (sum.queries < queries) {
    const plan = {
      seed,
      meetings,
      queries: Math.min(queriesAtOnce, queries - sum.queries),
      queriesPerWrite: 20,
      asked,
    };
    const tally = await keepAsking(store, { plan, random, pair, team });
    for (const part of ['queries', 'answered', 'writes'] as const) sum[part] += tally[part];
    console.log(`${String(sum.queries)} questions, ${String(sum.writes)} writes, ${minutes()} minutes`);
  }
  expect(asked.size).toBeGreaterThanOrEqual(queries);
  expect(sum.answered / sum.queries).toBeGreaterThanOrEqual(0.5);
});
