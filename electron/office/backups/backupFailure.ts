import { Failure } from '../../contract/failure.ts';
import type { OfficeHost } from '../officeHost.ts';
import { DamagedBackup, NewerBackup, WrongPassphrase } from './header.ts';
import { NoRoomForBackup } from './makeBackup.ts';

/** What a window is told when a backup could not be made, read or restored. */
export function backupFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof WrongPassphrase) return new Failure('WRONG_PASSPHRASE');
  if (error instanceof DamagedBackup) return new Failure('NO_BACKUP', 'damaged');
  if (error instanceof NewerBackup) return new Failure('NO_BACKUP', 'newer');
  if (error instanceof NoRoomForBackup) return new Failure('NO_BACKUP', 'noRoom');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') return new Failure('NO_BACKUP', 'noRoom');
  if (code === 'ENOENT') return new Failure('NO_BACKUP', 'missing');
  if (['EACCES', 'EEXIST', 'ENOTDIR', 'EROFS', 'EPERM'].includes(code))
    return new Failure('NO_BACKUP', 'folder');
  return new Failure('NO_BACKUP', 'failed');
}

/** What a window is told when none was made. On a full drive the engine ends before anybody hears of the reason. */
export async function whyNotMade(error: unknown, office: Pick<OfficeHost, 'isDiskFull'>): Promise<Failure> {
  // Nothing was made, so there is none that is damaged.
  const failure = error instanceof DamagedBackup ? new Failure('NO_BACKUP', 'failed') : backupFailure(error);
  const isForWantOfRoom = failure.detail === 'failed' && (await office.isDiskFull());
  return isForWantOfRoom ? new Failure('NO_BACKUP', 'noRoom') : failure;
}
