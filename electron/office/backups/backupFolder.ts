import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../contract/failure.ts';
import { standingTo, usualBackups, type Standing } from '../../places/standing.ts';
import { TooLate, within } from '../../places/within.ts';
import { idOfBackup, listBackups, type BackupFile } from './backupFiles.ts';
import type { BackupSettings, WhichOffice } from './backupSettings.ts';

/** The backups in the folder of an office's backups, which several offices may share. */
export interface BackupsFound {
  /** Those of the office, the newest first. */
  readonly own: BackupFile[];
  /** How many there are of other offices. */
  readonly others: number;
  /** False when the folder that was chosen cannot be read: there may be backups nobody sees now. */
  readonly isReachable: boolean;
}

/** Longer than a drive that was asleep takes to begin. */
const answersInMs = 8_000;

/** Of what is there and cannot be read. */
const closedCodes = new Set(['EACCES', 'EPERM']);

async function look(folder: string): Promise<'fine' | 'closed' | 'gone'> {
  try {
    await within(answersInMs, access(folder, constants.R_OK));
    return 'fine';
  } catch (error) {
    return error instanceof Error && 'code' in error && closedCodes.has(String(error.code))
      ? 'closed'
      : 'gone';
  }
}

/** @throws Failure NO_BACKUP inOffice: the next restore would take it away, and the backups in it */
async function needNotOwn(office: string, chosen: string): Promise<Standing> {
  const standing = await standingTo(office, chosen);
  if (standing === 'own') throw new Failure('NO_BACKUP', 'inOffice');
  return standing;
}

/**
 * What is to be remembered of a folder that was chosen for the backups of an office: null for the usual one, which goes
 * along when the office's folder is moved.
 * @throws Failure NO_BACKUP gone, folder, inOffice
 */
export async function chosenFolder(office: string, chosen: string): Promise<string | null> {
  try {
    if ((await look(chosen)) === 'gone') throw new Failure('NO_BACKUP', 'gone');
    await access(chosen, constants.W_OK);
    if (!(await stat(chosen)).isDirectory()) throw new Failure('NO_BACKUP', 'folder');
    return (await needNotOwn(office, chosen)) === 'backups' ? null : path.resolve(chosen);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure('NO_BACKUP', 'folder');
  }
}

/** Where the backups of the office lie that is on screen: in a folder of its own, or in one that was chosen. */
export class BackupFolder {
  readonly #settings: BackupSettings;
  readonly #which: () => WhichOffice;

  /** @param which answers the office that is on screen now; its folder is empty while there is none */
  constructor(settings: BackupSettings, which: () => WhichOffice) {
    this.#settings = settings;
    this.#which = which;
  }

  #chosen(): string | null {
    return this.#settings.of(this.#which()).folder;
  }

  path(): string {
    const office = this.#which();
    return this.#settings.of(office).folder ?? usualBackups(office.folder);
  }

  async list(): Promise<BackupsFound> {
    const found = this.#which().folder === '' ? [] : await listBackups(this.path());
    const isReachable = await this.isReachable();
    const id = this.#idAmong(found);
    const own = found.filter(({ header }) => header.office.id === id);
    return { own, others: found.length - own.length, isReachable };
  }

  /** The same as `list` for whoever cannot wait: a drive that does not answer is one that cannot be reached. */
  async listInTime(): Promise<BackupsFound> {
    try {
      return await within(answersInMs, this.list());
    } catch (error) {
      if (error instanceof TooLate) return { own: [], others: 0, isReachable: false };
      throw error;
    }
  }

  /** The folder in the office's own is made when it is needed; one that was chosen was there. */
  async isReachable(): Promise<boolean> {
    return this.#chosen() === null || (await look(this.path())) === 'fine';
  }

  /** To be called before one is made. @throws Failure NO_BACKUP gone, folder, inOffice */
  async needUsable(): Promise<void> {
    const chosen = this.#chosen();
    if (chosen === null) return;
    // Made anew it would lie where a drive is missing that is to hold it.
    const found = await look(chosen);
    if (found !== 'fine') throw new Failure('NO_BACKUP', found === 'gone' ? 'gone' : 'folder');
    await needNotOwn(this.#which().folder, chosen);
  }

  /** Where nothing tells the office's id, its own folder does, as long as only backups of one office lie there. */
  #idAmong(found: readonly BackupFile[]): string | null {
    const { id } = this.#which();
    if (id !== null) return id;
    const ids = new Set(found.map(({ header }) => header.office.id));
    return this.#chosen() === null && ids.size === 1 ? ([...ids][0] ?? null) : null;
  }

  /** @throws Failure NOT_FOUND; NO_BACKUP otherOffice: in the place of this office it would take everything away */
  async find(id: string): Promise<BackupFile> {
    const isIt = ({ file }: { file: string }): boolean => idOfBackup(file) === id;
    const own = (await this.list()).own.find(isIt);
    if (own) return own;
    const isOfOther = (await listBackups(this.path())).some(isIt);
    throw isOfOther ? new Failure('NO_BACKUP', 'otherOffice') : new Failure('NOT_FOUND', 'backup');
  }
}
