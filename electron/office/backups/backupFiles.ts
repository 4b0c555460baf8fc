import { createHash } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { sizeOfContainer } from './container.ts';
import { DamagedBackup, NotABackup, type BackupHeader } from './header.ts';
import { mayGo } from './keeping.ts';
import { backupEnding } from './makeBackup.ts';

/** A backup as its file tells it. */
export interface BackupFile {
  readonly file: string;
  readonly bytes: number;
  readonly header: BackupHeader;
  /** It was restored once and agreed with the office before it got its name, and is as long as it was then. */
  readonly isWhole: boolean;
}

/** What stands for a backup where its file must not be named. */
export const idOfBackup = (file: string): string =>
  createHash('sha256').update(path.resolve(file)).digest('hex').slice(0, 12);

/** @throws DamagedBackup, NewerBackup when its header cannot be read; NotABackup when neither content nor name tell of one */
export async function readBackupFile(file: string): Promise<BackupFile> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const { header, bytes } = await sizeOfContainer(handle);
    return { file, bytes: size, header, isWhole: size === bytes };
  } catch (error) {
    // It was one once, when a disk gave its bytes back as they were.
    const isNamedSo = error instanceof NotABackup && file.endsWith(backupEnding);
    throw isNamedSo ? new DamagedBackup(error.message) : error;
  } finally {
    await handle.close();
  }
}

/** Backups in a folder, the newest first; whatever else lies there is passed over. */
export async function listBackups(place: string): Promise<BackupFile[]> {
  const names = await readdir(place).catch(() => []);
  const found: BackupFile[] = [];
  for (const name of names.filter((each) => each.endsWith(backupEnding))) {
    try {
      found.push(await readBackupFile(path.join(place, name)));
    } catch {
      // Not ours to judge or to delete; restoring it says what is wrong.
    }
  }
  return found.sort((one, other) => other.header.madeAt.localeCompare(one.header.madeAt));
}

/** Deletes backups of one office that need not be kept. A folder may hold those of others. @returns how many */
export async function tidyBackups(place: string, officeId: string): Promise<number> {
  const whole = (await listBackups(place)).filter(
    ({ header, isWhole }) => isWhole && header.office.id === officeId,
  );
  const going = mayGo(whole.map(({ file, header }) => ({ file, ...header })));
  for (const { file } of going) await rm(file, { force: true });
  return going.length;
}

/** @throws DamagedBackup */
export function needWhole({ isWhole }: BackupFile): void {
  if (!isWhole) throw new DamagedBackup('it is not as long as it was');
}
