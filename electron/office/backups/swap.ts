import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile, syncFolder, syncTree } from '../../durably.ts';

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

/**
 * Puts an office that was restored in its place; does nothing when none is ready. No engine may run on the folder.
 * @returns where the office is that was there before, or null
 */
export async function finishRestore(folder: string): Promise<string | null> {
  const ready = readyFile(folder);
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
  await rm(restoredFolder(folder), { recursive: true, force: true });
  if ((await readdir(kept)).length > 0) return kept;
  await rm(kept, { recursive: true });
  return null;
}
