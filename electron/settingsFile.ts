import { existsSync, readFileSync, renameSync } from 'node:fs';
import type { z } from 'zod';
import { Failure } from './contract/failure.ts';
import { replaceFile } from './durably.ts';
import type { Log } from './log.ts';

/** A small JSON file of the program's settings. It is read anew each time: two programs may keep the same one. */
export interface SettingsFile<T> {
  /**
   * Null when there is none, or none that makes sense, which is set aside.
   * @throws Failure STORE_UNAVAILABLE settings: it cannot be read at the moment, and what it says is not known
   */
  read(): T | null;
  /** Whether one that made no sense was set aside, now or earlier. */
  wasSetAside(): boolean;
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
  const aside = `${file}.damaged`;
  /** What makes no sense is kept beside it, for whoever wants to look at it, and the program goes on. */
  const setAside = (why: unknown): void => {
    log.warn(`${what} cannot be read and was set aside`, { why: String(why).slice(0, 300) });
    try {
      renameSync(file, aside);
    } catch (error) {
      log.warn(`damaged ${what} stays where it is`, { why: String(error) });
    }
  };
  /** A drive that fails, or another program that holds the file for a moment, is no reason to begin anew. */
  const readIfThere = (): string | null => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'ENOENT' || code === 'ENOTDIR') return null;
      log.warn(`${what} cannot be read at the moment`, { why: String(error).slice(0, 300) });
      throw new Failure('STORE_UNAVAILABLE', 'settings');
    }
  };
  return {
    wasSetAside: () => existsSync(aside),
    read() {
      const text = readIfThere();
      if (text === null) return null;
      try {
        return content.parse(JSON.parse(text));
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
