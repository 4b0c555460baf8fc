import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { faultWord, hasFaultEngine } from '../support/faultEngine.ts';
import { Random } from '../support/random.ts';
import { savingTemplate, type SavingTemplate } from './failing.ts';
import { cutOnce, type CutOutcome } from './powerCut.ts';
import { cutRewriting } from './rewriting.ts';

export interface PowerCutPlan {
  /** While people save, and while they save and the engine's files are written anew. */
  readonly saving: number;
  readonly rewriting: number;
  /** With a disk that lies. */
  readonly control: number;
}

const seed = Number(process.env['DAYBOOK_SEED'] ?? 7);
/** A lying disk does one sync of so many. */
const lieEvery = 20;
const share = (outcomes: readonly CutOutcome[], is: (outcome: CutOutcome) => boolean): number =>
  outcomes.filter(is).length / outcomes.length;

/** Power cuts are simulated: what the engine knows to be on the disk stays, and some of the rest. */
export function testPowerCuts({ saving, rewriting, control }: PowerCutPlan): void {
  describe.skipIf(!hasFaultEngine)(`an office whose power is cut${faultWord}`, () => {
    let template: SavingTemplate;
    beforeAll(async () => {
      template = await savingTemplate();
    });
    afterAll(removeFolders);

    it(
      `has all that was acknowledged while people saved, ${String(saving)} times`,
      async () => {
        const random = new Random(seed);
        const outcomes: CutOutcome[] = [];
        for (let at = 0; at < saving; at += 1) {
          const outcome = await cutOnce(template, 1, random);
          expect(outcome, JSON.stringify(outcome)).toMatchObject({ wrongs: [], lost: 0 });
          outcomes.push(outcome);
        }
        const acknowledged = outcomes.reduce((sum, outcome) => sum + outcome.acknowledged, 0);
        const count = (is: (outcome: CutOutcome) => boolean): string => String(outcomes.filter(is).length);
        console.log(
          `${String(saving)} cuts, ${count((each) => each.wasInFlight)} while somebody waited, ${count((each) => each.unsynced > 0)} with bytes that were not on the disk, of which ${count((each) => each.left > 0)} left some; ${String(acknowledged)} saved, none lost`,
        );
        expect(share(outcomes, ({ wasInFlight }) => wasInFlight)).toBeGreaterThanOrEqual(0.9);
        expect(share(outcomes, ({ unsynced }) => unsynced > 0)).toBeGreaterThanOrEqual(0.1);
      },
      saving * 20_000,
    );

    it(
      `has it when the engine's files were being written anew, ${String(rewriting)} times`,
      async () => {
        const random = new Random(seed);
        let under = 0;
        for (let at = 0; at < rewriting; at += 1) {
          const outcome = await cutRewriting(template, random);
          expect(outcome.wrongs, JSON.stringify(outcome)).toEqual([]);
          if (outcome.fired) under += 1;
        }
        console.log(
          `${String(rewriting)} cuts, ${String(under)} while files were written anew, nothing lost`,
        );
        expect(under / rewriting).toBeGreaterThanOrEqual(0.25);
      },
      rewriting * 20_000,
    );

    it(
      'loses it with a disk that lies, so that the cuts are real',
      async () => {
        const random = new Random(seed);
        const outcomes: CutOutcome[] = [];
        for (let at = 0; at < control; at += 1) outcomes.push(await cutOnce(template, lieEvery, random));
        const lost = outcomes.reduce((sum, outcome) => sum + outcome.lost, 0);
        const acknowledged = outcomes.reduce((sum, outcome) => sum + outcome.acknowledged, 0);
        console.log(
          `control: ${String(lost)} of ${String(acknowledged)} acknowledged saves lost in ${String(control)} cuts`,
        );
        expect(share(outcomes, (outcome) => outcome.lost > 0 && outcome.wrongs.length > 0)).toBeGreaterThan(
          0.5,
        );
      },
      control * 20_000,
    );
  });
}
