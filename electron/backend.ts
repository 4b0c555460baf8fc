import os from 'node:os';
import { createRanker, createSealer, journalFolder } from './backgroundTasks.ts';
import { contract, type Events } from './contract/index.ts';
import { nouns, type Changed } from './contract/journal.ts';
import { createHandlers } from './handlers/index.ts';
import type { ImportServices } from './handlers/imports.ts';
import type { JournalArchive } from './handlers/journal.ts';
import type { FolderUse, Services } from './handlers/services.ts';
import { createDiscarder, type Discarder } from './imports/discarder.ts';
import { createServe, type Serve } from './ipc/serve.ts';
import { journalArchive } from './journal/archive.ts';
import { createFeed, type Feed } from './journal/feed.ts';
import { usualLimits, type SealingLimits } from './journal/sealing.ts';
import type { Log } from './log.ts';
import type { DemoCache, DemoFacts } from './office/demoFolder.ts';
import { createBackups, type OfficeBackups } from './office/backups/officeBackups.ts';
import { noteCheck, readLastCheck } from './office/lastCheck.ts';
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
import { createThrottle } from './session/throttle.ts';
import type { Updates } from './updates/updates.ts';
import { officeUpdates, type UpdateParts } from './officeUpdates.ts';

/** The windows, as far as the backend needs them: it knows them by number only. */
export interface Audience {
  send<E extends keyof Events>(windowId: number, event: E, payload: Events[E]): void;
  broadcast<E extends keyof Events>(event: E, payload: Events[E]): void;
  /** Asks for a file with the system's dialog; null when the person closed it. */
  chooseFile(windowId: number): Promise<string | null>;
  /** The same for a file to write an import's report to. */
  chooseReportFile(windowId: number): Promise<string | null>;
  /** The same for a backup. */
  chooseBackup(windowId: number): Promise<string | null>;
  /** The same for a file to write a diagnostic bundle to. */
  chooseBundleFile(windowId: number): Promise<string | null>;
  /** Shows a folder with what the system has for that. */
  showFolder(folder: string): Promise<void>;
  /** The same for a folder. */
  chooseFolder(windowId: number, use: FolderUse): Promise<string | null>;
}

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
  const { imports, isImporting } = watchedImports(options, office, onWritten, discarder);

  const handlers = createHandlers({
    office,
    offices,
    chooseFolder: (windowId, use) => audience.chooseFolder(windowId, use),
    updates,
    backups,
    chooseBackup: (windowId) => audience.chooseBackup(windowId),
    ...{ isImporting, log, ...checkServices(office, audience, log) },
    sessions,
    throttle: createThrottle(),
    // Files hold entries just as the store gave them away, proved by their digests.
    archive: journalArchive(() => journalFolder(office.folder)) as unknown as JournalArchive,
    imports,
    appVersion,
    onWritten,
  });

  const serve = createServe({
    calls: contract,
    handlers,
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

/** What checks and the health of the office need. After a repair every list asks again, as if all of it had been written. */
const checkServices = (
  office: OfficeHost,
  audience: Audience,
  log: Log,
): Pick<
  Services,
  | 'checkProgress'
  | 'exportProgress'
  | 'onRepaired'
  | 'noteCheck'
  | 'lastCheck'
  | 'showFolder'
  | 'chooseBundleFile'
> => ({
  noteCheck(report) {
    if (!office.isReadOnlyCopy) noteCheck(office.folder, report, log);
  },
  lastCheck: () => readLastCheck(office.folder, log),
  showFolder: (folder) => audience.showFolder(folder),
  chooseBundleFile: (windowId) => audience.chooseBundleFile(windowId),
  checkProgress: (windowId, progress) => audience.send(windowId, 'checkProgress', progress),
  exportProgress: (windowId, progress) => audience.send(windowId, 'exportProgress', progress),
  async onRepaired() {
    const { last } = (await office.store().call('journal_head', {})) as { last: number };
    audience.broadcast('changed', { entry: last, nouns: [...nouns] });
  },
});

/** What imports need, and whether one is going on. */
function watchedImports(
  { audience, paths, log }: BackendOptions,
  office: OfficeHost,
  onWritten: () => void,
  discarder: Discarder,
) {
  const imports: ImportServices = {
    chooseFile: (windowId) => audience.chooseFile(windowId),
    chooseReportFile: (windowId) => audience.chooseReportFile(windowId),
    progress: (windowId, payload) => {
      discarder.hear(payload);
      audience.send(windowId, 'importProgress', payload);
      if (payload.state === 'done') onWritten();
    },
    readerFile: paths.importReader,
    isDiskFull: () => office.isDiskFull(),
    log,
  };
  return { imports, isImporting: () => discarder.isImporting() };
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
