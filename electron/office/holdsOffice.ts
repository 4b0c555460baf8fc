import { existsSync, readdirSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { journalFolder, listSegments } from '../journal/segments.ts';
import { TooLate, within } from '../places/within.ts';
import { backupEnding } from './backups/makeBackup.ts';
import { isRestoreReady } from './backups/swap.ts';

const logsOf = (folder: string): string => path.join(folder, 'data', 'appendonlydir');

/** Whether an engine has written in a folder of an office. */
export const holdsOffice = (folder: string): boolean => existsSync(logsOf(folder));

function hasBackups(folder: string): boolean {
  try {
    return readdirSync(path.join(folder, 'backups')).some((name) => name.endsWith(backupEnding));
  } catch {
    return false;
  }
}

/**
 * Whether a folder is one of an office, be it that its data are gone or that a restore of it was cut off. Opening it says
 * what is missing, or finishes the restore. Only names that this program gives count: a folder of anything else may hold one
 * called `backups`, too.
 */
export const isOfOffice = (folder: string): boolean =>
  holdsOffice(folder) ||
  isRestoreReady(folder) ||
  hasBackups(folder) ||
  listSegments(journalFolder(folder)).length > 0;

/** A drive that says nothing for so long is told as one that is not there. */
const patienceMs = 1_500;

/**
 * Looks at folders without holding the program up: a drive or share that does not answer counts as one that is not there.
 * Such a look may never end, so that no second one is begun beside it: there are only few threads for them.
 */
export class Looks {
  readonly #going = new Map<string, Promise<boolean>>();

  async isThere(folder: string): Promise<boolean> {
    try {
      return await within(patienceMs, this.#look(folder));
    } catch (error) {
      if (error instanceof TooLate) return false;
      throw error;
    }
  }

  #look(folder: string): Promise<boolean> {
    const going = this.#going.get(folder);
    if (going) return going;
    const look = access(folder).then(
      () => true,
      () => false,
    );
    this.#going.set(folder, look);
    void look.then(() => this.#going.delete(folder));
    return look;
  }
}
