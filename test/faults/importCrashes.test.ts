import { afterAll, expect, it } from 'vitest';
import { shareUnderWay, sweep, told } from '../crashes/sweep.ts';
import { removeFolders } from '../support/engine.ts';

const crashes = Number(process.env['DAYBOOK_CRASHES'] ?? 50);
const seed = Number(process.env['DAYBOOK_SEED'] ?? 50);

afterAll(removeFolders);

it('an import that is cut off by a crash of the app, the engine or both leaves all or nothing', async () => {
  const figures = await sweep({
    ...{ seed, known: 1_500, rows: 20_000, crashes, judgedTwiceEvery: 5 },
    onOutcome: (text) => console.log(text),
  });
  console.log(told(figures));
  expect(figures.wrongs).toEqual([]);
  expect(figures.outcomes).toHaveLength(crashes);
  expect(shareUnderWay(figures)).toBeGreaterThanOrEqual(0.9);
});
