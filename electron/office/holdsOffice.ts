import { existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { TooLate, within } from '../places/within.ts';

const logsOf = (folder: string): string => path.join(folder, 'data', 'appendonlydir');

/** Whether an engine has written in a folder of an office. */
export const holdsOffice = (folder: string): boolean => existsSync(logsOf(folder));

/** A drive that says nothing for so long is told as one that is not there. */
const patienceMs = 1_500;

/**
 * The same without holding the program up: a drive or share that does not answer counts as one that is not there. Such a
 * look may never end, so that no second one is begun beside it: there are only few threads for them.
 */
export class Looks {
  readonly #going = new Map<string, Promise<boolean>>();

  async holdsOffice(folder: string): Promise<boolean> {
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
    const look = access(logsOf(folder)).then(
      () => true,
      () => false,
    );
    this.#going.set(folder, look);
    void look.then(() => this.#going.delete(folder));
    return look;
  }
}
