import { mkdir, open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { appendFrom, replaceFile, syncFile, syncFolder } from '../../durably.ts';
import { holdsWholeCommands } from './commands.ts';
import { appendOnlyFolder, isDataFile, manifestName, manifestOf, readManifest } from './manifest.ts';
import { checkSums, writesSums } from './sums.ts';

/** What was taken off the end of a file, which stands in a file of its own now. */
export interface TakenOff {
  readonly file: string;
  readonly from: number;
  readonly bytes: number;
  readonly kept: string;
}

/** How the append-only files of a data folder are. */
export type LogState =
  /** Nothing was ever written here. */
  | { readonly state: 'none' }
  | { readonly state: 'whole' }
  /** The list of files is damaged or gone. */
  | { readonly state: 'noManifest' }
  /** A file that the others need is gone, so that none of them can be loaded. */
  | { readonly state: 'incomplete' }
  /** Behind some place the files are not as they were written: cut off, or changed. */
  | {
      readonly state: 'cut';
      readonly cuts: readonly { readonly file: string; readonly goodBytes: number }[];
    };

/**
 * Looks at the files without changing any. What a base file holds the engine proves itself.
 * @param redisServer the engine that is to load them
 */
export async function lookAtLog(dataFolder: string, redisServer: string): Promise<LogState> {
  const files = await readManifest(dataFolder);
  const names = await namesIn(dataFolder);
  if (files === 'none' && names.length === 0) return { state: 'none' };
  if (files === 'none' || files === null)
    return { state: manifestOf(names) === null ? 'incomplete' : 'noManifest' };
  if ([files.base ?? [], files.incremental].flat().some((name) => !names.includes(name)))
    return { state: 'incomplete' };
  for (const [at, name] of files.incremental.entries()) {
    const file = path.join(dataFolder, appendOnlyFolder, name);
    const { bytes, goodBytes, isSummed } = await checkSums(file);
    if (goodBytes === bytes || (!isSummed && !(await isTornFirstWrite(file, bytes, redisServer)))) continue;
    const later = files.incremental.slice(at + 1).map((each) => ({
      file: path.join(dataFolder, appendOnlyFolder, each),
      goodBytes: 0,
    }));
    return { state: 'cut', cuts: [{ file, goodBytes }, ...later] };
  }
  return { state: 'whole' };
}

/**
 * A file without sums is of an engine that writes none (an earlier one of ours, or one that development may use), or holds a
 * first write that broke off: then it does not end with a whole command.
 */
async function isTornFirstWrite(file: string, bytes: number, redisServer: string): Promise<boolean> {
  const handle = await open(file);
  try {
    return !(await holdsWholeCommands(handle, bytes)) && (await writesSums(redisServer));
  } finally {
    await handle.close();
  }
}

const namesIn = async (dataFolder: string): Promise<string[]> =>
  (await readdir(path.join(dataFolder, appendOnlyFolder)).catch(() => [])).filter(isDataFile);

/** The folders down to it, on the disk with their names. */
async function makeKeptFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // `kept/<time>` in the data folder.
  for (const each of [path.dirname(folder), path.dirname(path.dirname(folder))]) await syncFolder(each);
}

/**
 * Ends files where they stop being good, the last one first: cut off in between, an earlier one still shows that nothing
 * behind it may be loaded. What stood behind is kept beside, so that `putBack` makes them what they were.
 * @param cuts in the order in which the engine loads the files
 * @param keptFolder where to keep it; made when it is not there
 * @returns in the same order
 * @throws as the system does; then the files are what they were
 */
export async function takeOff(
  cuts: readonly { readonly file: string; readonly goodBytes: number }[],
  keptFolder: string,
): Promise<TakenOff[]> {
  await makeKeptFolder(keptFolder);
  const taken: TakenOff[] = [];
  try {
    for (const { file, goodBytes } of cuts.toReversed()) {
      const bytes = (await stat(file)).size - goodBytes;
      if (bytes === 0) continue;
      const kept = path.join(keptFolder, `${path.basename(file)}.from-${String(goodBytes)}`);
      await appendFrom(file, goodBytes, kept, 'ax');
      await syncFolder(keptFolder);
      taken.unshift({ file, from: goodBytes, bytes, kept });
      await truncate(file, goodBytes);
      await syncFile(file);
    }
    return taken;
  } catch (error) {
    await putBack(taken);
    throw error;
  }
}

/** Makes the files what they were before `takeOff`, the first one first, so that none looks whole behind a hole. */
export async function putBack(taken: readonly TakenOff[]): Promise<void> {
  for (const { file, from, kept } of taken) {
    await truncate(file, from);
    await appendFrom(kept, 0, file, 'a');
    await rm(kept);
  }
}

/**
 * Writes the list of files anew from their names. The damaged one is kept, and stays in its place until the new one takes it.
 * @returns how to make it what it was
 */
export async function renewManifest(dataFolder: string, keptFolder: string): Promise<() => Promise<void>> {
  const folder = path.join(dataFolder, appendOnlyFolder);
  const text = manifestOf(await namesIn(dataFolder));
  if (text === null) throw new Error('there are no files to list');
  const manifest = path.join(folder, manifestName);
  const kept = path.join(keptFolder, manifestName);
  const before = await readFile(manifest).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  await makeKeptFolder(keptFolder);
  if (before) replaceFile(kept, before);
  replaceFile(manifest, text);
  return async () => {
    if (before) replaceFile(manifest, before);
    else await rm(manifest);
    await rm(kept, { force: true });
  };
}

/** What a program left beside the files that was ended while it mended them; they themselves were not touched yet. */
export async function removeHalfMended(dataFolder: string): Promise<void> {
  const folder = path.join(dataFolder, appendOnlyFolder);
  for (const name of await readdir(folder).catch(() => []))
    if (/\.(mended|tmp)$/.test(name)) await rm(path.join(folder, name), { force: true });
}
