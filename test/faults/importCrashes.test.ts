import { afterAll, expect, it } from 'vitest';
import { changeSweep } from '../crashes/changeCrashes.ts';
import { shareUnderWay, sweep, told } from '../crashes/sweep.ts';
import { removeFolders } from '../support/engine.ts';

/** Of all kinds together. */
const crashes = Number(process.env['DAYBOOK_CRASHES'] ?? 50);
const changing = Math.round(crashes * 0.4);
const seed = Number(process.env['DAYBOOK_SEED'] ?? 50);

afterAll(removeFolders);

it('an import that is cut off by a crash of the app, the engine or both leaves all or nothing', async () => {
  const figures = await sweep({
    ...{ seed, known: 1_500, rows: 20_000, crashes: crashes - changing, judgedTwiceEvery: 5 },
    onOutcome: (text) => console.log(text),
  });
  console.log(told(figures));
  expect(figures.wrongs).toEqual([]);
  expect(figures.outcomes).toHaveLength(crashes - changing);
  expect(shareUnderWay(figures)).toBeGreaterThanOrEqual(0.9);
});

it('an import that changes meetings, or is taken back, is made as a whole or not at all', async () => {
  const { outcomes } = await changeSweep({
    ...{ seed, meetings: 3_000, crashes: changing, thorough: true },
    onOutcome: (text) => console.log(text),
  });
  expect(outcomes.flatMap(({ wrongs }) => wrongs)).toEqual([]);
  expect(outcomes).toHaveLength(changing);
  // Some came while changes were under way, which the next start had to bring to their end.
  const found = outcomes.map((outcome) => outcome.found);
  expect(found).toEqual(expect.arrayContaining(['applying', 'restoring']));
});
