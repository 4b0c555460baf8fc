import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../contract/failure.ts';
import type { Endpoint } from '../redis/connection.ts';
import { EngineTrouble } from '../redis/engine.ts';
import type { Store } from '../redis/store.ts';
import { officeFacts, openStore, type OfficeFacts, type OpenStore, type StoreOptions } from './openStore.ts';

export type OfficeState =
  | { readonly state: 'starting' }
  | { readonly state: 'trouble'; readonly trouble: EngineTrouble }
  | ({ readonly state: 'open' } & OfficeFacts);

/** The one office this program has open, through engine crashes and restarts. */
export interface Office {
  /** Holds `data` (the engine's) and `journal` (its sealed segments). */
  readonly folder: string;
  state(): OfficeState;
  /** @throws Failure STORE_UNAVAILABLE while there is no engine */
  store(): Store;
  /** Where the engine answers, for a backup. @throws Failure STORE_UNAVAILABLE while there is no engine */
  endpoint(): Endpoint;
  /** Asks again what the office says of itself; for whoever has just created it. */
  refresh(): Promise<void>;
  /** Starts the engine again when it is in trouble; resolves when that is over, well or badly. */
  reopen(): Promise<void>;
  /** See OpenStore. */
  compact(): Promise<void>;
  /** Resolves when starting is over, well or badly. */
  readonly started: Promise<void>;
  close(): Promise<void>;
}

export type OfficeOptions = Omit<StoreOptions, 'dataFolder'> & {
  readonly folder: string;
  /** Called after every change of `state`. */
  readonly onChange: () => void;
};

/** Waits before an engine that ended by itself is started again; after the last one the trouble stays. */
const restartAfterMs = [500, 2_000, 8_000];
/** An engine that ran this long was well; its end is a new trouble, not the old one again. */
const wellAfterMs = 60_000;

const asTrouble = (error: unknown, folder: string): EngineTrouble =>
  error instanceof EngineTrouble ? error : new EngineTrouble('unstartable', folder, String(error));

const factsOf = ({ reason, path: concerned, log }: EngineTrouble) => ({
  reason,
  path: concerned,
  said: log.slice(0, 1_000),
});

/** Starts opening at once and answers at once; `state` tells how far it is. */
export function openOffice(options: OfficeOptions): Office {
  const { log, folder } = options;
  const dataFolder = path.join(folder, 'data');
  let state: OfficeState = { state: 'starting' };
  let open: OpenStore | null = null;
  let isClosing = false;
  let isStarting = false;
  let restarts = 0;

  const become = (next: OfficeState): void => {
    state = next;
    if (next.state === 'trouble') log.error('engine trouble', factsOf(next.trouble));
    options.onChange();
  };

  const start = async (): Promise<void> => {
    const began = performance.now();
    isStarting = true;
    try {
      const opened = await openStore({ ...options, dataFolder });
      open = opened;
      log.info('office open', { ms: Math.round(performance.now() - began), pid: opened.engine.pid, folder });
      isStarting = false;
      void watch(opened, Date.now());
      become({ state: 'open', ...opened.facts });
    } catch (error) {
      isStarting = false;
      become({ state: 'trouble', trouble: asTrouble(error, dataFolder) });
    }
  };

  const watch = async (opened: OpenStore, since: number): Promise<void> => {
    await opened.engine.ended;
    if (isClosing) return;
    open = null;
    const lines = opened.engine.lastLines();
    await opened.close();
    become({ state: 'trouble', trouble: new EngineTrouble('stopped', dataFolder, lines) });
    if (Date.now() - since > wellAfterMs) restarts = 0;
    const waitMs = restartAfterMs[restarts];
    restarts += 1;
    if (waitMs === undefined) return;
    await pause(waitMs);
    // Somebody may have asked for it meanwhile.
    if (!isClosing && !isStarting && state.state === 'trouble') started = start();
    await started;
  };

  let started = start();
  return {
    folder,
    started,
    state: () => state,
    store() {
      if (!open) throw new Failure('STORE_UNAVAILABLE', state.state);
      return open.store;
    },
    endpoint() {
      if (!open) throw new Failure('STORE_UNAVAILABLE', state.state);
      return open.engine.endpoint;
    },
    async refresh() {
      if (open) become({ state: 'open', ...(await officeFacts(open.store, dataFolder)) });
    },
    async reopen() {
      if (!isClosing && !isStarting && state.state === 'trouble') {
        restarts = 0;
        become({ state: 'starting' });
        started = start();
      }
      await started;
    },
    async compact() {
      await open?.compact();
    },
    async close() {
      isClosing = true;
      await started;
      await open?.close();
      open = null;
    },
  };
}
