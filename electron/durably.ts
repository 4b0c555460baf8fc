import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

// A name is on the disk only once its folder is: after a power cut a file that was written, synced and renamed can still
// have its old name, or the old file can be back. Whatever is replaced or moved goes through here.

const isWindows = process.platform === 'win32';

/** Brings a file's bytes to the disk, whoever wrote them. @throws as the system does */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync().finally(() => handle.close());
}

/** More at once is not quicker. */
const pieceBytes = 1024 * 1024;

/**
 * Copies a file, from some byte on, behind the end of another one, byte by byte: what the system offers for copies may let
 * both share what is, or is not, on the disk; and streams of some versions of Node take a short write, as a drive gives that has
 * just become full, for a whole one. Afterwards it is on the disk, in its full length.
 * @param flags `ax` for a file that is not there yet
 * @throws as the system does; then a new file is gone again, and one that was there may have got some of it
 */
export async function appendFrom(from: string, start: number, to: string, flags: 'a' | 'ax'): Promise<void> {
  const source = await open(from, 'r');
  try {
    const target = await open(to, flags, 0o600);
    let isWhole = false;
    try {
      const wanted = (await target.stat()).size + (await source.stat()).size - start;
      const piece = Buffer.alloc(pieceBytes);
      for (let at = start; ;) {
        const { bytesRead } = await source.read(piece, 0, piece.length, at);
        if (bytesRead === 0) break;
        at += bytesRead;
        await target.writeFile(piece.subarray(0, bytesRead));
      }
      await target.sync();
      const { size } = await target.stat();
      if (size !== wanted) throw new Error(`${to} has ${String(size)} bytes instead of ${String(wanted)}`);
      isWhole = true;
    } finally {
      await target.close();
      if (!isWhole && flags === 'ax') await rm(to, { force: true });
    }
  } finally {
    await source.close();
  }
}

/** Brings the names in a folder to the disk. Windows opens no folders; there a name is on the disk with its file. */
export async function syncFolder(folder: string): Promise<void> {
  if (isWindows) return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** The same while nothing else goes on. */
export function syncFolderNow(folder: string): void {
  if (isWindows) return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A folder with everything in it. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const each = path.join(folder, entry.name);
    if (entry.isDirectory()) await syncTree(each);
    else if (entry.isFile()) await syncFile(each);
  }
  await syncFolder(folder);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What programs left half written that were ended. One that runs may just be writing: two may keep the same file. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = /\.(\d+)\.tmp$/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(path.join(folder, name), { force: true });
  }
}

/** Not by the option `flush`, which some versions of Node pass over without a word. */
function writeToDisk(file: string, content: string | Uint8Array): void {
  const handle = openSync(file, 'w', 0o600);
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Puts a file in place of what has its name: afterwards the whole of it is there, on the disk, or what was there before.
 * Its folder is made when it is not there. Nobody else may read it.
 * @throws as the system does; what was half written is gone then
 */
export function replaceFile(file: string, content: string | Uint8Array): void {
  const folder = path.dirname(file);
  const temporary = `${file}.${String(process.pid)}.tmp`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeLeftovers(folder);
  try {
    writeToDisk(temporary, content);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolderNow(folder);
}
