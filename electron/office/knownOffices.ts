import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { officeColour } from '../contract/office.ts';
import type { Log } from '../log.ts';
import { settingsFile } from '../settingsFile.ts';

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
  /** The one opened last first; null when there is no list yet. Everything throws Failure STORE_UNAVAILABLE while it cannot be read. */
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

export function createKnownOffices(file: string, log: Log): KnownOffices {
  const nothing: Content = { offices: [], newFolder: null };

  const stored = settingsFile(file, content, 'list of offices', log);
  const readAny = (): Content => stored.read() ?? nothing;

  return {
    list: () => stored.read()?.offices.toSorted(latestFirst) ?? null,
    newFolder: () => readAny().newFolder,
    setNewFolder(folder) {
      stored.write({ ...readAny(), newFolder: folder });
    },
    remember(known) {
      const { offices, newFolder } = readAny();
      stored.write({
        offices: [...offices.filter(({ folder }) => folder !== known.folder), known],
        newFolder: newFolder === known.folder ? null : newFolder,
      });
    },
    forget(gone) {
      const before = readAny();
      const offices = before.offices.filter(({ folder }) => folder !== gone);
      if (offices.length < before.offices.length) stored.write({ ...before, offices });
    },
  };
}
