import { open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { chainTrouble, journalFolder } from '../../journal/segments.ts';
import { startEngine, type EngineOptions } from '../../redis/engine.ts';
import { unpackArchive, type ArchiveContents } from './archive.ts';
import { readContainer } from './container.ts';
import { DamagedBackup } from './header.ts';
import { type PassphraseKey } from './passphrase.ts';
import { digestOfEngine } from './snapshot.ts';

export type EngineFacts = Omit<EngineOptions, 'dataFolder'>;

export interface ProvedContents extends ArchiveContents {
  /** What is wrong with the sealed parts of the journal, which the digest knows nothing of; null when they hold. */
  readonly journalTrouble: string | null;
}

/**
 * Puts a backup into an empty folder, starts an engine on it and compares what that holds with what the office held; then
 * it goes through the chain of the sealed journal. One that does not hold is told: a damaged history must keep nobody from
 * what the office holds.
 * When this resolves, the folder holds `data` and `journal` of an office and nothing else.
 * @throws DamagedBackup, NewerBackup, WrongPassphrase, EngineTrouble; what was written until then stays, for the caller
 * to remove
 */
export async function unpackProved(
  file: string,
  key: PassphraseKey | null,
  folder: string,
  engineFacts: EngineFacts,
): Promise<ProvedContents> {
  const handle = await open(file, 'r');
  const contents = await unpackArchive(readContainer(handle, key), folder).finally(() => handle.close());
  const dataFolder = path.join(folder, 'data');
  const engine = await startEngine({ ...engineFacts, dataFolder });
  const digest = await digestOfEngine(engine.endpoint).finally(() => engine.stop());
  if (digest !== contents.digest) throw new DamagedBackup('what it holds is not what the office held');
  // What the engine left behind is no part of the office.
  for (const each of await readdir(dataFolder))
    if (each !== 'appendonlydir') await rm(path.join(dataFolder, each), { recursive: true, force: true });
  const journalTrouble = await chainTrouble(journalFolder(folder));
  if (journalTrouble !== null)
    engineFacts.log.warn('sealed journal in the backup does not hold', { why: journalTrouble });
  return { ...contents, journalTrouble };
}
