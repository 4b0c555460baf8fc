import { appendFile, constants, copyFile, open, readdir, rename, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { lastTransactionSetting } from '../redis/appendOnly/commands.ts';
import { syncFile, syncFolder } from '../durably.ts';
import { lastSealed } from '../journal/segments.ts';
import {
  lookAtLog,
  putBack,
  removeHalfMended,
  renewManifest,
  takeOff,
  type TakenOff,
} from '../redis/appendOnly/log.ts';
import { appendOnlyFolder, readManifest } from '../redis/appendOnly/manifest.ts';
import { sumOfRest } from '../redis/appendOnly/sums.ts';
import { EngineTrouble, type Damage } from '../redis/engine.ts';
import type { Store } from '../redis/store.ts';
import { readAcknowledged } from './acknowledged.ts';

/** What of the engine's files was made fit for loading before it began, and how to undo that. */
export interface Prepared {
  /** Where the damaged parts are kept; null when there were none. */
  readonly kept: string | null;
  /** Whether the list of files was made from their names, which cannot tell whether one is missing. */
  readonly isListRenewed: boolean;
  undo(): Promise<void>;
}

const head = z.object({ last: z.int() });
const lastEntry = z.object({ entries: z.array(z.looseObject({ at: z.string() })).max(1) });

const unchanged: Prepared = { kept: null, isListRenewed: false, undo: () => Promise.resolve() };

/** A folder of its own for what is taken away now. */
export const keptFolder = (dataFolder: string): string =>
  path.join(dataFolder, 'kept', new Date().toISOString().replaceAll(/[:.]/g, '-'));

/**
 * Takes off what a write that never finished left at the end of the engine's files, and renews their list when it is
 * damaged. Whether that loses anything that was acknowledged, `lossOf` tells once the engine has loaded the rest.
 * @param redisServer the engine that is to load them
 * @returns null when everything that was ever written is gone, or cannot be loaded without what is gone
 */
export async function prepareLog(dataFolder: string, redisServer: string): Promise<Prepared | null> {
  await removeHalfMended(dataFolder);
  const log = await lookAtLog(dataFolder, redisServer);
  if (log.state === 'none') return (readAcknowledged(dataFolder)?.entry ?? 0) > 0 ? null : unchanged;
  if (log.state === 'incomplete') return null;
  if (log.state === 'whole') return unchanged;
  const kept = keptFolder(dataFolder);
  let taken: TakenOff[] = [];
  const restoreManifest = log.state === 'noManifest' ? await renewManifest(dataFolder, kept) : null;
  const undo = async (): Promise<void> => {
    await putBack(taken);
    await restoreManifest?.();
    await removeIfEmpty(kept);
  };
  try {
    const now = log.state === 'cut' ? log : await lookAtLog(dataFolder, redisServer);
    if (now.state === 'cut') taken = await takeOff(now.cuts, kept);
    return { kept, isListRenewed: restoreManifest !== null, undo };
  } catch (error) {
    await undo();
    throw error;
  }
}

async function removeIfEmpty(folder: string): Promise<void> {
  const isEmpty = (await readdir(folder).catch(() => [''])).length === 0;
  if (isEmpty) await rmdir(folder);
}

/**
 * Ends the engine's files before the last transaction, which broke off in the middle. Nothing behind it was acknowledged.
 * @param key that the transaction sets
 * @throws EngineTrouble when the files do not hold it
 */
export async function leaveOutHalfDone(dataFolder: string, key: string): Promise<Prepared> {
  const files = await readManifest(dataFolder);
  const name = files === null || files === 'none' ? undefined : files.incremental.at(-1);
  const file = path.join(dataFolder, appendOnlyFolder, name ?? '');
  const from = name === undefined ? null : await whereSet(file, key);
  if (from === null)
    throw new EngineTrouble('unstartable', dataFolder, 'a write that broke off cannot be found');
  const kept = keptFolder(dataFolder);
  // Killed meanwhile, the file must still hold all of what stands before.
  const mended = `${file}.mended`;
  await copyFile(file, mended, constants.COPYFILE_FICLONE);
  const taken = await takeOff([{ file: mended, goodBytes: from }], kept);
  const sum = await sumOfRest(mended);
  if (sum !== null) await appendFile(mended, sum);
  await syncFile(mended);
  await rename(mended, file);
  await syncFolder(path.dirname(file));
  return {
    kept,
    isListRenewed: false,
    undo: async () => {
      await putBack(taken.map((each) => ({ ...each, file })));
      await removeIfEmpty(kept);
    },
  };
}

async function whereSet(file: string, key: string): Promise<number | null> {
  const handle = await open(file);
  try {
    return await lastTransactionSetting(handle, (await handle.stat()).size, key);
  } finally {
    await handle.close();
  }
}

/** The last action that is known to have been saved: by the mark, or by a sealed part of the journal. */
function lastKnown(dataFolder: string, journal: string | null): { entry: number; at: string | null } | null {
  const mark = readAcknowledged(dataFolder);
  const sealed = journal === null ? null : lastSealed(journal);
  return sealed && sealed.entry > (mark?.entry ?? 0) ? sealed : mark;
}

/** How many records were concerned by so many entries behind this one. */
function recordsOf(dataFolder: string, after: number, lost: number | null): number | null {
  const large = readAcknowledged(dataFolder)?.large ?? [];
  const more = large.filter(([entry]) => entry > after).reduce((sum, [, records]) => sum + records - 1, 0);
  return lost === null ? null : lost + more;
}

/** Everything that was acknowledged is lost. @param journal folder of its sealed parts; null where there can be none */
export const lossOfAll = (dataFolder: string, journal: string | null): Damage => {
  const mark = lastKnown(dataFolder, journal);
  const lost = mark?.entry ?? null;
  return {
    ...{ lost, records: recordsOf(dataFolder, 0, lost), since: null, until: mark?.at ?? null },
    mayRepair: false,
  };
};

/** What `lossOf` judges by. */
export interface LossFacts {
  readonly dataFolder: string;
  /** As for `lossOfAll`. */
  readonly journal: string | null;
  /** Whether there is an office in the store. */
  readonly exists: boolean;
  /** Of what was prepared before the engine loaded it. */
  readonly isListRenewed: boolean;
}

/**
 * Compares the journal as it was loaded with the last action that is known to have been saved.
 * @returns null when nothing is missing; where the list of files was lost and nobody can tell what is, `lost` is null
 */
export async function lossOf(store: Store, facts: LossFacts): Promise<Damage | null> {
  const { dataFolder, journal, exists, isListRenewed } = facts;
  const known = lastKnown(dataFolder, journal);
  if (known === null && !isListRenewed) return null;
  if (known?.entry === 0) return null;
  // Opened without it, a new office would begin where the old one was.
  if (!exists) return lossOfAll(dataFolder, journal);
  const { last } = head.parse(await store.call('journal_head', {}));
  if (known !== null && last >= known.entry) return null;
  const { entries } = lastEntry.parse(await store.call('journal_read', { after: last - 1, limit: 1 }));
  // A file may be missing in the middle, and then not only what came last is lost.
  const lost = known === null || isListRenewed ? null : known.entry - last;
  return {
    ...{ lost, records: recordsOf(dataFolder, last, lost) },
    ...{ since: entries[0]?.at ?? null, until: known?.at ?? null, mayRepair: true },
  };
}
