import { execFile } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

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
    const { stdout } = await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)]);
    return path.basename(stdout.trim());
  } catch {
    return '';
  }
}

/**
 * Ends a redis whose launcher is gone and that holds its folder all the same: it hangs, or it would have ended when it was
 * asked to. What it acknowledged is on the disk, so nothing is lost. On Windows there is none: the system ends it.
 * @returns whether there was one
 */
export async function endOrphan({ pid, launcherPid }: Holder): Promise<boolean> {
  if (process.platform === 'win32' || pid <= 1 || launcherPid <= 1 || isRunning(launcherPid)) return false;
  if (!(await programOf(pid)).startsWith('redis-server')) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
