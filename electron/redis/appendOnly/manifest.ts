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
const inOrder = (names: readonly string[]): string[] =>
  names.toSorted((one, other) => numberOf(one) - numberOf(other));

const baseName = /^appendonly\.aof\.\d+\.base\.(rdb|aof)$/;
const incrementalName = /^appendonly\.aof\.\d+\.incr\.aof$/;
export const isIncremental = (name: string): boolean => incrementalName.test(name);
/** Whether data are in a file of this name. */
export const isDataFile = (name: string): boolean => baseName.test(name) || isIncremental(name);

/**
 * A manifest from the names of the files alone. Each rewriting begins a new incremental file, and when it ends well the
 * engine removes what its new base replaces: first the incremental files from before, then the old base. So beside one base
 * all incremental files belong, those of rewritings that came to nothing too; beside two, the one that the later base
 * began. Whether a file is missing names cannot tell.
 * @returns null without a base, which everything else builds upon
 */
export function manifestOf(names: readonly string[]): string | null {
  const bases = inOrder(names.filter((name) => baseName.test(name)));
  const base = bases.at(-1);
  if (base === undefined) return null;
  const incremental = inOrder(names.filter(isIncremental));
  const lines = [
    `file ${base} seq ${String(numberOf(base))} type b\n`,
    ...incremental
      .slice(bases.length > 1 ? -1 : 0)
      .map((name) => `file ${name} seq ${String(numberOf(name))} type i\n`),
  ];
  return lines.join('');
}
