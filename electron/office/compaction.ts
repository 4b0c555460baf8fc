import { statfs } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** The engine only ever appends; so much may pile up behind the last rewriting. */
const tolerableBytes = 32 * 1024 * 1024;
const patienceMs = 60_000;

const numberIn = (info: string, name: string): number =>
  Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);

/**
 * Writes the engine's file anew, without its history, and waits until that is done.
 * @param operations connection of the account for operations
 */
export async function compact(operations: Redis): Promise<void> {
  const deadline = performance.now() + patienceMs;
  await operations.bgrewriteaof();
  while (/aof_rewrite_(in_progress|scheduled):1/.test(await operations.info('persistence'))) {
    if (performance.now() > deadline) throw new Error('rewriting the file takes too long');
    await pause(20);
  }
}

/**
 * Compacts when enough has piled up and the disk has ample room for a second file: a rewriting that fills the disk
 * would do more harm than a long file.
 * @returns whether it was done
 */
export async function compactWhenGrown(
  operations: Redis,
  dataFolder: string,
  tolerable = tolerableBytes,
): Promise<boolean> {
  const info = await operations.info('persistence');
  const bytes = numberIn(info, 'aof_current_size');
  if (bytes - numberIn(info, 'aof_base_size') < tolerable) return false;
  const { bavail, bsize } = await statfs(dataFolder);
  if (bavail * bsize < 4 * bytes) return false;
  await compact(operations);
  return true;
}
