import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkPlantedImport } from '../imports/planted/check.ts';
import { removeFolders } from '../support/engine.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

const seed = Number(process.env['DAYBOOK_SEED'] ?? 100_000);

let server: TestStore;
beforeAll(async () => {
  server = await startStore();
});
afterAll(async () => {
  await server.stop();
  removeFolders();
});

it('of 100,000 rows every planted fault is reported with its line, and every good row is in', async () => {
  const figures = await checkPlantedImport(server, { seed, rows: 100_000, queries: 400 });
  expect(figures.refused).toBe(2_000);
  expect(figures.answered).toBeGreaterThan(240);
  const { meetings, importSeconds, querySeconds } = figures;
  console.log(
    `planted faults: ${String(figures.refused)} rows refused, ${String(meetings)} meetings in after ` +
      `${importSeconds.toFixed(1)} s; 400 questions in ${querySeconds.toFixed(0)} s`,
  );
});
