import os from 'node:os';
import type { Audience } from './audience.ts';
import { createRanker, createSealer } from './backgroundTasks.ts';
import { contract } from './contract/index.ts';
import type { Changed } from './contract/journal.ts';
import { createHandlers } from './handlers/index.ts';
import { handlerServices } from './handlerServices.ts';
import { createDiscarder, type Discarder } from './imports/discarder.ts';
import { createServe, type Serve } from './ipc/serve.ts';
import { createFeed, type Feed } from './journal/feed.ts';
import { usualLimits, type SealingLimits } from './journal/sealing.ts';
import type { Log } from './log.ts';
import type { DemoCache, DemoFacts } from './office/demoFolder.ts';
import { createBackups, type OfficeBackups } from './office/backups/officeBackups.ts';
import { isKnownState } from './office/officeState.ts';
import { createOfficeChooser, type OfficeChooser } from './office/officeChooser.ts';
import { createOfficeHost, type OfficeHost } from './office/officeHost.ts';
import type { ProgramPaths } from './paths.ts';
import type { SpaceLimits } from './places/space.ts';
import { transportHere } from './redis/address.ts';
import type { Store } from './redis/store.ts';
import { hashPassword } from './session/password.ts';
import { recheckSessions } from './session/recheck.ts';
import { createSessions, type Sessions } from './session/sessions.ts';
import type { Updates } from './updates/updates.ts';
import { officeUpdates, type UpdateParts } from './officeUpdates.ts';

export interface BackendOptions {
  readonly paths: Pick<ProgramPaths, 'launcher' | 'redisServer' | 'lua'> & {
    readonly importReader: string | URL;
  };
  /** The program's own folder: its list of offices, and offices that were given no other place. */
  readonly settingsFolder: string;
  /** Whether offices that are opened are put on the list. */
  readonly remembersOffices: boolean;
  readonly appVersion: string;
  readonly demoCache: () => DemoCache;
  readonly audience: Audience;
  readonly log: Log;
  /** What is needed to look for updates and to install them. */
  readonly updates: UpdateParts;
  readonly sealing?: SealingLimits;
  /** When people are warned of a full disk, and when nothing is written any more. */
  readonly spaceLimits?: SpaceLimits;
}

/** The program without its windows; it runs without Electron. */
export interface Backend {
  readonly office: OfficeHost;
  readonly offices: OfficeChooser;
  readonly sessions: Sessions;
  readonly updates: Updates;
  readonly backups: OfficeBackups;
  readonly serve: Serve;
  close(): Promise<void>;
}

/** No secret: it is shown beside the sign-in, and what it opens is made up. */
const demoPassword = 'demo-office';

async function createDemo(store: Store): Promise<DemoFacts> {
  // Loaded only when needed: the names it draws from are larger than the rest of the program.
  const { createDemoOffice } = await import('./demo/demoOffice.ts');
  const users = await createDemoOffice({ store, secret: await hashPassword(demoPassword) });
  return { users, password: demoPassword };
}

interface Parts {
  readonly sessions: Sessions;
  readonly feed: Feed;
  readonly discarder: Discarder;
  readonly seal: () => void;
  readonly rank: () => void;
  /** After every change of the office. */
  readonly noticed: () => void;
  readonly isReadOnlyCopy: () => boolean;
  /** The program ends; windows need not hear how its office goes. */
  readonly isEnding: () => boolean;
}

/** The engine that offices run on, and on which backups are proved. */
const engineFacts = ({ paths, log }: Pick<BackendOptions, 'paths' | 'log'>) => ({
  launcher: paths.launcher,
  redisServer: paths.redisServer,
  transport: transportHere(),
  maxMemoryBytes: os.totalmem() / 2,
  log,
});

function openHost(
  { paths, demoCache, audience, log, spaceLimits, appVersion }: BackendOptions,
  { feed, discarder, seal, rank, noticed, isReadOnlyCopy, isEnding }: Parts,
): OfficeHost {
  return createOfficeHost({
    ...engineFacts({ paths, log }),
    luaFolder: paths.lua,
    appVersion,
    demoCache,
    createDemo,
    ...(spaceLimits && { spaceLimits }),
    onWritable: () => {
      discarder.wake();
      seal();
      rank();
    },
    onChange: () => {
      if (isEnding()) return;
      noticed();
      audience.broadcast('officeStatus', {});
    },
    onOpen: () => {
      const prepare = async (): Promise<void> => {
        await feed.resume();
        if (isReadOnlyCopy()) return;
        discarder.wake();
        seal();
        rank();
      };
      prepare().catch((error: unknown) => {
        log.error('office could not be tidied up', { why: String(error) });
      });
    },
  });
}

/** Nothing is open yet: `offices.start` or `offices.openDemo` does that. */
export function createBackend(options: BackendOptions): Backend {
  const { audience, log, appVersion } = options;
  const sessions = createSessions();
  let isEnding = false;

  const endSession = (windowId: number): void => {
    sessions.end(windowId);
    audience.send(windowId, 'signedOut', {});
  };
  const tell = async (changed: Changed): Promise<void> => {
    if (changed.nouns.includes('office')) await office.refresh();
    if (changed.nouns.includes('user')) await recheckSessions(office.store(), sessions, endSession);
    audience.broadcast('changed', changed);
    if (changed.nouns.includes('import')) discarder.wake();
    seal();
    rank();
  };
  const feed = createFeed(() => office.store(), tell, log);
  const seal = createSealer(() => office, options.sealing ?? usualLimits, log);
  const rank = createRanker(() => office, log);
  const discarder = createDiscarder(() => office.store(), log);
  const office: OfficeHost = openHost(options, {
    sessions,
    feed,
    discarder,
    seal,
    rank,
    noticed: () => {
      offices.noticed();
      backups.noticed();
    },
    isReadOnlyCopy: () => office.isReadOnlyCopy,
    isEnding: () => isEnding,
  });
  const offices = createOfficeChooser({
    office: () => office,
    settingsFolder: options.settingsFolder,
    remembers: options.remembersOffices,
    signEveryoneOut: () => {
      for (const { windowId } of sessions.all()) endSession(windowId);
    },
    log,
  });
  // Whoever saved gets the answer first; that every window reads the journal on comes a moment later.
  const onWritten = (): void => void setImmediate(() => void feed.pull());
  const { backups, updates } = backupsAndUpdates(options, {
    ...{ office, offices, sessions, isEnding: () => isEnding },
  });

  const services = handlerServices({
    ...{ office, offices, sessions, backups, updates, audience, discarder, onWritten, appVersion, log },
    readerFile: options.paths.importReader,
  });
  const serve = createServe({
    calls: contract,
    handlers: createHandlers(services),
    userAt: (windowId) => sessions.userAt(windowId),
    context: (windowId, actor) => contextOf(office, windowId, actor),
    onSignedOut: endSession,
    onWritten,
    log,
  });
  const close = (): Promise<void> => {
    isEnding = true;
    updates.close();
    // A backup that goes on breaks off with the engine, and takes away what there is of it.
    return office.close().finally(() => backups.close());
  };
  return { office, offices, sessions, updates, backups, serve, close };
}

/** Only administrators hear of them. */
function backupsAndUpdates(
  { audience, settingsFolder, remembersOffices, appVersion, log, ...options }: BackendOptions,
  {
    office,
    offices,
    sessions,
    isEnding,
  }: { office: OfficeHost; offices: OfficeChooser; sessions: Sessions; isEnding: () => boolean },
): { backups: OfficeBackups; updates: Updates } {
  const teller = (event: 'updatesStatus' | 'backupsStatus') => (): void => {
    if (isEnding()) return;
    for (const { windowId, user } of sessions.all())
      if (user.role === 'administrator') audience.send(windowId, event, {});
  };
  const common = { settingsFolder, appVersion, log };
  const engine = engineFacts({ ...options, log });
  const backups = createBackups({
    ...common,
    ...{ office, offices, engine, remembers: remembersOffices, onChange: teller('backupsStatus') },
  });
  const updates = officeUpdates({
    ...common,
    parts: options.updates,
    backups,
    tellAdministrators: teller('updatesStatus'),
  });
  return { backups, updates };
}

/** The store is looked up when a handler takes it, so calls that need none work without an engine. */
const contextOf = (office: OfficeHost, windowId: number, actor: string) => {
  const state = office.state();
  return {
    get store() {
      return office.patientStore();
    },
    zone: isKnownState(state) ? state.zone : 'UTC',
    actor,
    windowId,
  };
};
