import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFiles } from '../imports/temporaryFile.ts';
import { startStore, type TestStore } from '../support/startStore.ts';
import { importFiles } from './importFiles.ts';

const file = temporaryFiles();
let server: TestStore;
beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());

// `npm run test:long` tells many more.
it.each([1, 2])('files do what the oracle says, and come out when taken back (seed %i)', async (seed) => {
  const figures = await importFiles(server, { seed, steps: 6 }, file);
  const { imports, added, updated, unchanged, edits } = figures;
  expect(imports).toBe(6);
  for (const often of [added, updated, unchanged, edits]) expect(often).toBeGreaterThan(0);
});
