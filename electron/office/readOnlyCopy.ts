import { constants } from 'node:fs';
import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../contract/failure.ts';
import { freeBytesAt } from '../places/space.ts';
import type { EngineTrouble } from '../redis/engine.ts';
import { holdsOffice } from './holdsOffice.ts';
import { newThrowAway, removeAbandoned } from './throwAway.ts';

const prefix = 'daybook-read-only-';

/** What the engine keeps for itself, and damaged parts that were kept before, nobody reads. */
const leftOut: ReadonlySet<string> = new Set(['lock', 'engine.log', 'engine.log.1', 'kept']);

/** So much stays free beside the copy. */
const spareBytes = 100 * 1024 * 1024;

/** Places that hold a good office which cannot be worked in there. */
const readablePlaces: ReadonlySet<string> = new Set(['readOnly', 'synchronised']);

/** Whether a copy of an office in trouble would open: there is an office in what can be read, and nobody else has it. */
export function mayOpenCopy({ reason, damage }: EngineTrouble, folder: string): boolean {
  if (reason === 'damaged') return damage !== null && damage.mayRepair && damage.since !== null;
  return readablePlaces.has(reason) && holdsOffice(folder);
}

async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (leftOut.has(entry.name)) continue;
    const full = path.join(folder, entry.name);
    bytes += entry.isDirectory() ? await bytesOf(full) : (await stat(full)).size;
  }
  return bytes;
}

/**
 * Copies what the engine reads of an office into a folder for this run, on another drive than a failing one if there is one.
 * The sealed journal is not copied: it is only ever read.
 * @returns the folder of the copy
 * @throws Failure STORE_FULL, NO_OFFICE; nothing is left of it then
 */
export async function newReadOnlyCopy(folder: string): Promise<string> {
  const data = path.join(folder, 'data');
  const copy = newThrowAway(prefix);
  try {
    if ((await freeBytesAt(copy)) < (await bytesOf(data)) + spareBytes)
      throw new Failure('STORE_FULL', 'copy');
    await mkdir(path.join(copy, 'data'), { mode: 0o700 });
    await cp(data, path.join(copy, 'data'), {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (file) => !leftOut.has(path.relative(data, file)),
    });
    return copy;
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    if (error instanceof Failure) throw error;
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw isFull ? new Failure('STORE_FULL', 'copy') : new Failure('NO_OFFICE', 'copy');
  }
}

/** Copies of runs that crashed. */
export const removeAbandonedCopies = (): void => {
  removeAbandoned(prefix);
};
