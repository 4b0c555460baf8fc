import { existsSync, readFileSync, renameSync } from 'node:fs';
import type { z } from 'zod';
import { Failure } from './contract/failure.ts';
import { replaceFile } from './durably.ts';
import type { Log } from './log.ts';

/** A small JSON file of the program's settings. It is read anew each time: two programs may keep the same one. */
export interface SettingsFile<T> {
  /** Null when there is none, or none that can be read. */
  read(): T | null;
  /**
   * Replaces it whole.
   * @throws Failure STORE_FULL
   */
  write(next: T): void;
}

/** @param what names it in the log and in failures: `list of offices` */
export function settingsFile<T>(
  file: string,
  content: z.ZodType<T>,
  what: string,
  log: Log,
): SettingsFile<T> {
  /** What cannot be read is kept beside it, for whoever wants to look at it, and the program goes on. */
  const setAside = (why: unknown): void => {
    log.warn(`${what} cannot be read and was set aside`, { why: String(why).slice(0, 300) });
    try {
      renameSync(file, `${file}.damaged`);
    } catch (error) {
      log.warn(`damaged ${what} stays where it is`, { why: String(error) });
    }
  };
  return {
    read() {
      if (!existsSync(file)) return null;
      try {
        return content.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch (error) {
        setAside(error);
        return null;
      }
    },
    write(next) {
      try {
        replaceFile(file, `${JSON.stringify(next, null, 2)}\n`);
      } catch (error) {
        log.warn(`${what} cannot be written`, { why: String(error) });
        throw new Failure('STORE_FULL', what.split(' ', 1)[0]);
      }
    },
  };
}
