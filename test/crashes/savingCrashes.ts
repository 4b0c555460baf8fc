import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { Random } from '../support/random.ts';
import { SavingOffice, targets } from './saving.ts';

/**
 * What is lost stays lost, so that the last looks find it, too.
 * @param crashes of each kind
 * @param judgedEvery how often the office is compared with what was acknowledged
 * @param thoroughEvery how often every index is compared with the records, too
 */
export function testSavingCrashes(crashes: number, judgedEvery: number, thoroughEvery: number): void {
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
}
