import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newBackend } from '../support/backend.ts';
import { copyFolder } from '../support/damagedFolders.ts';
import { newFolder } from '../support/engine.ts';
import { faultEngine, wish } from '../support/faultEngine.ts';
import type { Random } from '../support/random.ts';
import { isWaiting, OwnDiary, sumOf } from './diary.ts';
import type { SavingTemplate } from './failing.ts';
import { judgeSaving, type SavingJudged } from './judgeSaving.ts';
import { cutPower, killAndCopy, lengthsIn, type PowerCut } from './lostPower.ts';
import { Savers } from './savers.ts';

export interface CutOutcome extends SavingJudged, PowerCut {
  readonly wasInFlight: boolean;
  readonly acknowledged: number;
}

/** Between a write and its sync there is time for a power cut. */
const delayMs = 4;

/**
 * People save until the power fails; what the disk then has is opened again.
 * @param lieEvery how often the disk does what it says; 1 for an honest one
 */
export async function cutOnce(
  template: SavingTemplate,
  lieEvery: number,
  random: Random,
): Promise<CutOutcome> {
  const folder = copyFolder(template.folder, newFolder());
  const dataFolder = path.join(folder, 'data');
  const before = {
    lengths: lengthsIn(dataFolder),
    mark: readFileSync(path.join(dataFolder, 'acknowledged')),
  };
  wish(dataFolder, { log: true, delayMs, lieEvery });
  const diary = new OwnDiary();
  const backend = newBackend({ redisServer: faultEngine });
  try {
    await backend.office.open(folder);
    const savers = new Savers(backend, 'n', diary.note);
    await savers.start();
    await pause(random.between(20, 300));
    const copy = path.join(killAndCopy(folder), 'data');
    const seen = { sent: new Map(diary.sent), saved: new Map(diary.saved) };
    await savers.abandon();
    await backend.close();
    const cut = cutPower(copy, before, random);
    return {
      ...{ ...cut, wasInFlight: isWaiting(seen), acknowledged: sumOf(seen) },
      ...(await judgeSaving(copy, seen, template.entries)),
    };
  } finally {
    await backend.close();
  }
}
