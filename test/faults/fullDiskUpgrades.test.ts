import { afterEach, describe, expect, it } from 'vitest';
import { fillDuringUpgrade, type UpgradeOutcome } from '../office/upgrade/upgradeOnFullDisk.ts';
import { removeFolders } from '../support/engine.ts';
import { Random } from '../support/random.ts';
import { canMount, mountWord, removeVolumes } from '../support/volumes.ts';

const trials = 20;
/** How long bringing up to date takes at most here, beside other work. */
const longestMs = 2_500;

afterEach(() => {
  removeVolumes();
  removeFolders();
});

describe.skipIf(!canMount)(`a disk that is full while an office is brought up to date${mountWord}`, () => {
  it('loses nothing, and the office is brought up to date once there is room', async () => {
    const random = new Random(trials);
    const outcomes: UpgradeOutcome[] = [];
    for (let at = 0; at < trials; at += 1) {
      const outcome = await fillDuringUpgrade(1 + (at % 2), random.between(0, longestMs));
      expect(outcome.wrongs, JSON.stringify(outcome)).toEqual([]);
      outcomes.push(outcome);
      removeVolumes();
    }
    const times = (what: string): string => String(outcomes.filter(({ came }) => came === what).length);
    const told = [...new Set(outcomes.map(({ came }) => came))]
      .map((came) => `${came} ${times(came)}`)
      .join(', ');
    const mostMs = Math.max(...outcomes.map(({ shownMs }) => shownMs));
    console.log(
      `upgrade: full ${String(trials)} times, none lost; ${told}; shown after at most ${mostMs.toFixed(0)} ms`,
    );
    expect(outcomes.filter(({ came }) => came !== 'open').length).toBeGreaterThan(trials / 4);
  });
});
