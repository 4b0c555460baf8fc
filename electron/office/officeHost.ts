import { rmSync } from 'node:fs';
import type { Store } from '../redis/store.ts';
import {
  keepDemo,
  newDemoFolder,
  removeAbandonedDemos,
  type DemoCache,
  type DemoFacts,
} from './demoFolder.ts';
import { openOffice, type Office, type OfficeOptions, type OfficeState } from './office.ts';

/** The office on screen: the person's own, or a demo office in its place. */
export interface OfficeHost {
  readonly folder: string;
  readonly isDemo: boolean;
  /** How to sign in, once the demo office is there. */
  readonly demo: DemoFacts | null;
  state(): OfficeState;
  /** @throws Failure STORE_UNAVAILABLE while there is no engine */
  store(): Store;
  refresh(): Promise<void>;
  /** Opens the person's own office. */
  open(folder: string): Promise<void>;
  /** See Office. */
  reopen(): Promise<void>;
  /** Closes what is open and opens a demo office in a folder that goes away with the program. */
  openDemo(): Promise<void>;
  close(): Promise<void>;
}

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
  #wasOpen = false;
  /** The one folder that is ever deleted: the demo office's of this run. */
  #throwAway: string | null = null;
  readonly #options: HostOptions;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  get isDemo(): boolean {
    return this.#throwAway !== null && this.folder === this.#throwAway;
  }

  state(): OfficeState {
    const state = this.#office?.state() ?? { state: 'starting' };
    return this.#isPreparing && state.state === 'open' ? { state: 'starting' } : state;
  }

  store(): Store {
    return this.#opened().store();
  }

  async refresh(): Promise<void> {
    await this.#opened().refresh();
  }

  async open(folder: string): Promise<void> {
    await this.close();
    this.demo = null;
    await this.#start(folder);
  }

  async #start(folder: string): Promise<void> {
    this.folder = folder;
    this.#office = openOffice({ ...this.#options, folder, onChange: () => this.#changed() });
    await this.#office.started;
  }

  async reopen(): Promise<void> {
    // A demo office that was never filled would be an empty one.
    if (this.isDemo && !this.demo && this.state().state === 'trouble') await this.openDemo();
    else await this.#opened().reopen();
  }

  async openDemo(): Promise<void> {
    this.#isPreparing = true;
    await this.close();
    removeAbandonedDemos();
    const cache = this.#options.demoCache();
    const { folder, facts } = newDemoFolder(cache);
    this.#throwAway = folder;
    await this.#start(folder);
    try {
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

  async close(): Promise<void> {
    await this.#office?.close();
    this.#office = null;
    this.#wasOpen = false;
    if (this.#throwAway !== null) rmSync(this.#throwAway, { recursive: true, force: true });
    this.#throwAway = null;
  }

  #opened(): Office {
    if (!this.#office) throw new Error('no office was opened');
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
