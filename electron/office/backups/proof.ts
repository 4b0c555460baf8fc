import { open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { startEngine, type EngineOptions } from '../../redis/engine.ts';
import { unpackArchive, type ArchiveContents } from './archive.ts';
import { readContainer } from './container.ts';
import { DamagedBackup } from './header.ts';
import { type PassphraseKey } from './passphrase.ts';
import { digestOfEngine } from './snapshot.ts';

export type EngineFacts = Omit<EngineOptions, 'dataFolder'>;

/**
 * Puts a backup into an empty folder, starts an engine on it and compares what that holds with what the office held.
 * When this resolves, the folder holds `data` and `journal` of an office and nothing else.
 * @throws DamagedBackup, NewerBackup, WrongPassphrase, EngineTrouble; what was written until then stays, for the caller
 * to remove
 */
export async function unpackProved(
  file: string,
  key: PassphraseKey | null,
  folder: string,
  engineFacts: EngineFacts,
): Promise<ArchiveContents> {
  const handle = await open(file, 'r');
  const contents = await unpackArchive(readContainer(handle, key), folder).finally(() => handle.close());
  const dataFolder = path.join(folder, 'data');
  const engine = await startEngine({ ...engineFacts, dataFolder });
  const digest = await digestOfEngine(engine.endpoint).finally(() => engine.stop());
  if (digest !== contents.digest) throw new DamagedBackup('what it holds is not what the office held');
  // What the engine left behind is no part of the office.
  for (const each of await readdir(dataFolder))
    if (each !== 'appendonlydir') await rm(path.join(dataFolder, each), { recursive: true, force: true });
  return contents;
}
