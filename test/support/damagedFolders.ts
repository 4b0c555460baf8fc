import {
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  closeSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Random } from './random.ts';

/** What is done to a data folder that nobody has open. */
export type DamageKind = 'cut' | 'flip in tail' | 'flip in base' | 'zeros behind' | 'hole' | 'manifest';

export interface DamageDone {
  readonly kind: DamageKind;
  readonly file: string;
  readonly at: number;
}

const filesOf = (dataFolder: string): string => path.join(dataFolder, 'appendonlydir');
const fileEnding = (dataFolder: string, ending: string): string => {
  const name = readdirSync(filesOf(dataFolder)).find((each) => each.endsWith(ending));
  if (name === undefined) throw new Error(`no file ${ending}`);
  return path.join(filesOf(dataFolder), name);
};

/** The file that grows with each write. */
export const tailOf = (dataFolder: string): string => fileEnding(dataFolder, '.incr.aof');

function flip(file: string, at: number, bit: number): void {
  const handle = openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, at);
  byte[0]! ^= 1 << bit;
  writeSync(handle, byte, 0, 1, at);
  closeSync(handle);
}

function write(file: string, bytes: Buffer, at: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

/** Damages a copy. A place in the tail is drawn from all of it. */
export function damage(dataFolder: string, kind: DamageKind, random: Random): DamageDone {
  const tail = tailOf(dataFolder);
  const { size } = statSync(tail);
  if (kind === 'cut') {
    const at = random.between(0, size - 1);
    truncateSync(tail, at);
    return { kind, file: tail, at };
  }
  if (kind === 'zeros behind') {
    write(tail, Buffer.alloc(random.between(1, 9_000)), size);
    return { kind, file: tail, at: size };
  }
  if (kind === 'hole') {
    const at = random.between(0, size - 2);
    write(tail, Buffer.alloc(random.between(1, Math.min(4_096, size - at))), at);
    return { kind, file: tail, at };
  }
  const file =
    kind === 'manifest'
      ? fileEnding(dataFolder, '.manifest')
      : kind === 'flip in base'
        ? fileEnding(dataFolder, '.base.rdb')
        : tail;
  const at = random.between(0, statSync(file).size - 1);
  flip(file, at, random.between(0, 7));
  return { kind, file, at };
}

/** A copy of a data folder. */
export function copyFolder(from: string, to: string): string {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true });
  return to;
}

/** Everything in a folder, by name. */
export function bytesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name)).toString('base64')]),
  );
}
