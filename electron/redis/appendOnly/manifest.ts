import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Where the engine keeps its append-only files, inside the data folder. */
export const appendOnlyFolder = 'appendonlydir';
export const manifestName = 'appendonly.aof.manifest';

/** Files the engine loads, in their order: a base, which has a sum of its own, and what was written since. */
export interface AppendOnlyFiles {
  readonly base: string | null;
  readonly incremental: readonly string[];
}

const line = /^file (appendonly\.aof\.\d+\.(?:base\.rdb|base\.aof|incr\.aof)) seq (\d+) type ([bhi])$/;

/** @returns null when it is not as the engine writes it */
export function parseManifest(text: string): AppendOnlyFiles | null {
  if (!text.endsWith('\n')) return null;
  let base: string | null = null;
  const incremental: string[] = [];
  for (const each of text.slice(0, -1).split('\n')) {
    const [, name, sequence, type] = line.exec(each) ?? [];
    if (name === undefined || !name.includes(`.${sequence!}.`)) return null;
    if (type === 'b') {
      if (base !== null || !name.includes('.base.')) return null;
      base = name;
    } else if (type === 'i') {
      if (!name.endsWith('.incr.aof')) return null;
      incremental.push(name);
    }
  }
  return base === null && incremental.length === 0 ? null : { base, incremental };
}

/** @returns `none` when there is no such file, null when it is damaged */
export async function readManifest(dataFolder: string): Promise<AppendOnlyFiles | 'none' | null> {
  try {
    return parseManifest(await readFile(path.join(dataFolder, appendOnlyFolder, manifestName), 'latin1'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'none';
    throw error;
  }
}

const numberOf = (name: string): number => Number(/\.(\d+)\./.exec(name)?.[1] ?? 0);
const latest = (names: readonly string[]): string | undefined =>
  names.toSorted((one, other) => numberOf(other) - numberOf(one))[0];

/**
 * A manifest from the names of the files alone: the engine removes what a new base replaces, so the latest of each kind
 * belong together.
 * @returns null without files
 */
export function manifestOf(names: readonly string[]): string | null {
  const base = latest(names.filter((name) => /^appendonly\.aof\.\d+\.base\.(rdb|aof)$/.test(name)));
  const last = latest(names.filter((name) => /^appendonly\.aof\.\d+\.incr\.aof$/.test(name)));
  const lines = [
    ...(base ? [`file ${base} seq ${String(numberOf(base))} type b\n`] : []),
    ...(last ? [`file ${last} seq ${String(numberOf(last))} type i\n`] : []),
  ];
  return lines.length === 0 ? null : lines.join('');
}
