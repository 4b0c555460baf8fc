import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { holdsWholeCommands } from './commands.ts';
import { appendOnlyFolder, manifestName, manifestOf, readManifest } from './manifest.ts';
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
  /** The list of files is damaged. */
  | { readonly state: 'noManifest' }
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
  if (files === 'none') return { state: (await namesIn(dataFolder)).length > 0 ? 'noManifest' : 'none' };
  if (files === null) return { state: 'noManifest' };
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
  (await readdir(path.join(dataFolder, appendOnlyFolder)).catch(() => [])).filter((name) =>
    name.startsWith('appendonly.aof.'),
  );

/** Every byte of it on the disk. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync().finally(() => handle.close());
}

/**
 * Brings to the disk what an engine wrote and did not sync before it ended. The next one loads it, and whoever asks again
 * hears that it is saved, without a write that would be synced.
 */
export async function syncLog(dataFolder: string): Promise<void> {
  const files = await readManifest(dataFolder);
  if (files === 'none' || files === null) return;
  for (const name of files.incremental) await flush(path.join(dataFolder, appendOnlyFolder, name));
}

/**
 * Ends files where they stop being good. What stood behind is kept beside, so that `putBack` makes them what they were.
 * @param keptFolder where to keep it; made when it is not there
 */
export async function takeOff(
  cuts: readonly { readonly file: string; readonly goodBytes: number }[],
  keptFolder: string,
): Promise<TakenOff[]> {
  await mkdir(keptFolder, { recursive: true, mode: 0o700 });
  const taken: TakenOff[] = [];
  for (const { file, goodBytes } of cuts) {
    const bytes = (await stat(file)).size - goodBytes;
    if (bytes === 0) continue;
    const kept = path.join(keptFolder, `${path.basename(file)}.from-${String(goodBytes)}`);
    await pipeline(createReadStream(file, { start: goodBytes }), createWriteStream(kept, { mode: 0o600 }));
    await flush(kept);
    await truncate(file, goodBytes);
    await flush(file);
    taken.push({ file, from: goodBytes, bytes, kept });
  }
  return taken;
}

/** Makes the files what they were before `takeOff`. */
export async function putBack(taken: readonly TakenOff[]): Promise<void> {
  for (const { file, from, kept } of taken) {
    await truncate(file, from);
    await pipeline(createReadStream(kept), createWriteStream(file, { flags: 'r+', start: from }));
    await flush(file);
    await rm(kept);
  }
}

/** Writes the list of files anew from their names. The damaged one is kept. */
export async function renewManifest(dataFolder: string, keptFolder: string): Promise<void> {
  const folder = path.join(dataFolder, appendOnlyFolder);
  const text = manifestOf(await namesIn(dataFolder));
  if (text === null) throw new Error('there are no files to list');
  await mkdir(keptFolder, { recursive: true, mode: 0o700 });
  const manifest = path.join(folder, manifestName);
  await rename(manifest, path.join(keptFolder, manifestName)).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  });
  await writeFile(`${manifest}.new`, text, { mode: 0o600, flush: true });
  await rename(`${manifest}.new`, manifest);
}
