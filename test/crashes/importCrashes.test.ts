import { afterAll, expect, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { shareUnderWay, sweep, told } from './sweep.ts';

afterAll(removeFolders);

// Others change meetings, see ./changeCrashes.test.ts. `npm run test:faults` cuts off 50, of larger files.
it('an import that is cut off by a crash of the app, the engine or both leaves all or nothing', async () => {
  const seed = Number(process.env['DAYBOOK_SEED'] ?? 10);
  const figures = await sweep({ seed, known: 600, rows: 1_500, crashes: 3, judgedTwiceEvery: 0 });
  expect(figures.wrongs, told(figures)).toEqual([]);
  expect(figures.outcomes).toHaveLength(3);
  expect(shareUnderWay(figures), told(figures)).toBeGreaterThanOrEqual(0.6);
}, 300_000);
