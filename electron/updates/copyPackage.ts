import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { LookTrouble, codeOf } from './lookTrouble.ts';

const chunkBytes = 1024 * 1024;
/**
 * Windows has neither flag: there a link needs the rights of an administrator to be made. Without O_NONBLOCK, opening a
 * pipe would wait for somebody to write into it.
 */
const asItself = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens an ordinary file itself, never what a link leads to, nor a pipe or a device.
 * @throws LookTrouble `link`, or what the file system says
 */
export async function openItself(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file, asItself);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (error) {
    if (codeOf(error) !== 'ELOOP') throw error;
  }
  throw new LookTrouble('link', path.basename(file));
}

/** Reads a file to its end in pieces. */
async function eachChunk(from: FileHandle, take: (chunk: Buffer) => Promise<void> | void): Promise<number> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await from.read(buffer, 0, chunkBytes);
    if (bytesRead === 0) return bytes;
    bytes += bytesRead;
    await take(buffer.subarray(0, bytesRead));
  }
}

/** SHA-256 of a file as 64 hexadecimal digits; null when there is no such file, or it is a link. */
export async function digestOf(file: string): Promise<string | null> {
  const handle = await openItself(file).catch(() => null);
  if (!handle) return null;
  try {
    const hash = createHash('sha256');
    await eachChunk(handle, (chunk) => void hash.update(chunk));
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}

async function copyBytes(from: FileHandle, to: string, alive: () => void): Promise<string> {
  const target = await open(to, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    await eachChunk(from, async (chunk) => {
      hash.update(chunk);
      for (let at = 0; at < chunk.length;) at += (await target.write(chunk, at)).bytesWritten;
      alive();
    });
    await target.sync();
    return hash.digest('hex');
  } finally {
    await target.close();
  }
}

/** What was copied before and is not wanted any more. */
export async function keepOnly(copies: string, file: string | null): Promise<void> {
  const names = await readdir(copies).catch(() => []);
  for (const name of names)
    if (name !== file) await rm(path.join(copies, name), { recursive: true, force: true });
}

const copyTrouble = (error: unknown, file: string): LookTrouble =>
  new LookTrouble(codeOf(error) === 'ENOSPC' ? 'noRoom' : 'notCopied', file);

async function makeFolder(folder: string, file: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw copyTrouble(error, file);
  }
}

interface CopyRequest {
  readonly folder: string;
  readonly file: string;
  /** What the checksums say. */
  readonly digest: string;
  /** The program's own folder for packages. */
  readonly copies: string;
  /** Called with every piece: a slow share is no dead one. */
  readonly alive: () => void;
}

/**
 * Copies a package into the program's own folder and proves the copy; what is there and right already stays.
 * Nothing but the copy is ever handed on, so what happens to the original afterwards does not matter.
 * @returns bytes of the package
 * @throws LookTrouble
 */
export async function copyPackage({ folder, file, digest, copies, alive }: CopyRequest): Promise<number> {
  const target = path.join(copies, file);
  await makeFolder(copies, file);
  if ((await digestOf(target)) === digest) {
    await keepOnly(copies, file);
    return sizeOf(target);
  }
  await keepOnly(copies, null);
  const from = await openItself(path.join(folder, file));
  // Two programs may look at once.
  const half = `${target}.${String(process.pid)}.part`;
  try {
    if ((await copyBytes(from, half, alive)) !== digest) throw new LookTrouble('checksum', file);
    await rename(half, target);
    return await sizeOf(target);
  } catch (error) {
    await rm(half, { force: true });
    if (error instanceof LookTrouble) throw error;
    throw copyTrouble(error, file);
  } finally {
    await from.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  const handle = await openItself(file);
  try {
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}
