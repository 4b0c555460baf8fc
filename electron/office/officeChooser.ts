import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../contract/failure.ts';
import type { KnownOffice } from '../contract/offices.ts';
import type { Log } from '../log.ts';
import { createKnownOffices, idOfFolder, type KnownEntry } from './knownOffices.ts';
import { isOfOffice, Looks } from './holdsOffice.ts';
import type { OfficeHost } from './officeHost.ts';

/** Which office the program has open, and which others it knows. One change at a time. */
export interface OfficeChooser {
  list(): Promise<KnownOffice[]>;
  /** How many it knows, without a look at them; none while the list cannot be read. */
  count(): number;
  /** At the start: the folder asked for, else the only office there is, else the first run or the list. */
  start(folder: string | null): Promise<void>;
  /** @throws Failure NOT_FOUND, NO_OFFICE */
  open(id: string): Promise<void>;
  /** @throws Failure NO_OFFICE when no office is in the folder */
  openFolder(folder: string): Promise<void>;
  /** Closes what is open and opens a folder anew, in which an office was restored. */
  openRestored(folder: string): Promise<void>;
  /** A folder of the program that nothing has yet. */
  unusedFolder(): string;
  /** Opens a folder for an office that is still to be created. */
  openNew(): Promise<void>;
  openDemo(): Promise<void>;
  /** See OfficeHost. */
  openReadOnlyCopy(): Promise<void>;
  /** From the copy back to the office itself, and its trouble. */
  closeReadOnlyCopy(): Promise<void>;
  /** Closes the office and leads to the list, or to the first run when no office was ever known. */
  leave(): Promise<void>;
  /** @throws Failure NOT_FOUND */
  remove(id: string): void;
  /** To be called after every change of the office: an office that is open is put on the list. */
  noticed(): void;
}

export interface ChooserOptions {
  readonly office: () => OfficeHost;
  /** The program's own folder: the list lies here, and the offices that were given no other place. */
  readonly settingsFolder: string;
  /** Called before an office is closed for another: nobody stays signed in. */
  readonly signEveryoneOut: () => void;
  /** Whether offices that are opened are put on the list; pictures leave no trace. */
  readonly remembers: boolean;
  readonly log: Log;
}

class Chooser implements OfficeChooser {
  readonly #options: ChooserOptions;
  readonly #known;
  readonly #usual: string;
  readonly #looks = new Looks();
  #last: Promise<void> = Promise.resolve();
  /** What was written to the list last, so that it is written only when that changes. */
  #noted = '';
  /** Folders seen without an office in them: nobody created one yet. */
  readonly #empty = new Set<string>();

  constructor(options: ChooserOptions) {
    this.#options = options;
    this.#usual = path.join(options.settingsFolder, 'office');
    this.#known = createKnownOffices(path.join(options.settingsFolder, 'offices.json'), options.log);
  }

  async list(): Promise<KnownOffice[]> {
    return Promise.all(
      this.#entries().map(async (entry) => ({
        ...entry,
        id: idOfFolder(entry.folder),
        isThere: await this.#isThere(entry),
      })),
    );
  }

  count(): number {
    try {
      return this.#entries().length;
    } catch {
      return 0;
    }
  }

  async start(folder: string | null): Promise<void> {
    if (folder !== null) return this.#move((office) => this.#openIn(office, path.resolve(folder)));
    let known: readonly KnownEntry[];
    try {
      known = this.#entries();
    } catch {
      // Asked for it, the list says what is wrong.
      return this.#move((office) => office.close());
    }
    const [first, ...others] = known;
    if (first && others.length === 0 && (await this.#isThere(first)))
      return this.#move((office) => this.#openIn(office, first.folder));
    return this.leave();
  }

  open(id: string): Promise<void> {
    const entry = this.#entry(id);
    const needFolder = async (): Promise<void> => {
      if (!(await this.#isThere(entry))) throw new Failure('NO_OFFICE', 'missing');
    };
    return this.#move((office) => this.#openIn(office, entry.folder), needFolder);
  }

  openFolder(chosen: string): Promise<void> {
    const folder = this.#officeIn(path.resolve(chosen));
    if (folder === null) throw new Failure('NO_OFFICE', 'folder');
    return this.#move((office) => this.#openIn(office, folder));
  }

  openRestored(folder: string): Promise<void> {
    return this.#move((office) => office.open(folder));
  }

  openNew(): Promise<void> {
    const folder = this.#known.newFolder() ?? this.unusedFolder();
    this.#known.setNewFolder(folder);
    return this.#move((office) => this.#openIn(office, folder));
  }

  openDemo(): Promise<void> {
    return this.#move((office) => office.openDemo());
  }

  openReadOnlyCopy(): Promise<void> {
    return this.#move((office) => office.openReadOnlyCopy());
  }

  closeReadOnlyCopy(): Promise<void> {
    return this.#move(async (office) => {
      if (office.isReadOnlyCopy) await this.#openIn(office, office.folder);
    });
  }

  leave(): Promise<void> {
    if (this.#entries().length === 0 && this.#known.list() === null)
      return this.#move((office) => this.#openIn(office, this.#usual));
    return this.#move((office) => office.close());
  }

  remove(id: string): void {
    const { folder } = this.#entry(id);
    this.#beginList();
    this.#known.forget(folder);
  }

  noticed(): void {
    const office = this.#options.office();
    const state = office.state();
    if (state.state !== 'open' || office.isDemo || office.isReadOnlyCopy) {
      if (state.state === 'none') this.#noted = '';
      return;
    }
    const { exists, name, colour } = state;
    if (!exists) {
      this.#empty.add(office.folder);
      return;
    }
    this.#empty.delete(office.folder);
    const note = JSON.stringify([office.folder, name, colour]);
    if (note === this.#noted || !this.#options.remembers) return;
    this.#noted = note;
    this.#remember({ folder: office.folder, name, colour, openedAt: new Date().toISOString() });
  }

  /** What is known without being on a list comes with the first that is written. */
  #beginList(): void {
    if (this.#known.list() === null) for (const known of this.#entries()) this.#known.remember(known);
  }

  #remember(entry: KnownEntry): void {
    try {
      this.#beginList();
      this.#known.remember(entry);
    } catch {
      // The office is open all the same; why it could not be written is in the log.
    }
  }

  /** Without a list, an office in the usual folder is known all the same: lists are younger than offices. */
  #entries(): readonly KnownEntry[] {
    const listed = this.#known.list();
    if (listed) return listed;
    if (!isOfOffice(this.#usual) || this.#empty.has(this.#usual)) return [];
    return [{ folder: this.#usual, name: '', colour: 'blue', openedAt: null }];
  }

  /**
   * Whether an office of the list can be opened. What is in its folder does not matter then: opening says which data are
   * missing, offers the backups, and finishes a restore that was cut off. One without a name may never have been created,
   * and would be made anew where nothing is left of it.
   */
  async #isThere({ folder, name }: KnownEntry): Promise<boolean> {
    return (await this.#looks.isThere(folder)) && (name !== '' || isOfOffice(folder));
  }

  /** The office's folder when the person pointed at it, or at the data inside it. */
  #officeIn(chosen: string): string | null {
    const isOffice = (folder: string): boolean => this.#isKnown(folder, false) || isOfOffice(folder);
    if (isOffice(chosen)) return chosen;
    const above = path.dirname(chosen);
    return path.basename(chosen) === 'data' && isOffice(above) ? above : null;
  }

  /** Where an office that was created is not found, it is missing, and none is made in its place. */
  #openIn(office: OfficeHost, folder: string): Promise<void> {
    // Where the list cannot be asked, making an office anew would be the worse mistake.
    return office.open(folder, this.#isKnown(folder, true));
  }

  /**
   * Whether an office in a folder is on the list by a name: it was created.
   * @param otherwise the answer while the list cannot be read
   */
  #isKnown(folder: string, otherwise: boolean): boolean {
    try {
      return this.#entries().some((entry) => entry.folder === folder && entry.name !== '');
    } catch {
      return otherwise;
    }
  }

  #entry(id: string): KnownEntry {
    const found = this.#entries().find(({ folder }) => idOfFolder(folder) === id);
    if (!found) throw new Failure('NOT_FOUND', 'office');
    return found;
  }

  unusedFolder(): string {
    for (let number = 2; ; number += 1) {
      const folder = `${this.#usual}-${String(number)}`;
      if (!existsSync(folder)) return folder;
    }
  }

  /** @param look when it fails, everything stays as it is */
  #move(step: (office: OfficeHost) => Promise<void>, look?: () => Promise<void>): Promise<void> {
    const moved = this.#last.then(async () => {
      await look?.();
      this.#options.signEveryoneOut();
      return step(this.#options.office());
    });
    // A step that failed does not stand in the way of the next.
    this.#last = moved.catch(() => undefined);
    return moved;
  }
}

export const createOfficeChooser = (options: ChooserOptions): OfficeChooser => new Chooser(options);
