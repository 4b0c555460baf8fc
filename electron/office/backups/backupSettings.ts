import path from 'node:path';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import { settingsFile, type SettingsFile } from '../../settingsFile.ts';
import { holdsOffice } from '../holdsOffice.ts';

const passphraseKey = z.strictObject({
  ...{ n: z.int(), r: z.int(), p: z.int() },
  salt: z.string(),
  key: z.string(),
});
const ofOffice = z.object({
  folder: z.string().nullable(),
  key: passphraseKey.nullable(),
  /** Settings were lost, and nobody has said yet whether backups are encrypted. */
  isUndecided: z.boolean().optional(),
});
const content = z.object({
  /** By the office's folder. Without an entry backups lie in the office's folder and are not encrypted. */
  offices: z.record(z.string(), ofOffice),
  /** Which office was last open in a folder: its id, which is in its data and in every backup of it. */
  ids: z.record(z.string(), z.string()).default({}),
});
type Content = z.infer<typeof content>;
export type OfficeSettings = z.infer<typeof ofOffice>;

/** An office: where it lies, and its id where that is known. */
export interface WhichOffice {
  readonly folder: string;
  readonly id: string | null;
}

const usual: OfficeSettings = { folder: null, key: null };

/** Where backups of the offices on this computer lie, and the keys that encrypt them; a file of the program's settings. */
export class BackupSettings {
  readonly #file: SettingsFile<Content>;

  constructor(settingsFolder: string, log: Log) {
    const file = path.join(settingsFolder, 'backups.json');
    this.#file = settingsFile(file, content, 'backups settings', log);
  }

  #read(): Content {
    return this.#file.read() ?? { offices: {}, ids: {} };
  }

  /** The id of the office that was last open in a folder; null when none was. */
  idAt(folder: string): string | null {
    return this.#read().ids[folder] ?? null;
  }

  of(office: WhichOffice): OfficeSettings {
    return entryOf(this.#read(), office) ?? usual;
  }

  /**
   * Whether settings of backups were found damaged and nobody has said since whether those of this office are encrypted. They
   * may have been: to go on without would give away what somebody meant to protect.
   */
  areLost(office: WhichOffice): boolean {
    const entry = entryOf(this.#read(), office);
    return entry ? (entry.isUndecided ?? false) : this.#file.wasSetAside();
  }

  /** @throws Failure STORE_FULL */
  change(office: WhichOffice, change: Partial<OfficeSettings>): void {
    const known = noted(this.#read(), office);
    const { isUndecided: _before, ...settings } = this.of(office);
    const isUndecided = change.key === undefined && this.areLost(office);
    const next = { ...settings, ...change, ...(isUndecided && { isUndecided }) };
    this.#file.write({ ...known, offices: { ...known.offices, [office.folder]: next } });
  }

  /** Remembers which office is in a folder: its settings follow it when the folder is moved. @throws Failure STORE_FULL */
  note(office: WhichOffice): void {
    const known = this.#read();
    if (known.ids[office.folder] !== office.id) this.#file.write(noted(known, office));
  }
}

/** In place of a folder, before the id of an office that was moved. */
const parked = 'moved:';

/** Where the settings of an office stand: at its folder, or still at the one it was moved from. */
function placeOf({ offices, ids }: Content, { folder, id }: WhichOffice): string | null {
  const noted = ids[folder];
  if (offices[folder] && (id === null || noted === undefined || noted === id)) return folder;
  if (id === null) return null;
  const isLeft = (place: string): boolean => ids[place] === id && offices[place] !== undefined;
  // A copy of an office is another one: it has settings of its own, so that the two do not mix.
  return Object.keys(ids).find((place) => place !== folder && isLeft(place) && !holdsOffice(place)) ?? null;
}

const entryOf = (known: Content, office: WhichOffice): OfficeSettings | undefined =>
  known.offices[placeOf(known, office) ?? ''];

/** With the office at its folder; what stood there of another one is put where no folder is, until that one is found again. */
function noted(known: Content, office: WhichOffice): Content {
  const { folder, id } = office;
  if (id === null) return known;
  const from = placeOf(known, office);
  const own = entryOf(known, office);
  const offices = { ...known.offices };
  const ids = { ...known.ids, [folder]: id };
  const before = known.ids[folder];
  if (before !== undefined && before !== id && offices[folder]) {
    offices[`${parked}${before}`] = offices[folder];
    ids[`${parked}${before}`] = before;
    delete offices[folder];
  }
  if (own) offices[folder] = own;
  // A folder that is not there now may be on a drive that comes back: its settings stay, or its backups would be open to all.
  if (from?.startsWith(parked) === true) {
    delete offices[from];
    delete ids[from];
  }
  return { offices, ids };
}
