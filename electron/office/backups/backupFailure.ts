import { Failure } from '../../contract/failure.ts';
import type { OfficeHost } from '../officeHost.ts';
import type { BackupFolder } from './backupFolder.ts';
import { DamagedBackup, NewerBackup, NotABackup, WrongPassphrase } from './header.ts';
import { NoRoomForBackup } from './makeBackup.ts';

const codesOf = {
  full: ['ENOSPC', 'EDQUOT', 'EFBIG'],
  closed: ['EACCES', 'EEXIST', 'ENOTDIR', 'EROFS', 'EPERM'],
  gone: ['ENOENT', 'ENODEV', 'ENXIO', 'EIO', 'ESTALE', 'ENOTCONN', 'EHOSTDOWN'],
} as const;

function isOne(error: unknown, kind: keyof typeof codesOf): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return codesOf[kind].some((each) => each === code);
}

const isForWantOfRoom = (error: unknown): boolean => error instanceof NoRoomForBackup || isOne(error, 'full');

/** What a window is told when a backup could not be read. */
export function whyNotRead(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof NotABackup) return new Failure('NO_BACKUP', 'notOurs');
  if (error instanceof DamagedBackup) return new Failure('NO_BACKUP', 'damaged');
  if (error instanceof NewerBackup) return new Failure('NO_BACKUP', 'newer');
  const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return new Failure('NO_BACKUP', isGone ? 'missing' : 'unreadable');
}

/**
 * What a window is told when one was not restored.
 * @param isFull whether there is hardly any room left: the engine that proves it ends then without a word
 */
export function whyNotRestored(error: unknown, isFull: boolean): Failure {
  if (error instanceof WrongPassphrase) return new Failure('WRONG_PASSPHRASE');
  if (isForWantOfRoom(error)) return new Failure('NO_BACKUP', 'noRoomToRestore');
  const failure = whyNotRead(error);
  if (failure.detail !== 'unreadable') return failure;
  return new Failure('NO_BACKUP', isFull ? 'noRoomToRestore' : 'notRestored');
}

/** What a window is told when none was made. On a full drive the engine ends before anybody hears of the reason. */
export async function whyNotMade(
  error: unknown,
  office: Pick<OfficeHost, 'isDiskFull'>,
  folder: Pick<BackupFolder, 'isReachable'>,
): Promise<Failure> {
  if (error instanceof Failure) return error;
  if (isForWantOfRoom(error)) return new Failure('NO_BACKUP', 'noRoom');
  if (isOne(error, 'closed')) return new Failure('NO_BACKUP', 'folder');
  // Its drive may be pulled out in the midst of it; something else may be missing as well.
  if (isOne(error, 'gone') && !(await folder.isReachable())) return new Failure('NO_BACKUP', 'gone');
  return new Failure('NO_BACKUP', (await office.isDiskFull()) ? 'noRoom' : 'failed');
}
