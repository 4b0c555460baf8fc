import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../contract/failure.ts';
import { usualSpaceLimits, type Space, type SpaceLimits } from '../places/space.ts';
import type { Endpoint } from '../redis/connection.ts';
import { EngineTrouble } from '../redis/engine.ts';
import type { Store } from '../redis/store.ts';
import { officeFacts, type OfficeFacts } from './officeFacts.ts';
import { needGoodPlace } from './officePlace.ts';
import type { OfficeState } from './officeState.ts';
import { asTrouble, troubleFacts } from './officeTrouble.ts';
import type { OpenStore, StoreOptions } from './openStore.ts';
import { patientStore } from './patientStore.ts';
import { refuseWrites } from './readOnlyStore.ts';
import { mayPass, Restarts } from './restarts.ts';
import { mayBeForWantOfRoom, watchRoom, type Room } from './room.ts';
import { openUpgraded } from './upgrade/openUpgraded.ts';

export interface EngineReport {
  /** Redis's INFO. */
  readonly info: string;
  readonly lines: string;
}

/** The one office this program has open, through engine crashes and restarts. */
export interface Office {
  /** Holds `data` (the engine's) and `journal` (its sealed segments). */
  readonly folder: string;
  state(): OfficeState;
  /** Room on its volume. */
  space(): Space;
  /** Whether nothing can be written, for want of room or because it is a copy; the store refuses it then. */
  isReadOnly(): boolean;
  /** Whether its volume has no room to write, looked at anew. */
  isDiskFull(): Promise<boolean>;
  /** @throws Failure STORE_UNAVAILABLE while there is no engine */
  store(): Store;
  /** For calls of people: see patientStore. */
  readonly patientStore: Store;
  /** Where the engine answers, for a backup. @throws Failure STORE_UNAVAILABLE while there is no engine */
  endpoint(): Endpoint;
  /** Asks again what the office says of itself; for whoever has just created it. */
  refresh(): Promise<void>;
  /**
   * Starts the engine again when it is in trouble; resolves when that is over, well or badly.
   * @param how with `repairs` damaged data are opened without what is lost
   */
  reopen(how?: { repairs: boolean }): Promise<void>;
  /** See OpenStore. */
  compact(): Promise<void>;
  /** What the engine says of itself, and the last lines it wrote. @throws Failure STORE_UNAVAILABLE */
  engineReport(): Promise<EngineReport>;
  /** Resolves when starting is over, well or badly. */
  readonly started: Promise<void>;
  close(): Promise<void>;
}

export type OfficeOptions = Omit<StoreOptions, 'dataFolder'> & {
  readonly folder: string;
  /** Whether the list of offices has a name for it: then there is one, or it is missing. */
  readonly isKnown?: boolean;
  /** A copy of an office that does not open, to be read: whatever was lost, the rest is opened, and nothing is written. */
  readonly isReadOnlyCopy?: boolean;
  /** When people are warned, and when nothing is written any more. */
  readonly spaceLimits?: SpaceLimits;
  /** Called after every change of `state`, and when there is news of the room on its volume. */
  readonly onChange: () => void;
  /** Called when there is room to write again. */
  readonly onWritable?: () => void;
};

class OpenedOffice implements Office {
  readonly folder: string;
  readonly #options: OfficeOptions;
  readonly #dataFolder: string;
  readonly #room: Room;
  #state: OfficeState = { state: 'starting' };
  #open: OpenStore | null = null;
  /** What the office said of itself when its engine ended by itself; null unless that is to be got over. */
  #before: OfficeFacts | null = null;
  readonly patientStore: Store;
  /** Aborted when it is being closed. */
  readonly #closing = new AbortController();
  #isStarting = false;
  readonly #restarts = new Restarts();
  #started: Promise<void>;

  constructor(options: OfficeOptions) {
    const { folder, log, spaceLimits: limits = usualSpaceLimits } = options;
    this.#options = options;
    this.folder = folder;
    this.#dataFolder = path.join(folder, 'data');
    this.#room = watchRoom({ folder, limits, log, onChange: (isBack) => this.#hearOfRoom(isBack) });
    this.patientStore = patientStore({
      now: () => (this.#isRestarting() ? null : this.#opened().store),
    });
    this.#started = this.#start();
  }

  get started(): Promise<void> {
    return this.#started;
  }

  state(): OfficeState {
    return this.#state;
  }

  space(): Space {
    return this.#room.space();
  }

  isReadOnly(): boolean {
    return this.#refusal() !== null;
  }

  isDiskFull(): Promise<boolean> {
    return this.#room.look();
  }

  #refusal(): Failure | null {
    if (this.#options.isReadOnlyCopy) return new Failure('NOT_ALLOWED', 'copy');
    return this.#room.isFull() ? new Failure('STORE_FULL', 'disk') : null;
  }

  store(): Store {
    return this.#opened().store;
  }

  endpoint(): Endpoint {
    return this.#opened().engine.endpoint;
  }

  async engineReport(): Promise<EngineReport> {
    const { info, engine } = this.#opened();
    return { info: await info(), lines: engine.lastLines() };
  }

  #opened(): OpenStore {
    if (!this.#open) throw new Failure('STORE_UNAVAILABLE', this.#state.state);
    return this.#open;
  }

  async refresh(): Promise<void> {
    if (!this.#open) return;
    this.#become({ state: 'open', ...(await officeFacts(this.#open.store, this.#dataFolder)) });
  }

  async reopen(how?: { repairs: boolean }): Promise<void> {
    if (this.#mayStart()) {
      this.#restarts.reset();
      if (!this.#before) this.#become({ state: 'starting' });
      this.#started = this.#start(how?.repairs);
    }
    await this.#started;
  }

  async compact(): Promise<void> {
    await this.#open?.compact();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#room.close();
    await this.#started;
    await this.#open?.close();
    this.#open = null;
  }

  #become(next: OfficeState): void {
    this.#state = next;
    if (next.state === 'trouble') this.#options.log.error('engine trouble', troubleFacts(next.trouble));
    this.#options.onChange();
  }

  #openStore(repairs: boolean): Promise<OpenStore> {
    // A copy goes away when it is closed: there is nothing to tidy up for.
    const asCopy = { repairs: true, tolerableBytes: Infinity };
    return openUpgraded({
      ...{ ...this.#options, dataFolder: this.#dataFolder },
      ...(this.#options.isReadOnlyCopy ? asCopy : { repairs }),
      signal: this.#closing.signal,
      onProgress: (share) => this.#become({ state: 'starting', upgrading: share }),
    });
  }

  async #start(repairs = false): Promise<void> {
    const { folder } = this;
    const began = performance.now();
    this.#isStarting = true;
    try {
      await needGoodPlace(folder, this.#options.isKnown ?? false);
      await this.#room.begin();
      const opened = await this.#openStore(repairs);
      this.#open = { ...opened, store: refuseWrites(opened.store, () => this.#refusal()) };
      const ms = Math.round(performance.now() - began);
      this.#options.log.info('office open', { ms, pid: opened.engine.pid, folder });
      this.#isStarting = false;
      this.#before = null;
      void this.#watch(opened, performance.now());
      this.#become({ state: 'open', ...opened.facts });
    } catch (error) {
      const trouble = asTrouble(error, this.#dataFolder);
      // Known to be full, it is opened as soon as there is room.
      if (mayBeForWantOfRoom(trouble.reason)) await this.#room.look();
      this.#isStarting = false;
      const isPassing = this.#before !== null && mayPass(trouble.reason);
      if (isPassing) void this.#getOver(trouble, false);
      else this.#giveUp(trouble);
    }
  }

  #giveUp(trouble: EngineTrouble): void {
    this.#before = null;
    this.#become({ state: 'trouble', trouble });
  }

  async #watch(opened: OpenStore, since: number): Promise<void> {
    await opened.engine.ended;
    if (this.#closing.signal.aborted) return;
    this.#open = null;
    const lines = opened.engine.lastLines();
    const facts = this.#state.state === 'open' ? this.#state : opened.facts;
    this.#before = facts;
    this.#become({ ...facts, state: 'restarting' });
    await opened.close();
    this.#restarts.noteEnd(performance.now() - since);
    const isForWantOfRoom = await this.#room.endedEngine(lines);
    await this.#getOver(new EngineTrouble('stopped', this.#dataFolder, lines), isForWantOfRoom);
  }

  /** Starts the engine again after a while, unless that was tried often enough. */
  async #getOver(trouble: EngineTrouble, isForWantOfRoom: boolean): Promise<void> {
    const waitMs = this.#restarts.next(isForWantOfRoom);
    if (waitMs === null) {
      this.#giveUp(trouble);
      return;
    }
    this.#options.log.error('engine is started again', { ...troubleFacts(trouble), waitMs });
    await pause(waitMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    // Somebody may have asked for it meanwhile.
    this.#startAgain();
    await this.#started;
  }

  #isRestarting(): boolean {
    return this.#state.state === 'restarting' && !this.#closing.signal.aborted;
  }

  #mayStart(): boolean {
    const isAway = this.#state.state === 'trouble' || this.#isRestarting();
    return !this.#closing.signal.aborted && !this.#isStarting && isAway;
  }

  #startAgain(): void {
    if (this.#mayStart()) this.#started = this.#start();
  }

  #hearOfRoom(isBack: boolean): void {
    this.#options.onChange();
    if (!isBack) return;
    if (this.#open) this.#options.onWritable?.();
    else if (this.#state.state === 'trouble' && mayBeForWantOfRoom(this.#state.trouble.reason))
      this.#startAgain();
  }
}

/** Starts opening at once and answers at once; `state` tells how far it is. */
export const openOffice = (options: OfficeOptions): Office => new OpenedOffice(options);
