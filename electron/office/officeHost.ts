import { rmSync } from 'node:fs';
import { Failure } from '../contract/failure.ts';
import type { Damage, EngineTrouble } from '../redis/engine.ts';
import type { Store } from '../redis/store.ts';
import type { Space } from '../places/space.ts';
import { makeBackup, type BackupRequest } from './backups/makeBackup.ts';
import {
  keepDemo,
  newDemoFolder,
  removeAbandonedDemos,
  type DemoCache,
  type DemoFacts,
} from './demoFolder.ts';
import { openOffice, type EngineReport, type Office, type OfficeOptions } from './office.ts';
import { settlePlace } from './officePlace.ts';
import type { OfficeState } from './officeState.ts';
import { asTrouble } from './officeTrouble.ts';
import { officeNumber } from './openStore.ts';
import { mayOpenCopy, newReadOnlyCopy, removeAbandonedCopies } from './readOnlyCopy.ts';

/** No office is open: one is being chosen. */
export type HostState = OfficeState | { readonly state: 'none' };

/** The office on screen: one of the person's own, a demo office, or none. */
export interface OfficeHost {
  readonly folder: string;
  readonly isDemo: boolean;
  /** Whether what is open is a copy of the office in `folder`, which does not open itself; see `openReadOnlyCopy`. */
  readonly isReadOnlyCopy: boolean;
  /** What such a copy lacks of what was saved; null when nothing. */
  readonly lossOfCopy: Damage | null;
  /** How to sign in, once the demo office is there. */
  readonly demo: DemoFacts | null;
  state(): HostState;
  /** @throws Failure STORE_UNAVAILABLE while there is no engine */
  store(): Store;
  /** For calls of people: see Office. @throws Failure STORE_UNAVAILABLE while no office is open */
  patientStore(): Store;
  /** Room on the volume of the office that is open. */
  space(): Space;
  /** See Office. */
  isReadOnly(): boolean;
  /** See Office. */
  isDiskFull(): Promise<boolean>;
  /** See Office. */
  engineReport(): Promise<EngineReport>;
  refresh(): Promise<void>;
  /** Closes what is open and opens one of the person's own offices. `isKnown`: see OfficeOptions. */
  open(folder: string, isKnown?: boolean): Promise<void>;
  /** See Office. */
  reopen(how?: { repairs: boolean }): Promise<void>;
  /** Whether `openReadOnlyCopy` may be tried now. */
  mayOpenCopy(): boolean;
  /**
   * Opens a copy of what can be read of an office in trouble. The office itself is left as it is, and nothing can be written;
   * the copy is gone when it is closed.
   * @throws Failure CONFLICT, STORE_FULL, NO_OFFICE; then things are as they were
   */
  openReadOnlyCopy(): Promise<void>;
  /** Closes what is open and opens a demo office in a folder that goes away with the program. */
  openDemo(): Promise<void>;
  /** See makeBackup. @throws Failure STORE_UNAVAILABLE while no office is open */
  backUp(why: BackupOrder): Promise<string>;
  /** Leaves no office open. A demo office is gone with that. */
  close(): Promise<void>;
}

export type BackupOrder = Pick<BackupRequest, 'appVersion' | 'reason' | 'place' | 'key'>;

export interface HostOptions extends Omit<OfficeOptions, 'folder'> {
  /** Answered only when needed: it reads the whole program. */
  readonly demoCache: () => DemoCache;
  /** Fills an empty store. */
  readonly createDemo: (store: Store) => Promise<DemoFacts>;
  /** Called each time a store has become usable. */
  readonly onOpen: (store: Store, folder: string) => void;
}

class Host implements OfficeHost {
  folder = '';
  demo: DemoFacts | null = null;
  #office: Office | null = null;
  #isPreparing = false;
  /** Why the office in `folder` could not even be begun. */
  #unbegun: { readonly trouble: EngineTrouble; readonly isKnown: boolean } | null = null;
  #wasOpen = false;
  /** The only folders that are ever deleted: the demo office's of this run, and a copy's. */
  #throwAway: string | null = null;
  #copy: { readonly folder: string; readonly damage: Damage | null } | null = null;
  readonly #options: HostOptions;

  constructor(options: HostOptions) {
    this.#options = options;
    removeAbandonedCopies();
  }

  get isReadOnlyCopy(): boolean {
    return this.#copy !== null;
  }

  get lossOfCopy(): Damage | null {
    return this.#copy?.damage ?? null;
  }

  get isDemo(): boolean {
    return this.#throwAway !== null && this.folder === this.#throwAway;
  }

  state(): HostState {
    if (this.#unbegun) return { state: 'trouble', trouble: this.#unbegun.trouble };
    const state = this.#office?.state();
    if (this.#isPreparing) return state?.state === 'trouble' ? state : { state: 'starting' };
    return state ?? { state: 'none' };
  }

  store(): Store {
    return this.#opened().store();
  }

  patientStore(): Store {
    return this.#opened().patientStore;
  }

  space(): Space {
    return this.#office?.space() ?? { level: 'ample', freeBytes: null, volume: '' };
  }

  isReadOnly(): boolean {
    return this.#office?.isReadOnly() ?? false;
  }

  async isDiskFull(): Promise<boolean> {
    return (await this.#office?.isDiskFull()) ?? false;
  }

  async engineReport(): Promise<EngineReport> {
    return this.#opened().engineReport();
  }

  async refresh(): Promise<void> {
    await this.#opened().refresh();
  }

  async open(folder: string, isKnown = false): Promise<void> {
    this.#isPreparing = true;
    this.#changed();
    try {
      await this.#end();
      this.folder = folder;
      const kept = await settlePlace(folder, isKnown, this.#options);
      if (kept !== null) this.#options.log.info('office restored', { folder, kept });
    } catch (error) {
      const trouble = asTrouble(error, folder);
      this.#options.log.error('office could not be begun', { reason: trouble.reason, why: trouble.log });
      this.#unbegun = { trouble, isKnown };
    } finally {
      this.#isPreparing = false;
    }
    if (this.#unbegun) this.#changed();
    else await this.#start(folder, isKnown);
  }

  async #start(folder: string, isKnown: boolean): Promise<void> {
    this.folder = folder;
    await this.#begin({ folder, isKnown });
  }

  async #begin(which: Pick<OfficeOptions, 'folder' | 'isKnown' | 'isReadOnlyCopy'>): Promise<void> {
    this.#office = openOffice({ ...this.#options, ...which, onChange: () => this.#changed() });
    await this.#office.started;
  }

  async reopen(how?: { repairs: boolean }): Promise<void> {
    // A demo office that was never filled would be an empty one.
    if (this.#unbegun) await this.open(this.folder, this.#unbegun.isKnown);
    else if (this.isDemo && !this.demo && this.state().state === 'trouble') await this.openDemo();
    else await this.#opened().reopen(how);
  }

  mayOpenCopy(): boolean {
    const state = this.state();
    return state.state === 'trouble' && !this.isReadOnlyCopy && mayOpenCopy(state.trouble, this.folder);
  }

  async openReadOnlyCopy(): Promise<void> {
    const trouble = this.state();
    if (trouble.state !== 'trouble' || !this.mayOpenCopy()) throw new Failure('CONFLICT', 'copy');
    const { folder } = this;
    this.#isPreparing = true;
    try {
      const copy = await newReadOnlyCopy(folder);
      await this.#end();
      this.#copy = { folder: copy, damage: trouble.trouble.damage };
      this.folder = folder;
      await this.#begin({ folder: copy, isReadOnlyCopy: true });
    } finally {
      this.#isPreparing = false;
    }
    this.#changed();
    const state = this.state();
    if (state.state === 'open' && state.exists) return;
    await this.open(folder);
    throw new Failure('NO_OFFICE', 'copy');
  }

  async openDemo(): Promise<void> {
    this.#isPreparing = true;
    this.#changed();
    try {
      await this.#end();
      removeAbandonedDemos();
      const cache = this.#options.demoCache();
      const { folder, facts } = newDemoFolder(cache);
      this.#throwAway = folder;
      await this.#start(folder, false);
      if (this.state().state !== 'trouble') this.demo = facts ?? (await this.#makeDemo(cache));
    } finally {
      this.#isPreparing = false;
      this.#changed();
    }
  }

  async #makeDemo(cache: DemoCache): Promise<DemoFacts> {
    const began = performance.now();
    const office = this.#opened();
    const facts = await this.#options.createDemo(office.store());
    await office.compact();
    keepDemo(cache, this.folder, facts);
    await office.refresh();
    this.#options.log.info('demo office made', { ms: Math.round(performance.now() - began) });
    return facts;
  }

  async backUp(why: BackupOrder): Promise<string> {
    const state = this.state();
    if (state.state !== 'open') throw new Failure('STORE_UNAVAILABLE', state.state);
    if (this.isReadOnlyCopy) throw new Failure('NOT_ALLOWED', 'copy');
    const { name, zone } = state;
    return makeBackup({
      ...this.#options,
      ...why,
      folder: this.folder,
      endpoint: this.#opened().endpoint(),
      office: { number: officeNumber, name, zone },
    });
  }

  async close(): Promise<void> {
    this.#isPreparing = true;
    this.#changed();
    try {
      await this.#end();
    } finally {
      this.#isPreparing = false;
      this.#changed();
    }
  }

  async #end(): Promise<void> {
    const office = this.#office;
    this.#office = null;
    this.#unbegun = null;
    await office?.close();
    this.#wasOpen = false;
    this.folder = '';
    this.demo = null;
    for (const gone of [this.#throwAway, this.#copy?.folder])
      if (gone) rmSync(gone, { recursive: true, force: true });
    this.#throwAway = null;
    this.#copy = null;
  }

  #opened(): Office {
    if (!this.#office) throw new Failure('STORE_UNAVAILABLE', 'none');
    return this.#office;
  }

  #changed(): void {
    const isOpen = this.state().state === 'open';
    if (isOpen && !this.#wasOpen) this.#options.onOpen(this.store(), this.folder);
    this.#wasOpen = isOpen;
    this.#options.onChange();
  }
}

export const createOfficeHost = (options: HostOptions): OfficeHost => new Host(options);
