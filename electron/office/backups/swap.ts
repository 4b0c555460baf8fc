import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { replaceFile, syncFolder, syncTree } from '../../durably.ts';
import { EngineTrouble } from '../../redis/engine.ts';
import { hold, type HoldingPrograms } from '../../redis/hold.ts';

// An office is replaced in steps that can be repeated: once `restored/ready` is written, opening the office goes on where
// the program was cut off. What was there before is moved to `kept/<time>`, never deleted.

const parts = ['data', 'journal'] as const;
export const restoredFolder = (folder: string): string => path.join(folder, 'restored');
const readyFile = (folder: string): string => path.join(restoredFolder(folder), 'ready');

/** What is left of a restore that never became ready. */
export async function clearRestored(folder: string): Promise<void> {
  if (!existsSync(readyFile(folder))) await rm(restoredFolder(folder), { recursive: true, force: true });
}

/** From now on the office in `restored` takes the place of the one that is there, come what may. */
export async function markReady(folder: string, now: Date): Promise<void> {
  const time = now.toISOString().replaceAll(/[:.]/g, '-');
  await syncTree(restoredFolder(folder));
  replaceFile(readyFile(folder), time);
  // Without its name in the office's folder nothing would go on from here.
  await syncFolder(folder);
}

/** A place in `kept` that nothing has. */
function unused(wanted: string): string {
  for (let number = 2, place = wanted; ; number += 1) {
    if (!existsSync(place)) return place;
    place = `${wanted}-${String(number)}`;
  }
}

/** An engine that is just ending lets go of its data soon. */
const patienceMs = 3_000;
const againAfterMs = 200;

/** Whether nobody has the data open: they would be moved away under an engine. */
async function isFree(folder: string, programs: HoldingPrograms, patience: number): Promise<boolean> {
  const data = path.join(folder, 'data');
  const until = performance.now() + patience;
  for (;;) {
    if (!existsSync(data)) return true;
    const letGo = await hold(data, programs);
    await letGo?.();
    if (letGo) return true;
    if (performance.now() >= until) return false;
    await pause(againAfterMs);
  }
}

/** Whether an office is ready to take the place of the one in a folder. */
export const isRestoreReady = (folder: string): boolean => existsSync(readyFile(folder));

/**
 * What comes before an office is opened: puts one that was restored in its place, or takes away what is left of a restore
 * that never became ready. Other programs may try the same at the same time, or have the office open.
 * @returns where the office is that was there before, or null
 * @throws EngineTrouble `locked`, `notRestored`; what was there and what was restored are both there then
 */
export async function settleRestore(folder: string, programs: HoldingPrograms): Promise<string | null> {
  const restored = restoredFolder(folder);
  if (!existsSync(restored)) return null;
  const isReady = isRestoreReady(folder);
  if (!(await isFree(folder, programs, isReady ? patienceMs : 0))) {
    // Where it is not ready, whoever has the data open may just be making it.
    if (!isReady) return null;
    throw new EngineTrouble('locked', path.join(folder, 'data'));
  }
  try {
    if (isReady) return await finishRestore(folder, programs);
    await clearRestored(folder);
    return null;
  } catch (error) {
    if (error instanceof EngineTrouble) throw error;
    throw new EngineTrouble('notRestored', folder, String(error));
  }
}

/**
 * Puts an office that was restored in its place; does nothing when none is ready. No engine may run on the folder.
 * @returns where the office is that was there before, or null
 * @throws EngineTrouble `locked` while another program does the same
 */
export async function finishRestore(folder: string, programs: HoldingPrograms): Promise<string | null> {
  if (!isRestoreReady(folder)) return null;
  // The data have a lock of their own, but they are moved.
  const letGo = await hold(restoredFolder(folder), programs);
  if (!letGo) {
    if (!isRestoreReady(folder)) return null;
    throw new EngineTrouble('locked', folder);
  }
  let kept: string | null;
  try {
    kept = await swap(folder);
  } finally {
    await letGo();
  }
  // Nobody comes here any more: it is not ready.
  await rm(restoredFolder(folder), { recursive: true, force: true });
  return kept;
}

async function swap(folder: string): Promise<string | null> {
  const ready = readyFile(folder);
  // Another program may have done it while the lock was waited for.
  if (!existsSync(ready)) return null;
  const time = (await readFile(ready, 'utf8')).replaceAll(/[^0-9A-Za-z-]/g, '');
  const kept = path.join(folder, 'kept', time === '' ? 'before' : time);
  await mkdir(kept, { recursive: true, mode: 0o700 });
  for (const part of parts) {
    const restored = path.join(restoredFolder(folder), part);
    const present = path.join(folder, part);
    // Where it is gone it was moved before the program was cut off.
    if (!existsSync(restored)) continue;
    if (existsSync(present)) await rename(present, unused(path.join(kept, part)));
    await rename(restored, present);
  }
  // What was there must have its new name on the disk before anything tells that the swap is done.
  await syncFolder(kept);
  await syncFolder(path.dirname(kept));
  await syncFolder(restoredFolder(folder));
  await syncFolder(folder);
  await rm(ready);
  if ((await readdir(kept)).length > 0) return kept;
  await rm(kept, { recursive: true });
  return null;
}
