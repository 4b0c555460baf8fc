import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { faultWord, hasFaultEngine, type Fault } from '../support/faultEngine.ts';
import { failOnce, savingTemplate, type SavingTemplate } from './failing.ts';
import { failRewriting } from './rewriting.ts';

/** Failures come at the first to the 200th write or sync of an engine; of few trials at the early ones, which come sooner. */
const furthest = (count: number): number => Math.min(200, 4 * count);
const hows = ['EIO', 'SHORT', 'EIO', 'TORN', 'EIO'] as const;

/** Writes and syncs take turns; every 20th finds the disk full, after which writing waits for some seconds. */
export function plannedFaults(count: number): Fault[] {
  return Array.from({ length: count }, (_, index) => {
    const at = 1 + Math.floor((index * furthest(count)) / count);
    if (index % 20 === 19) return { call: index % 40 === 39 ? 'write' : 'sync', at, how: 'ENOSPC' };
    return index % 2 ? { call: 'sync', at, how: 'EIO' } : { call: 'write', at, how: hows[(index / 2) % 5]! };
  });
}

/** What fails while the engine's files are written anew: names that are given, writes and syncs beside that. */
const whileRewriting: readonly Fault[] = [
  { call: 'rename', at: 1, how: 'EIO' },
  { call: 'rename', at: 2, how: 'ENOSPC' },
  { call: 'rename', at: 3, how: 'EIO' },
  { call: 'sync', at: 2, how: 'EIO' },
  { call: 'sync', at: 9, how: 'EIO' },
  { call: 'write', at: 3, how: 'TORN' },
  { call: 'write', at: 8, how: 'SHORT' },
];

/** @param trials how many writes and syncs fail, each in an office of its own */
export function testFailingWrites(trials: number): void {
  describe.skipIf(!hasFaultEngine)(`an engine whose write or sync fails${faultWord}`, () => {
    let template: SavingTemplate;
    beforeAll(async () => {
      template = await savingTemplate();
    });
    afterAll(removeFolders);

    it(
      `keeps what was acknowledged, each save once, ${String(trials)} times`,
      async () => {
        let acknowledged = 0;
        let inFlight = 0;
        for (const fault of plannedFaults(trials)) {
          const outcome = await failOnce(template, fault);
          // Only of a full disk does anybody hear, and not even then is somebody left in doubt.
          const refused = fault.how === 'ENOSPC' ? outcome.refused : 0;
          expect(outcome, JSON.stringify(outcome)).toMatchObject({
            ...{ fired: true, wrongs: [], lost: 0 },
            ...{ refused, unknown: 0 },
          });
          acknowledged += outcome.acknowledged;
          if (outcome.wasInFlight) inFlight += 1;
        }
        console.log(
          `${String(trials)} failed, ${String(inFlight)} while somebody waited; ${String(acknowledged)} saved, none lost, none twice`,
        );
        expect(inFlight / trials).toBeGreaterThanOrEqual(0.9);
      },
      trials * 30_000,
    );

    it.each(whileRewriting)('keeps it when %o comes while its files are written anew', async (fault) => {
      const outcome = await failRewriting(template, fault);
      expect(outcome, JSON.stringify(outcome)).toMatchObject({ fired: true, wrongs: [] });
      expect(outcome.acknowledged).toBeGreaterThan(0);
    });
  });
}
