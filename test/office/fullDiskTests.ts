import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { prepareOffice, type PreparedOffice } from '../crashes/preparedOffice.ts';
import { removeFolders } from '../support/engine.ts';
import { Random } from '../support/random.ts';
import { canMount, mountWord, removeVolumes } from '../support/volumes.ts';
import { fillDuring, works, type FullDiskOutcome, type Work } from './fullDisks.ts';

const seed = Number(process.env['DAYBOOK_SEED'] ?? 5);
const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

const told = (outcomes: readonly FullDiskOutcome[], of: 'readMs' | 'writeMs'): string => {
  const values = outcomes.map((outcome) => outcome[of]);
  return `${median(values).toFixed(0)} ms, at most ${Math.max(...values).toFixed(0)} ms`;
};

/** @param trials how often the disk is full during each */
export function testFullDisks(trials: Readonly<Record<Work, number>>): void {
  describe.skipIf(!canMount)(`a disk that is full in the midst of something${mountWord}`, () => {
    let office: PreparedOffice;
    beforeAll(async () => {
      office = await prepareOffice({ seed, known: 2_000, rows: 4_000 });
    });
    afterEach(removeVolumes);
    afterAll(removeFolders);

    it.each(works)(
      'loses nothing during a %s, is read meanwhile, and is written to again',
      async (work) => {
        const random = new Random(seed);
        const outcomes: FullDiskOutcome[] = [];
        for (let at = 0; at < trials[work]; at += 1) {
          const outcome = await fillDuring(office, work, random);
          expect(outcome.wrongs, JSON.stringify(outcome)).toEqual([]);
          outcomes.push(outcome);
          removeVolumes();
        }
        const acknowledged = outcomes.reduce((sum, outcome) => sum + outcome.acknowledged, 0);
        console.log(
          `${work}: full ${String(trials[work])} times, ${String(acknowledged)} saved, none lost; readable after ${told(outcomes, 'readMs')}; saved again after ${told(outcomes, 'writeMs')}; ${JSON.stringify([...new Set(outcomes.map(({ came }) => came))])}`,
        );
      },
      3_600_000,
    );
  });
}
