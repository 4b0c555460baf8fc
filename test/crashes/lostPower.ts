import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { copyFolder } from '../support/damagedFolders.ts';
import { isRunning, newFolder } from '../support/engine.ts';
import { diskNews } from '../support/faultEngine.ts';
import type { Random } from '../support/random.ts';
import { engineProcesses } from './doomedApp.ts';

const engineFiles = (dataFolder: string): string => path.join(dataFolder, 'appendonlydir');

/** What of the bytes behind the last sync the disk has, if it has any: some, or zeros instead or in between. */
export const tails = ['part', 'zeros', 'sectors'] as const;
/** What the disk has of the mark of what was acknowledged, which is synced once a second only. */
export const marks = ['newest', 'older', 'none', 'zeros'] as const;

/** How a power cut leaves the files. */
export interface PowerCut {
  readonly tail: 'nothing' | (typeof tails)[number];
  readonly mark: (typeof marks)[number];
  /** Bytes behind the last sync, and how many of them are left, in whatever state. */
  readonly unsynced: number;
  readonly left: number;
  /** Whether a new list of files was not on the disk yet, and the old one is there again. */
  readonly isOldList: boolean;
}

/** How long the engine's files are, by name. */
export const lengthsIn = (dataFolder: string): Map<string, number> =>
  new Map(
    readdirSync(engineFiles(dataFolder)).map((name) => [
      name,
      statSync(path.join(engineFiles(dataFolder), name)).size,
    ]),
  );

/** What is on the disk, and the file whose new name perhaps is not. */
function onDisk(
  dataFolder: string,
  before: ReadonlyMap<string, number>,
): { lengths: Map<string, number>; renamed: string | null } {
  const lengths = new Map(before);
  const log = diskNews(dataFolder);
  const last = log.findLastIndex(({ news }) => news === 'names');
  let renamed: string | null = null;
  for (const [at, news] of log.entries()) {
    if (news.news === 'bytes') lengths.set(news.name, news.bytes);
    if (news.news !== 'rename') continue;
    // The end came between the line and the rename.
    if (at > last && existsSync(path.join(engineFiles(dataFolder), news.from))) continue;
    lengths.set(news.to, lengths.get(news.from) ?? 0);
    if (at > last) renamed = news.to;
  }
  return { lengths, renamed };
}

/** The engine's children write its files anew. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number);

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return; // it was about to end
  }
  while (isRunning(pid));
}

/**
 * Ends the engine of an open office at once. Nothing of this process goes on before the copy is made, so that it is as if it
 * had ended, too.
 * @returns a copy of the office's folder
 */
export function killAndCopy(folder: string): string {
  const { launcher, redis } = engineProcesses(folder);
  if (!isRunning(redis)) throw new Error('the engine ended by itself');
  for (const pid of [redis, ...childrenOf(redis), launcher]) end(pid);
  return copyFolder(folder, newFolder());
}

function fillWithZeros(file: string, from: number, length: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(length), 0, length, from);
  closeSync(handle);
}

/** A disk writes sectors, in any order. */
const sectorBytes = 512;

function loseSectors(file: string, from: number, until: number, random: Random): void {
  const first = Math.floor(from / sectorBytes) * sectorBytes;
  for (let at = first; at < until; at += sectorBytes) {
    const start = Math.max(at, from);
    if (random.chance(0.5)) fillWithZeros(file, start, Math.min(at + sectorBytes, until) - start);
  }
}

/** @returns how many of the bytes behind `synced` are left */
function cutTail(file: string, synced: number, tail: PowerCut['tail'], random: Random): number {
  const unsynced = statSync(file).size - synced;
  if (unsynced <= 0) return 0;
  const left = tail === 'nothing' ? 0 : random.between(1, unsynced);
  truncateSync(file, synced + left);
  if (tail === 'zeros') fillWithZeros(file, synced, left);
  if (tail === 'sectors') loseSectors(file, synced, synced + left, random);
  return left;
}

function cutMark(dataFolder: string, mark: PowerCut['mark'], older: Buffer): void {
  const file = path.join(dataFolder, 'acknowledged');
  if (mark === 'none') rmSync(file);
  if (mark === 'older') writeFileSync(file, older);
  if (mark === 'zeros') writeFileSync(file, Buffer.alloc(statSync(file).size));
}

/**
 * Leaves of a data folder, whose engine wrote down what is on the disk, no more than that, and perhaps a part of the rest.
 * @param before the same folder before the engine started: lengths of its files, and the mark
 */
export function cutPower(
  dataFolder: string,
  before: { readonly lengths: ReadonlyMap<string, number>; readonly mark: Buffer },
  random: Random,
): PowerCut {
  const tail = random.chance(0.5) ? 'nothing' : random.pick(tails);
  const mark = random.pick(marks);
  const { lengths, renamed } = onDisk(dataFolder, before.lengths);
  let unsynced = 0;
  let left = 0;
  for (const name of readdirSync(engineFiles(dataFolder))) {
    const file = path.join(engineFiles(dataFolder), name);
    const synced = lengths.get(name) ?? 0;
    unsynced += Math.max(0, statSync(file).size - synced);
    left += cutTail(file, synced, tail, random);
  }
  const replaced = path.join(dataFolder, 'faults.replaced');
  const isOldList = renamed !== null && existsSync(replaced) && random.chance(0.5);
  if (isOldList) renameSync(replaced, path.join(engineFiles(dataFolder), renamed ?? ''));
  cutMark(dataFolder, mark, before.mark);
  return { tail, mark, unsynced, left, isOldList };
}
