import { statfs } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';

/** The engine only ever appends; so much may pile up behind the last rewriting. */
const tolerableBytes = 32 * 1024 * 1024;
/**
 * While people work a rewriting reads and writes everything, so in a large office more may pile up: this part of what is
 * written anew. An engine that starts again reads some 50 MB of piled up commands a second.
 */
const tolerablePart = 1 / 4;
const patienceMs = 60_000;
const lookEveryMs = 60_000;

const numberIn = (info: string, name: string): number =>
  Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);

/**
 * Writes the engine's file anew, without its history, and waits until that is done.
 * @param operations connection of the account for operations
 */
export async function compact(operations: Redis): Promise<void> {
  const deadline = performance.now() + patienceMs;
  await operations.bgrewriteaof().catch((error: unknown) => {
    // One that is under way already does as well.
    if (!String(error).includes('in progress')) throw error;
  });
  while (/aof_rewrite_(in_progress|scheduled):1/.test(await operations.info('persistence'))) {
    if (performance.now() > deadline) throw new Error('rewriting the file takes too long');
    await pause(20);
  }
}

export interface GrowthOptions {
  /** Connection of the account for operations. */
  readonly operations: Redis;
  readonly dataFolder: string;
  readonly log: Log;
  /** How much may pile up at least, in bytes. */
  readonly tolerable?: number;
  /** How often it is looked at while people work. */
  readonly everyMs?: number;
}

/**
 * Compacts when enough has piled up and the disk has ample room for a second file: a rewriting that fills the disk
 * would do more harm than a long file.
 * @param part how much of the rewritten file's size may pile up, however much that is
 */
async function compactWhenGrown(options: GrowthOptions, part: number): Promise<void> {
  const { operations, dataFolder, log, tolerable = tolerableBytes } = options;
  try {
    const info = await operations.info('persistence');
    const bytes = numberIn(info, 'aof_current_size');
    const rewritten = numberIn(info, 'aof_base_size');
    if (bytes - rewritten < Math.max(tolerable, rewritten * part)) return;
    const { bavail, bsize } = await statfs(dataFolder);
    if (bavail * bsize < 4 * bytes) return;
    await compact(operations);
  } catch (error) {
    log.warn('file could not be compacted', { why: String(error) });
  }
}

/** Keeps what the next start has to read short, while people work and at closing. */
export interface Compaction {
  /** Stops looking, once a rewriting that is under way has ended. */
  close(): Promise<void>;
  /** To be called while nobody works any more, before `close`. */
  compactAtClosing(): Promise<void>;
}

/** Failures are only noted: a long file loses nothing. */
export function watchGrowth(options: GrowthOptions): Compaction {
  let last: Promise<void> = Promise.resolve();
  const look = (part: number): Promise<void> => (last = last.then(() => compactWhenGrown(options, part)));
  const timer = setInterval(() => void look(tolerablePart), options.everyMs ?? lookEveryMs).unref();
  return {
    close: () => {
      clearInterval(timer);
      return last;
    },
    compactAtClosing: () => look(0),
  };
}
