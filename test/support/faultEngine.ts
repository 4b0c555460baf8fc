import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './projectRoot.ts';

/** The engine that fails when it is wished; scripts/build-fault-engine.mjs makes it. */
export const faultEngine = path.join(projectRoot, '.cache', 'fault-engine', 'redis-server-faults');

/** There is one on Linux, where the source of Redis could be had. */
export const hasFaultEngine = existsSync(faultEngine);
/** Said by the name of what is skipped without it. */
export const faultWord = hasFaultEngine ? '' : ' (skipped: no fault build of the engine here)';

/** One failure, see ../faults/engine/faults.c. */
export interface Fault {
  readonly call: 'write' | 'sync' | 'rename';
  /** The first is 1. */
  readonly at: number;
  readonly how: 'EIO' | 'ENOSPC' | 'SHORT' | 'TORN';
}

export interface Wishes {
  readonly fail?: Fault;
  /** How much longer every sync takes. */
  readonly delayMs?: number;
  /** Only every so manieth sync is done, the others say that they were. */
  readonly lieEvery?: number;
  /** The time of day is off by what `setClock` says. */
  readonly clock?: boolean;
  /** Writes down what is on the disk. */
  readonly log?: boolean;
}

/** Tells the next fault engine that starts in a data folder what to do. */
export function wish(dataFolder: string, { fail, delayMs, lieEvery, clock, log }: Wishes): void {
  const lines = [
    ...(fail ? [`fail ${fail.call} ${String(fail.at)} ${fail.how}\n`] : []),
    ...(delayMs === undefined ? [] : [`delay ${String(delayMs)}\n`]),
    ...(lieEvery === undefined ? [] : [`lie ${String(lieEvery)}\n`]),
    ...(clock ? ['clock\n'] : []),
    ...(log ? ['log\n'] : []),
  ];
  writeFileSync(path.join(dataFolder, 'faults'), lines.join(''));
}

/** Moves the clock of an engine that was told so, from one moment to the next. @param offMs by whole seconds, from the true time */
export function setClock(dataFolder: string, offMs: number): void {
  const file = path.join(dataFolder, 'faults.clock');
  writeFileSync(`${file}.new`, `${String(Math.round(offMs / 1_000))}\n`);
  renameSync(`${file}.new`, file);
}

/** Whether the failure that was wished for has come. */
export const hasFired = (dataFolder: string): boolean => existsSync(path.join(dataFolder, 'faults.fired'));

/** What an engine that was told to `log` said was on the disk, in its order. */
export type DiskNews =
  | { readonly news: 'bytes'; readonly name: string; readonly bytes: number }
  | { readonly news: 'names' }
  | { readonly news: 'rename'; readonly from: string; readonly to: string };

export function diskNews(dataFolder: string): DiskNews[] {
  const file = path.join(dataFolder, 'faults.log');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return lines.map((line): DiskNews => {
    const [word, name = '', rest = ''] = line.split(' ');
    if (word === 'rename') return { news: 'rename', from: name, to: rest };
    return name === '.' ? { news: 'names' } : { news: 'bytes', name, bytes: Number(rest) };
  });
}
