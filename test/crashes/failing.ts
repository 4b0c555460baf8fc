import path from 'node:path';
import { newBackend } from '../support/backend.ts';
import { copyFolder } from '../support/damagedFolders.ts';
import { newFolder, until } from '../support/engine.ts';
import { faultEngine, hasFired, wish, type Fault } from '../support/faultEngine.ts';
import { isWaiting, OwnDiary, sumOf } from './diary.ts';
import { entriesIn, judgeSaving, type SavingJudged } from './judgeSaving.ts';
import { makeSavingOffice, Savers } from './savers.ts';

/** An office, not open, of which each trial has a copy. */
export interface SavingTemplate {
  readonly folder: string;
  readonly entries: number;
}

export async function savingTemplate(): Promise<SavingTemplate> {
  const folder = await makeSavingOffice();
  return { folder, entries: await entriesIn(path.join(folder, 'data')) };
}

export interface FaultOutcome extends SavingJudged {
  readonly fault: Fault;
  readonly fired: boolean;
  readonly wasInFlight: boolean;
  /** Answers about which somebody would have seen a sentence. */
  readonly refused: number;
  /** Of these, the ones that left open what had happened. */
  readonly unknown: number;
  readonly acknowledged: number;
}

/**
 * People save, one call of the engine for its files fails, the program starts the engine again, and each goes on by
 * asking the same again until he has an answer.
 */
export async function failOnce(template: SavingTemplate, fault: Fault): Promise<FaultOutcome> {
  const folder = copyFolder(template.folder, newFolder());
  const dataFolder = path.join(folder, 'data');
  wish(dataFolder, { fail: fault });
  const diary = new OwnDiary();
  const backend = newBackend({ redisServer: faultEngine });
  try {
    await backend.office.open(folder);
    const savers = new Savers(backend, 'n', diary.note);
    await savers.start();
    await until(() => hasFired(dataFolder));
    const wasInFlight = isWaiting(diary);
    const then = sumOf(diary);
    await until(() => sumOf(diary) > then + 20);
    await savers.end();
    await backend.close();
    return {
      ...{ fault, wasInFlight, fired: hasFired(dataFolder) },
      ...{ refused: savers.refused, unknown: savers.unknown },
      acknowledged: sumOf(diary),
      ...(await judgeSaving(dataFolder, diary, template.entries)),
    };
  } finally {
    await backend.close();
  }
}
