import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { schemaVersion } from '../../contract/office.ts';
import { syncFolder } from '../../durably.ts';
import { chainTrouble, journalFolder } from '../../journal/segments.ts';
import type { Endpoint } from '../../redis/connection.ts';
import { EngineTrouble } from '../../redis/engine.ts';
import { packArchive } from './archive.ts';
import { writeContainer } from './container.ts';
import { DamagedBackup } from './header.ts';
import { type PassphraseKey } from './passphrase.ts';
import { unpackProved, type EngineFacts } from './proof.ts';
import { LogRewritten, takeSnapshot, type Snapshot } from './snapshot.ts';

/** The disk has no room for a backup; nothing of it was left there. */
export class NoRoomForBackup extends Error {}

export interface BackupRequest extends EngineFacts {
  readonly endpoint: Endpoint;
  /** The office's: holds `data` and `journal`. */
  readonly folder: string;
  /** Where backups lie. */
  readonly place: string;
  readonly office: { readonly number: number; readonly name: string; readonly zone: string };
  readonly appVersion: string;
  /** What the backup is for, in a word or two of letters, digits, dots and dashes: `before-0.2.0`. */
  readonly reason: string;
  /** Null for a backup that anybody can read. */
  readonly key: PassphraseKey | null;
}

export const backupEnding = '.daybook-backup';

const tries = 3;
const spareBytes = 64 * 1024 * 1024;

/** An office's name as a part of a file's name on any system. */
function plainName(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  return letters === '' ? 'office' : letters;
}

/** `Peeters-Partners-2026-11-21T17-19-11-042Z-0.1.0-daily.daybook-backup` */
const nameOf = ({ office, appVersion, reason }: BackupRequest, madeAt: Date): string =>
  `${plainName(office.name)}-${madeAt.toISOString().replaceAll(/[:.]/g, '-')}-${appVersion}-${reason}${backupEnding}`;

/** The backup itself, and beside the office what it is restored to for the proof. */
async function needRoom({ place, folder }: BackupRequest, bytes: number): Promise<void> {
  for (const where of [place, folder]) {
    const { bavail, bsize } = await statfs(where);
    if (bavail * bsize < 2 * bytes + spareBytes) throw new NoRoomForBackup();
  }
}

async function writeBackup(
  request: BackupRequest,
  snapshot: Snapshot,
  madeAt: Date,
  file: string,
  isJournalWhole: boolean,
): Promise<void> {
  const { office, appVersion, reason, key } = request;
  const { name, zone } = office;
  const { bytes, pieces } = packArchive({ ...snapshot.contents, name, zone }, snapshot.files);
  await needRoom(request, bytes);
  const handle = await open(file, 'wx', 0o600);
  try {
    const facts = {
      ...{ madeAt: madeAt.toISOString(), appVersion, schema: schemaVersion, reason, bytes },
      office: { id: snapshot.officeId, name },
      counts: snapshot.contents.counts,
      ...(!isJournalWhole && { journal: 'damaged' as const }),
    };
    await writeContainer(handle, facts, key, pieces);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function makeOnce(request: BackupRequest): Promise<string> {
  const madeAt = new Date();
  const target = path.join(request.place, nameOf(request, madeAt));
  const half = `${target}.part`;
  // Beside the office: an engine on a share would be slow, and its lock worth nothing.
  const proof = path.join(request.folder, `proof-${String(process.pid)}-${String(madeAt.getTime())}`);
  try {
    const isJournalWhole = (await chainTrouble(journalFolder(request.folder))) === null;
    const snapshot = await takeSnapshot({ ...request, office: request.office.number });
    await writeBackup(request, snapshot, madeAt, half, isJournalWhole).finally(() => snapshot.close());
    await mkdir(proof, { mode: 0o700 });
    const { journalTrouble } = await unpackProved(half, request.key, proof, request);
    if (isJournalWhole && journalTrouble !== null)
      throw new DamagedBackup('its journal is not what the office’s is');
    await rename(half, target);
    await syncFolder(request.place);
    const { heldMs, rounds, contents } = snapshot;
    request.log.info('office backed up', {
      ...{ file: target, heldMs: Math.round(heldMs), rounds, digest: contents.digest },
      ms: Date.now() - madeAt.getTime(),
    });
    return target;
  } finally {
    await rm(half, { force: true });
    await rm(proof, { recursive: true, force: true });
  }
}

const dayMs = 24 * 60 * 60 * 1_000;

/** What a program left that was ended while it made a backup; in a shared folder another one may just be making one. */
async function removeLeftovers({ folder, place }: BackupRequest): Promise<void> {
  for (const name of await readdir(folder))
    if (/^proof-\d+-\d+$/.test(name)) await rm(path.join(folder, name), { recursive: true, force: true });
  for (const name of await readdir(place)) {
    if (!name.endsWith(`${backupEnding}.part`)) continue;
    const { mtimeMs } = await stat(path.join(place, name));
    if (Date.now() - mtimeMs > dayMs) await rm(path.join(place, name), { force: true });
  }
}

/** A damaged log does not start again either; one that was written anew meanwhile, or was cut by a copy, does. */
const mayWorkNextTime = (error: unknown): boolean =>
  error instanceof LogRewritten || error instanceof EngineTrouble || error instanceof DamagedBackup;

/**
 * Backs up an office that is open while people work in it: takes a snapshot, writes it into one file, restores that file
 * to a folder of its own, starts an engine there and compares what it holds with what the office held at that moment.
 * Only then the file gets its name.
 * @returns the backup's file
 * @throws NoRoomForBackup, or what went wrong; then nothing is left of it
 */
export async function makeBackup(request: BackupRequest): Promise<string> {
  await mkdir(request.place, { recursive: true, mode: 0o700 });
  await removeLeftovers(request);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await makeOnce(request);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw new NoRoomForBackup();
      if (!mayWorkNextTime(error) || attempt === tries) throw error;
      request.log.warn('backup is made again', { why: String(error).slice(0, 300) });
    }
  }
}
