import { mkdir, rm } from 'node:fs/promises';
import { Failure } from '../../contract/failure.ts';
import { schemaVersion } from '../../contract/office.ts';
import type { Log } from '../../log.ts';
import { freeBytesAt, levelOf, usualSpaceLimits } from '../../places/space.ts';
import { upgradeFrom } from '../upgrade/layouts.ts';
import { whyNotRestored } from './backupFailure.ts';
import { needWhole, readBackupFile } from './backupFiles.ts';
import type { BackupHeader } from './header.ts';
import { keyForBackup, type PassphraseKey } from './passphrase.ts';
import { unpackProved, type EngineFacts } from './proof.ts';
import { markReady, restoredFolder } from './swap.ts';

export interface Unpacking {
  readonly file: string;
  /** Null or empty when none was typed. */
  readonly passphrase: string | null;
  /** This computer makes backups with it; it opens them, too, without its passphrase. */
  readonly ownKey: PassphraseKey | null;
  /** The office's, which goes on with it when it is opened. */
  readonly folder: string;
  /** On which it is proved. */
  readonly engine: EngineFacts;
  readonly now: () => Date;
  readonly log: Log;
}

/** @throws Failure WRONG_PASSPHRASE needed */
async function keyFor(
  header: BackupHeader,
  { passphrase, ownKey }: Unpacking,
): Promise<PassphraseKey | null> {
  if (!header.encryption) return null;
  if (passphrase !== null && passphrase !== '') return keyForBackup(passphrase, header);
  if (ownKey?.salt !== header.encryption.salt) throw new Failure('WRONG_PASSPHRASE', 'needed');
  return ownKey;
}

/** @throws Failure NO_BACKUP when this version of the program cannot open what is in it */
function needKnownLayout({ schema }: BackupHeader): void {
  if (schema > schemaVersion) throw new Failure('NO_BACKUP', 'newer');
  // One of an earlier layout is brought up to date when the office is opened.
  if (schema < schemaVersion && !upgradeFrom(schema)) throw new Failure('NO_BACKUP', 'older');
}

/**
 * Restores a backup beside the office in a folder and proves it there.
 * @throws Failure; nothing is left of it then
 */
export async function unpackBackup(unpacking: Unpacking): Promise<void> {
  const { file, folder, engine, now, log } = unpacking;
  const restored = restoredFolder(folder);
  try {
    const backup = await readBackupFile(file);
    needWhole(backup);
    needKnownLayout(backup.header);
    const key = await keyFor(backup.header, unpacking);
    await mkdir(restored, { mode: 0o700 });
    await unpackProved(file, key, restored, engine);
    await markReady(folder, now());
  } catch (error) {
    const freeBytes = await freeBytesAt(folder).catch(() => Number.POSITIVE_INFINITY);
    await rm(restored, { recursive: true, force: true });
    log.warn('backup not restored', { why: String(error).slice(0, 300) });
    throw whyNotRestored(error, levelOf(freeBytes, usualSpaceLimits) === 'none');
  }
}
