import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { officeColour } from '../contract/office.ts';
import type { Log } from '../log.ts';

const entry = z.object({
  folder: z.string(),
  name: z.string(),
  colour: officeColour,
  openedAt: z.iso.datetime().nullable(),
});
export type KnownEntry = z.infer<typeof entry>;

const content = z.object({
  offices: z.array(entry),
  /** Folder opened for a new office that was not created yet: the next new office takes it again. */
  newFolder: z.string().nullable(),
});
type Content = z.infer<typeof content>;

/** The offices this computer has opened, in a file of the program's settings; their data know nothing of it. */
export interface KnownOffices {
  /** The one opened last first; null when there is no list yet. */
  list(): readonly KnownEntry[] | null;
  newFolder(): string | null;
  setNewFolder(folder: string): void;
  /** Puts an office on the list, in place of what was said of its folder before. */
  remember(known: KnownEntry): void;
  /** Takes an office off the list; its folder stays as it is. */
  forget(folder: string): void;
}

/** What stands for a folder where the folder itself must not be named. */
export const idOfFolder = (folder: string): string =>
  createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 12);

const latestFirst = (one: KnownEntry, other: KnownEntry): number =>
  (other.openedAt ?? '').localeCompare(one.openedAt ?? '');

/** The file is read anew each time: two programs may keep the same list. */
export function createKnownOffices(file: string, log: Log): KnownOffices {
  const nothing: Content = { offices: [], newFolder: null };

  /** What cannot be read is kept beside the list, for whoever wants to look at it, and the program goes on. */
  const setAside = (why: unknown): void => {
    log.warn('list of offices cannot be read and was set aside', { why: String(why).slice(0, 300) });
    try {
      renameSync(file, `${file}.damaged`);
    } catch (error) {
      log.warn('damaged list of offices stays where it is', { why: String(error) });
    }
  };

  const read = (): Content | null => {
    if (!existsSync(file)) return null;
    try {
      return content.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      setAside(error);
      return null;
    }
  };
  const readAny = (): Content => read() ?? nothing;

  const write = (next: Content): void => {
    const temporary = `${file}.${String(process.pid)}.tmp`;
    try {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(temporary, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600, flush: true });
      renameSync(temporary, file);
    } catch (error) {
      log.warn('list of offices cannot be written', { why: String(error) });
      throw new Failure('STORE_FULL', 'list');
    }
  };

  return {
    list: () => read()?.offices.toSorted(latestFirst) ?? null,
    newFolder: () => readAny().newFolder,
    setNewFolder(folder) {
      write({ ...readAny(), newFolder: folder });
    },
    remember(known) {
      const { offices, newFolder } = readAny();
      write({
        offices: [...offices.filter(({ folder }) => folder !== known.folder), known],
        newFolder: newFolder === known.folder ? null : newFolder,
      });
    },
    forget(gone) {
      const before = readAny();
      const offices = before.offices.filter(({ folder }) => folder !== gone);
      if (offices.length < before.offices.length) write({ ...before, offices });
    },
  };
}
