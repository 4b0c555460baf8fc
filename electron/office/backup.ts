import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  constants,
  copyFile,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { redisStore } from '../redis/call.ts';
import { connect } from '../redis/connection.ts';
import { EngineTrouble, startEngine, type EngineOptions } from '../redis/engine.ts';
import { officeFacts, officeNumber, type OfficeFacts } from './openStore.ts';

/** The disk has no room for a backup; nothing of it was left there. */
export class NoRoomForBackup extends Error {}

export interface BackupRequest extends Omit<EngineOptions, 'dataFolder'> {
  /** The office's: holds `data` and `journal`, and `backups` from now on. */
  readonly folder: string;
  /** What the office says of itself; the backup has to say the same. */
  readonly facts: OfficeFacts;
  readonly appVersion: string;
  /** What the backup is for, in a word or two of letters, digits, dots and dashes: `before-0.2.0`. */
  readonly reason: string;
}

interface CopiedFile {
  /** Inside the backup, with `/`. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The engine appends while it is copied, so that a copy may end in the middle of a write; then it is made again. */
const tries = 3;
const spareBytes = 64 * 1024 * 1024;
/** The engine's own data first: what it moves to the journal meanwhile is then in both rather than in neither. */
const parts = ['data/appendonlydir', 'journal'] as const;

/** What the journal and the engine write before it takes the place of something; it may be gone in the next moment. */
const isUnfinished = (name: string): boolean => name.endsWith('.tmp') || name.startsWith('temp-');

/** A file that the engine replaces while it is looked at is gone. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

async function bytesOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isGone(error)) return 0;
    throw error;
  }
}

async function filesOf(folder: string, part: string): Promise<string[]> {
  const entries = await readdir(path.join(folder, part), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !isUnfinished(entry.name))
    .map(({ name }) => `${part}/${name}`);
}

async function needRoom(folder: string): Promise<void> {
  const files = (await Promise.all(parts.map((part) => filesOf(folder, part)))).flat();
  const sizes = await Promise.all(files.map((file) => bytesOf(path.join(folder, file))));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes + spareBytes) throw new NoRoomForBackup();
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** On the disk, not only on its way there. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync().finally(() => handle.close());
}

async function copyOffice(folder: string, target: string): Promise<CopiedFile[]> {
  const copied: CopiedFile[] = [];
  for (const part of parts) {
    const files = await filesOf(folder, part);
    if (files.length > 0) await mkdir(path.join(target, part), { recursive: true, mode: 0o700 });
    for (const file of files) {
      const copy = path.join(target, file);
      await copyFile(path.join(folder, file), copy, constants.COPYFILE_FICLONE);
      await flush(copy);
      copied.push({ file, bytes: (await stat(copy)).size, sha256: await digestOf(copy) });
    }
  }
  return copied;
}

/** Starts an engine on the backup and asks it which office it is. @throws EngineTrouble when it does not start */
async function askBackup(request: BackupRequest, target: string): Promise<OfficeFacts> {
  const dataFolder = path.join(target, 'data');
  const engine = await startEngine({ ...request, dataFolder });
  try {
    const app = await connect(engine.endpoint, 'daybook');
    try {
      return await officeFacts(redisStore(app, officeNumber), dataFolder);
    } finally {
      app.disconnect();
    }
  } finally {
    await engine.stop();
  }
}

/** @throws EngineTrouble, or an error that says what the copy lacks */
async function proveBackup(
  request: BackupRequest,
  target: string,
  files: readonly CopiedFile[],
): Promise<void> {
  const { name, zone, exists } = await askBackup(request, target);
  if (name !== request.facts.name || zone !== request.facts.zone || !exists)
    throw new Error('the backup is of another office');
  // What the engine left behind is no part of the office.
  for (const each of await readdir(path.join(target, 'data')))
    if (each !== 'appendonlydir') await rm(path.join(target, 'data', each), { recursive: true, force: true });
  for (const { file, sha256 } of files)
    if ((await digestOf(path.join(target, file))) !== sha256)
      throw new Error(`${file} of the backup changed`);
}

async function makeBackup(request: BackupRequest, target: string): Promise<void> {
  const files = await copyOffice(request.folder, target);
  await proveBackup(request, target, files);
  const { appVersion, reason } = request;
  const paper = { madeAt: new Date().toISOString(), appVersion, reason, office: request.facts.name, files };
  await writeFile(path.join(target, 'backup.json'), `${JSON.stringify(paper, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
}

/** When it was made, the version that made it and why: `2026-11-21T17-19-11-042-0.1.0-before-0.2.0`. */
const nameOf = ({ appVersion, reason }: BackupRequest): string =>
  `${new Date().toISOString().slice(0, 23).replaceAll(/[:.]/g, '-')}-${appVersion}-${reason}`;

/**
 * Copies an office that is open into its folder `backups`, starts an engine on the copy, and compares. Everything that
 * was saved before the call is in it; people go on working meanwhile. A backup opens as an office.
 * @returns the backup's folder
 * @throws NoRoomForBackup, or what went wrong; then nothing is left of it
 */
export async function backUpOffice(request: BackupRequest): Promise<string> {
  const backups = path.join(request.folder, 'backups');
  const target = path.join(backups, nameOf(request));
  const half = `${target}.part`;
  await needRoom(request.folder);
  await mkdir(backups, { recursive: true, mode: 0o700 });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rm(half, { recursive: true, force: true });
      await mkdir(half, { mode: 0o700 });
      await makeBackup(request, half);
      await rename(half, target);
      request.log.info('office backed up', { folder: target, attempt });
      return target;
    } catch (error) {
      await rm(half, { recursive: true, force: true });
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw new NoRoomForBackup();
      const mayBeMadeAgain = error instanceof EngineTrouble || isGone(error);
      if (!mayBeMadeAgain || attempt === tries) throw error;
      request.log.warn('backup is made again', { why: String(error) });
    }
  }
}
