import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { startStore, type TestStore } from '../support/startStore.ts';
import { checkPlantedImport } from './planted/check.ts';
import { faults, largeFaults } from './planted/faults.ts';

/** Set to a number to try another file than the usual one. */
const seed = Number(process.env['DAYBOOK_SEED'] ?? 5_000);

let server: TestStore;
beforeAll(async () => {
  server = await startStore();
});
afterAll(async () => {
  await server.stop();
  removeFolders();
});

it('of 5,000 rows every planted fault is reported with its line, and every good row is in', async () => {
  const figures = await checkPlantedImport(server, { seed, rows: 5_000, queries: 300 });
  expect(figures.refused).toBe(100);
  expect(figures.kinds).toBe(Object.keys({ ...faults, ...largeFaults }).length + 1);
  expect(figures.answered).toBeGreaterThan(180);
});
