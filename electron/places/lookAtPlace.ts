import { randomBytes } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { access, constants, open, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { PlaceTroubleReason } from '../contract/places.ts';
import { mountsHere, type Mount } from './mounts.ts';
import { nearest } from './nearest.ts';
import { networkFileSystem, networkMount } from './network.ts';
import { hasData, tellsOfOffice } from './officeData.ts';
import { freeBytesAt, usualSpaceLimits } from './space.ts';
import { synchronisedBy } from './synchronised.ts';

export interface PlaceTrouble {
  readonly reason: PlaceTroubleReason;
  readonly folder: string;
  /** For support, and for the sentence: the kind of file system, the cloud program. */
  readonly detail: string;
}

export interface PlaceOptions {
  /** Whether this computer knows an office by a name in the folder, so that there is one or something is missing. */
  readonly isKnown?: boolean;
  /** What a new office needs; an office that is there may be read without. */
  readonly neededBytes?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** What is mounted, as the system says. */
  readonly mounts?: readonly Mount[];
}

/** The longest name the engine and the program make inside an office. */
const roomForNames = 120;
const longestPath: Partial<Record<NodeJS.Platform, number>> = { win32: 259, darwin: 1_023 };
const longestFolder = (longestPath[process.platform] ?? 4_095) - roomForNames;
const longestName = 255;

const isTooLong = (folder: string): boolean =>
  Buffer.byteLength(folder) > longestFolder ||
  folder.split(path.sep).some((name) => Buffer.byteLength(name) > longestName);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const byCode: Readonly<Record<string, PlaceTroubleReason>> = {
  EROFS: 'readOnly',
  EACCES: 'noPermission',
  EPERM: 'noPermission',
  ENOTDIR: 'notFolder',
  EEXIST: 'notFolder',
  ENAMETOOLONG: 'tooLong',
  ENOENT: 'gone',
  ENXIO: 'gone',
  ENODEV: 'gone',
};

/** Where systems hang drives in; nobody makes offices beside them, so a folder missing there is a drive that is missing. */
const holdsDrives = (folder: string): boolean => /^\/((run\/)?media(\/[^/]+)?|mnt|Volumes)$/.test(folder);

/** Asks by doing: rights and locks of drives differ from what access() says, on Windows above all. @throws as open */
async function writeSomething(folder: string): Promise<void> {
  const file = path.join(folder, `.daybook-${randomBytes(6).toString('hex')}`);
  const handle = await open(file, 'wx', 0o600);
  await handle.close();
  await unlink(file);
}

async function tryWriting(folder: string): Promise<void> {
  try {
    await writeSomething(folder);
  } catch (error) {
    // A full disk can be written again one day; what it means is asked apart.
    if (!['ENOSPC', 'EDQUOT'].includes(codeOf(error))) throw error;
  }
}

/** @throws with a code of the system */
async function needRights(folder: string, there: string): Promise<void> {
  const data = path.join(folder, 'data');
  if (!statSync(there).isDirectory() || statSync(data, { throwIfNoEntry: false })?.isDirectory() === false)
    throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  await tryWriting(there);
  if (!existsSync(data)) return;
  await tryWriting(data);
  const files = path.join(data, 'appendonlydir');
  if (existsSync(files)) await access(files, constants.R_OK | constants.W_OK | constants.X_OK);
}

/** What is wrong with a place where there may be an office already or will be one; null when nothing is. */
async function troubleAt(
  folder: string,
  options: PlaceOptions,
): Promise<[PlaceTroubleReason, string] | null> {
  const mounts = options.mounts ?? (await mountsHere());
  // Before anything there is touched: a share that does not answer would hold the program up.
  const far = networkMount(mounts, folder);
  if (far !== null) return ['network', far];
  const there = nearest(folder);
  if (there !== folder && ((options.isKnown ?? false) || holdsDrives(there))) return ['gone', ''];
  const real = path.join(realpathSync(there), path.relative(there, folder));
  const network = networkMount(mounts, real) ?? (await networkFileSystem(there));
  if (network !== null) return ['network', network];
  const program = synchronisedBy(folder, options.env) ?? synchronisedBy(real, options.env);
  if (program !== null) return ['synchronised', program];
  await needRights(folder, there);
  if (hasData(folder)) return null;
  if ((options.isKnown ?? false) || tellsOfOffice(folder)) return ['vanished', ''];
  return (await freeBytesAt(there)) < (options.neededBytes ?? usualSpaceLimits.noneBytes)
    ? ['full', '']
    : null;
}

/**
 * Looks at the place of an office before anything is opened or made in it, and leaves it as it was.
 * @returns null when an office may be opened there, or made if there is none
 */
export async function lookAtPlace(chosen: string, options: PlaceOptions = {}): Promise<PlaceTrouble | null> {
  const folder = path.resolve(chosen);
  if (isTooLong(folder)) return { reason: 'tooLong', folder, detail: '' };
  try {
    const found = await troubleAt(folder, options);
    return found && { reason: found[0], folder, detail: found[1] };
  } catch (error) {
    const code = codeOf(error);
    return { reason: byCode[code] ?? 'noPermission', folder, detail: code };
  }
}
