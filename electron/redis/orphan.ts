import { execFile } from 'node:child_process';
import { readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who holds a data folder, as its launcher noted it; 0 where it is not known. */
export interface Holder {
  /** Of redis. */
  readonly pid: number;
  readonly launcherPid: number;
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's, which we may not even ask.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** File name of the program a process runs; empty when nobody can tell. */
async function programOf(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux')
      return path.basename((await readlink(`/proc/${String(pid)}/exe`)).replace(/ \(deleted\)$/, ''));
    const { stdout } = await run('ps', ['-o', 'comm=', '-p', String(pid)]);
    return path.basename(stdout.trim());
  } catch {
    return '';
  }
}

/** Where a process works, as a path to it; null when nobody can tell. */
async function workplaceOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return `/proc/${String(pid)}/cwd`;
  // lsof answers a line for each thing it was asked for; that of a name begins with n.
  const { stdout } = await run('lsof', ['-a', '-p', String(pid), '-d', 'cwd', '-Fn']);
  return /^n(.+)$/m.exec(stdout)?.[1] ?? null;
}

/** Folders are the same when their numbers are, whatever ways lead there. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  try {
    const workplace = await workplaceOf(pid);
    if (workplace === null) return false;
    const [one, other] = await Promise.all([stat(workplace), stat(folder)]);
    return one.dev === other.dev && one.ino === other.ino;
  } catch {
    return false;
  }
}

/**
 * Ends a redis whose launcher is gone and that holds its folder all the same: it hangs, or it would have ended when it was
 * asked to. What it acknowledged is on the disk, so nothing is lost. On Windows there is none: the system ends it.
 * The note may be older than the system's last start, and its numbers those of another office's redis by now: only one that
 * works in this very folder is ended, and none of which that cannot be told.
 * @returns whether there was one
 */
export async function endOrphan({ pid, launcherPid }: Holder, dataFolder: string): Promise<boolean> {
  if (process.platform === 'win32' || pid <= 1 || launcherPid <= 1 || isRunning(launcherPid)) return false;
  if (!(await programOf(pid)).startsWith('redis-server')) return false;
  if (!(await worksIn(pid, dataFolder))) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
