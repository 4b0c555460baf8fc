import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { faultWord, hasFaultEngine } from '../support/faultEngine.ts';
import { Random } from '../support/random.ts';
import { SavingOffice, targets } from './saving.ts';

export interface SavingCrashPlan {
  /** Of each kind. */
  readonly crashes: number;
  /** How often the office is compared with what was acknowledged. */
  readonly judgedEvery: number;
  /** How often every index is compared with the records, too. */
  readonly thoroughEvery: number;
  /** Most kills of an engine that acknowledges too early, and whether the first loss is enough. */
  readonly control: number;
  readonly isOneLossEnough: boolean;
}

/** What is lost stays lost, so that the last looks find it, too. */
export function testSavingCrashes(plan: SavingCrashPlan): void {
  const { crashes, judgedEvery, thoroughEvery, control, isOneLossEnough } = plan;
  let office: SavingOffice;
  beforeAll(async () => {
    office = await SavingOffice.make();
  });
  afterAll(removeFolders);

  it.each(targets)(
    `what was acknowledged is there after %s was killed, ${String(crashes)} times`,
    async (target) => {
      const random = new Random(crashes);
      let inFlight = 0;
      let acknowledged = 0;
      for (let at = 0; at < crashes; at += 1) {
        const outcome = await office.crash(target, random);
        if ((at + 1) % judgedEvery === 0)
          expect(await office.judge((at + 1) % thoroughEvery === 0), JSON.stringify(outcome)).toEqual([]);
        if (outcome.wasInFlight) inFlight += 1;
        acknowledged += outcome.acknowledged;
      }
      console.log(
        `${target}: ${String(crashes)} killed, ${String(inFlight)} while somebody waited, ${String(acknowledged)} saved, none lost`,
      );
      expect(inFlight / crashes).toBeGreaterThanOrEqual(0.9);
    },
    crashes * 40_000,
  );

  it.skipIf(!hasFaultEngine)(
    `it is lost with an engine that acknowledges too early, so that the kills are real${faultWord}`,
    async () => {
      const random = new Random(control);
      let [acknowledged, lost, losses, torn, kills] = [0, 0, 0, 0, 0];
      while (kills < control && !(isOneLossEnough && losses > 0)) {
        const forgetful = await SavingOffice.makeForgetful();
        acknowledged += (await forgetful.crash('both', random, [1_200, 2_400])).acknowledged;
        kills += 1;
        const gone = await forgetful.lostWithoutRepair();
        if (gone === null) torn += 1;
        lost += gone ?? 0;
        if (gone !== null && gone > 0) losses += 1;
      }
      console.log(
        `control: ${String(lost)} of ${String(acknowledged)} acknowledged saves lost in ${String(losses)} of ${String(kills)} kills; ${String(torn)} tore a command apart`,
      );
      expect(losses).toBeGreaterThan(0);
    },
    control * 60_000,
  );
}
