import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFiles } from '../imports/temporaryFile.ts';
import { importFiles } from '../oracle/importFiles.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

/** How many stories of ten imports each. */
const stories = Number(process.env['DAYBOOK_STORIES'] ?? 60);
const firstSeed = Number(process.env['DAYBOOK_SEED'] ?? 1_000);

const file = temporaryFiles();
let server: TestStore;
beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());

it.each(Array.from({ length: stories }, (_, at) => firstSeed + at))(
  'files do what the oracle says, and come out when taken back (seed %i)',
  async (seed) => {
    const figures = await importFiles(server, { seed, steps: 10 }, file);
    console.log(`seed ${String(seed)}: ${JSON.stringify(figures)}`);
    expect(figures.imports).toBe(10);
  },
);
