import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { Random } from '../support/random.ts';
import { SavingOffice, targets } from './saving.ts';

/** @param crashes of each kind @param thoroughEvery how often every index is compared with the records, too */
export function testSavingCrashes(crashes: number, thoroughEvery: number): void {
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
        const outcome = await office.crash(target, random, at % thoroughEvery === 0);
        expect(outcome.wrongs, JSON.stringify(outcome)).toEqual([]);
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
