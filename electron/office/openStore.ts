import path from 'node:path';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { journalFolder, setAsideBehind } from '../journal/segments.ts';
import type { Log } from '../log.ts';
import { bringToDisk, noteGoodEnd } from '../redis/appendOnly/onDisk.ts';
import { halfDoneKey, redisStore } from '../redis/call.ts';
import { connect } from '../redis/connection.ts';
import {
  engineVersion,
  EngineTrouble,
  startEngine,
  type Engine,
  type EngineOptions,
} from '../redis/engine.ts';
import { loadLibrary } from '../redis/library.ts';
import { endedInGoodOrder } from '../redis/launcher.ts';
import type { Store } from '../redis/store.ts';
import { AcknowledgedMark } from './acknowledged.ts';
import { compact, watchGrowth, type Compaction } from './compaction.ts';
import { watchHeartbeat, type Heartbeat } from './heartbeat.ts';
import { keptFolder, leaveOutHalfDone, lossOf, lossOfAll, prepareLog, type Prepared } from './damage.ts';
import { factsBefore, officeFacts, OtherLayout, rememberProgram, type OfficeFacts } from './officeFacts.ts';

/** One data folder holds one office; its number is part of every key. */
export const officeNumber = 1;

export interface StoreOptions extends EngineOptions {
  readonly luaFolder: string;
  /** The office's, where the sealed parts of its journal are; left out where there are none. */
  readonly folder?: string;
  /** Noted in the data, so that an earlier program can say which one to get; without it nothing is noted. */
  readonly appVersion?: string;
  /** Goes on without what is damaged, whatever was lost with it. */
  readonly repairs?: boolean;
  /** How much history the engine's file may hold before it is compacted; for tests. */
  readonly tolerableBytes?: number;
  /** How often that is looked at while people work; for tests. */
  readonly growthEveryMs?: number;
}

/** A running engine with its library loaded, and its data known to be of a version we understand. */
export interface OpenStore {
  readonly engine: Engine;
  readonly store: Store;
  readonly facts: OfficeFacts;
  /** Writes the engine's file anew, without its history; resolves when that is done. */
  compact(): Promise<void>;
  /** What the engine says of itself: Redis's INFO. */
  info(): Promise<string>;
  close(): Promise<void>;
}

/** The last write that the engine's files hold broke off in the middle. */
class HalfDone extends Error {}

const journalOf = ({ folder }: StoreOptions): string | null =>
  folder === undefined ? null : journalFolder(folder);

/**
 * Parts of the journal that were sealed from actions which the store has lost: it gives their numbers out again, and what
 * is written under them would be taken for what is sealed. Before the mark forgets that anything was lost.
 */
function setAsideLostJournal(options: StoreOptions, last: number): void {
  const journal = journalOf(options);
  if (journal === null) return;
  const kept = path.join(keptFolder(options.dataFolder), 'journal');
  const count = setAsideBehind(journal, last, kept);
  if (count > 0) options.log.warn('sealed journal of lost actions set aside', { count, kept });
}

/** A full memory refuses the library of another version of the program, too. */
class NoMemoryForLibrary extends Error {
  /** With so much it can be loaded. */
  readonly enoughBytes: number;

  constructor(usedBytes: number) {
    super('no memory for the library');
    this.enoughBytes = usedBytes + 64 * 1024 * 1024;
  }
}

/** Without it nothing could be read. @throws NoMemoryForLibrary */
async function loadOurLibrary(operations: Redis, luaFolder: string): Promise<void> {
  try {
    await loadLibrary(operations, luaFolder);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('OOM'))) throw error;
    const used = /^used_memory:(\d+)/m.exec(await operations.info('memory'))?.[1];
    throw new NoMemoryForLibrary(Number(used));
  }
}

/** @throws EngineTrouble; then the data are as they were */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const { dataFolder, redisServer, log } = options;
  const preparations: Prepared[] = [];
  const inspect = async (): Promise<void> => {
    // Whoever asks again hears from the next engine that it is saved, without a write that would be synced.
    const anew = await bringToDisk(dataFolder);
    if (anew.length > 0) log.info('engine files written anew', { files: anew.join(' ') });
    const prepared = await prepareLog(dataFolder, redisServer);
    if (prepared === null)
      throw new EngineTrouble('damaged', dataFolder, '', lossOfAll(dataFolder, journalOf(options)));
    preparations.push(prepared);
    if (prepared.kept !== null) log.warn('engine files ended unfinished', { kept: prepared.kept });
  };
  const open = async (more: Partial<StoreOptions> = {}): Promise<OpenStore> =>
    openEngine({ ...options, ...more }, await startEngine({ ...options, ...more, inspect }), () =>
      preparations.some(({ isListRenewed }) => isListRenewed),
    );
  /** Once it is loaded it is in the engine's file, and may stay there without more memory. */
  const openRoomy = async (error: unknown): Promise<OpenStore> => {
    if (!(error instanceof NoMemoryForLibrary)) throw error;
    log.warn('memory is full: the library is loaded with more');
    await (await open({ maxMemoryBytes: error.enoughBytes })).close();
    return open();
  };
  try {
    const opened = open().catch(async (error: unknown) => {
      if (!(error instanceof HalfDone)) throw error;
      const prepared = await leaveOutHalfDone(dataFolder, halfDoneKey(officeNumber));
      preparations.push(prepared);
      log.warn('write that broke off is left out', { kept: prepared.kept });
      return open();
    });
    return await opened.catch(openRoomy);
  } catch (error) {
    for (const prepared of preparations.reverse()) await prepared.undo();
    if (error instanceof EngineTrouble && error.reason === 'damaged' && error.damage === null)
      throw new EngineTrouble('damaged', error.path, error.log, lossOfAll(dataFolder, journalOf(options)));
    throw error;
  }
}

/** @param isListRenewed whether the list of the engine's files was made anew before it began */
async function openEngine(
  options: StoreOptions,
  engine: Engine,
  isListRenewed: () => boolean,
): Promise<OpenStore> {
  const connections: Redis[] = [];
  let mark: AcknowledgedMark | null = null;
  let heartbeat: Heartbeat | null = null;
  let compaction: Compaction | null = null;
  const close = async (): Promise<void> => {
    heartbeat?.close();
    await compaction?.close();
    for (const connection of connections) connection.disconnect();
    await engine.stop();
    if (endedInGoodOrder(await engine.ended)) await noteGoodEnd(options.dataFolder).catch(() => undefined);
    mark?.close();
    mark = null;
  };
  const tidyAndClose = async (): Promise<void> => {
    await compaction?.compactAtClosing();
    await close();
  };
  try {
    const [operations, app] = await Promise.all([
      connect(engine.endpoint, 'operations'),
      connect(engine.endpoint, 'daybook'),
    ]);
    connections.push(operations, app);
    await checkVersion(operations, options.log);
    if ((await app.exists(halfDoneKey(officeNumber))) === 1) throw new HalfDone();
    const store = redisStore(app, officeNumber, {
      acknowledged: (entry, records) => mark?.note(entry, records),
      brokeOff: (functionName) => {
        options.log.error('write broke off in the middle', { functionName });
        engine.kill();
      },
    });
    const before = await factsBefore(store, options.dataFolder);
    if (before instanceof OtherLayout && before.reason === 'newer') throw before;
    const exists = before instanceof OtherLayout || (before?.exists ?? false);
    const damage = await lossOf(store, {
      ...{ dataFolder: options.dataFolder, journal: journalOf(options) },
      ...{ exists, isListRenewed: isListRenewed() },
    });
    if (damage && !(options.repairs && damage.mayRepair))
      throw new EngineTrouble('damaged', options.dataFolder, '', damage);
    if (before instanceof OtherLayout) throw before;
    await loadOurLibrary(operations, options.luaFolder);
    const facts = await rememberProgram(store, await officeFacts(store, options.dataFolder), options);
    const last = await lastEntry(store);
    setAsideLostJournal(options, last);
    mark = new AcknowledgedMark(options.dataFolder, last);
    heartbeat = watchHeartbeat({
      // A connection that broke while the engine runs on leaves nobody to answer, too.
      ping: () => Promise.all([operations.ping(), app.ping()]),
      onSilent: () => {
        options.log.error('engine does not answer', { pid: engine.pid });
        engine.kill();
      },
    });
    compaction = watchGrowth({
      ...{ operations, dataFolder: options.dataFolder, log: options.log },
      ...{ tolerable: options.tolerableBytes, everyMs: options.growthEveryMs },
    });
    return {
      engine,
      store,
      facts,
      compact: () => compact(operations),
      info: () => operations.info(),
      close: tidyAndClose,
    };
  } catch (error) {
    const lines = engine.lastLines();
    await close();
    const isForOpening = error instanceof HalfDone || error instanceof NoMemoryForLibrary;
    if (error instanceof EngineTrouble || isForOpening) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineTrouble('unstartable', options.dataFolder, `${why}\n${lines}`.trim());
  }
}

const journalHead = z.object({ last: z.int() });

const lastEntry = async (store: Store): Promise<number> =>
  journalHead.parse(await store.call('journal_head', {})).last;

/** Another 7.0 release is good enough for development, where the system's own may stand in; anything else is refused. */
async function checkVersion(operations: Redis, log: Log): Promise<void> {
  const found = /redis_version:(\S+)/.exec(await operations.info('server'))?.[1] ?? 'unknown';
  if (found === engineVersion) return;
  if (!found.startsWith('7.0.')) throw new Error(`engine is version ${found}, not ${engineVersion}`);
  log.warn('engine has another version', { found, expected: engineVersion });
}
