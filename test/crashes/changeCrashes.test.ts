import { afterAll, expect, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { changeSweep, toldOfChanges } from './changeCrashes.ts';

afterAll(removeFolders);

// `npm run test:faults` cuts off more.
it('an import that changes meetings, or is taken back, and is cut off by a crash is made as a whole or not at all', async () => {
  const seed = Number(process.env['DAYBOOK_SEED'] ?? 10);
  const { outcomes } = await changeSweep({ seed, meetings: 2_500, crashes: 3, thorough: false });
  expect(
    outcomes.flatMap(({ wrongs }) => wrongs),
    toldOfChanges(outcomes),
  ).toEqual([]);
  expect(outcomes).toHaveLength(3);
}, 300_000);
