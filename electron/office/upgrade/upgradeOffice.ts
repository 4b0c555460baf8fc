import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { checkOffice } from '../../check/checkOffice.ts';
import { freeBytesAt } from '../../places/space.ts';
import { rankOrders } from '../../ranking/rankOrders.ts';
import { appendOnlyFolder } from '../../redis/appendOnly/manifest.ts';
import { redisStore } from '../../redis/call.ts';
import { connect } from '../../redis/connection.ts';
import { EngineTrouble, startEngine, type Engine } from '../../redis/engine.ts';
import { hold } from '../../redis/hold.ts';
import { loadLibrary } from '../../redis/library.ts';
import type { Store } from '../../redis/store.ts';
import { clearRestored, markReady, restoredFolder, settleRestore } from '../backups/swap.ts';
import { compact } from '../compaction.ts';
import { prepareLog } from '../damage.ts';
import { officeNumber, type StoreOptions } from '../openStore.ts';
import type { Upgrade } from './layouts.ts';
import { rewriteStore } from './rewriteStore.ts';

export interface UpgradeOptions extends Omit<StoreOptions, 'dataFolder' | 'repairs'> {
  /** The office's; its data are of the layout that the upgrade leads away from. */
  readonly folder: string;
  readonly upgrade: Upgrade;
  readonly signal: AbortSignal;
  /** Told the share that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** What of a data folder belongs to the office, and not to a run of the engine. */
const ofOffice: ReadonlySet<string> = new Set([appendOnlyFolder, 'acknowledged', 'kept']);
/** The copy, its rewritten form, and some of both while it is compacted. */
const copiesAtOnce = 3;
/** With less the drive is full. */
const leastBytes = 1024 * 1024;
/** Where the parts of the work end, as shares of the whole; they take about as long. */
const parts = { copied: 0.05, rewritten: 0.2, repaired: 0.75 };

async function needRoom(folder: string): Promise<void> {
  const log = path.join(folder, 'data', appendOnlyFolder);
  const sizes = await Promise.all((await readdir(log)).map(async (name) => (await stat(path.join(log, name))).size));
  const needed = copiesAtOnce * sizes.reduce((sum, size) => sum + size, 0);
  if ((await freeBytesAt(folder)) < needed) throw new EngineTrouble('noRoomToUpgrade', folder);
} // prettier-ignore

/** Nobody writes to the data while they are copied and until the copy is ready. @returns lets go of them */
async function holdData(options: UpgradeOptions): Promise<() => Promise<void>> {
  const dataFolder = path.join(options.folder, 'data');
  const letGo = await hold(dataFolder, options);
  if (!letGo) throw new EngineTrouble('locked', dataFolder);
  return letGo;
}

const user = z.object({ id: z.string(), role: z.string(), active: z.boolean() });

/** In whose name the indexes are made anew. */
async function administratorOf(app: Redis, prefix: string): Promise<string> {
  const ids = await app.smembers(`${prefix}users`);
  for (const id of ids) {
    const found = user.safeParse(JSON.parse((await app.get(`${prefix}user:${id}`)) ?? 'null'));
    if (found.success && found.data.active && found.data.role === 'administrator') return id;
  }
  throw new Error('the office has no administrator');
}

/** Works out anew what is worked out from records, and proves that nothing differs. */
async function rebuildIndexes(store: Store, actor: string, options: UpgradeOptions): Promise<void> {
  const { signal, onProgress } = options;
  const check = async (repair: boolean, from: number, to: number): Promise<number> => {
    const report = await checkOffice({
      ...{ store, actor, repair, signal },
      onProgress: ({ share }) => onProgress(from + share * (to - from)),
    });
    signal.throwIfAborted();
    return report.differences.reduce((sum, { count }) => sum + count, 0);
  };
  await rankOrders(store);
  await check(true, parts.rewritten, parts.repaired);
  const left = await check(false, parts.repaired, 1);
  if (left > 0) throw new Error(`${String(left)} differences are left`);
}

async function upgradeCopy(engine: Engine, options: UpgradeOptions): Promise<void> {
  const { upgrade, signal, onProgress } = options;
  const prefix = `{ins:${String(officeNumber)}}:`;
  const connections: Redis[] = [];
  try {
    const operations = await connect(engine.endpoint, 'operations');
    connections.push(operations);
    const app = await connect(engine.endpoint, 'daybook');
    connections.push(app);
    await rewriteStore(app, prefix, upgrade, {
      signal,
      onProgress: (share) => onProgress(parts.copied + share * (parts.rewritten - parts.copied)),
    });
    await app.hset(`${prefix}office`, 'schema', upgrade.to);
    await loadLibrary(operations, options.luaFolder);
    await rebuildIndexes(redisStore(app, officeNumber), await administratorOf(app, prefix), options);
    await compact(operations);
  } finally {
    for (const connection of connections) connection.disconnect();
  }
}

/** The engine's own trouble was with the copy, which nobody has heard of. To be called while the copy takes its room. */
async function asTrouble(error: unknown, { folder, signal }: UpgradeOptions): Promise<unknown> {
  if (signal.aborted) return error;
  const freeBytes = await freeBytesAt(folder).catch(() => Infinity);
  if (freeBytes < leastBytes) return new EngineTrouble('noRoomToUpgrade', folder);
  const log = error instanceof EngineTrouble ? `${error.message}\n${error.log}` : String(error);
  return new EngineTrouble('notUpgraded', path.join(folder, 'data'), log);
}

/**
 * Brings an office of an older layout up to date, on a copy that takes its place once it is whole and proved. Whenever it
 * is cut off before, the office is as it was, and whenever after, opening it goes on with the new one. What there was
 * before is kept in the office's folder. No engine may run on the office.
 * @returns where the office as it was is kept
 * @throws EngineTrouble; AbortError when it was given up
 */
export async function upgradeOffice(options: UpgradeOptions): Promise<string> {
  const { folder, onProgress } = options;
  await needRoom(folder);
  const letGo = await holdData(options);
  const restored = restoredFolder(folder);
  try {
    await clearRestored(folder);
    const copy = path.join(restored, 'data');
    await mkdir(copy, { recursive: true, mode: 0o700 });
    for (const name of await readdir(path.join(folder, 'data')))
      if (ofOffice.has(name)) await cp(path.join(folder, 'data', name), path.join(copy, name), { recursive: true });
    onProgress(parts.copied);
    const inspect = async (): Promise<void> => void (await prepareLog(copy, options.redisServer));
    const engine = await startEngine({ ...options, dataFolder: copy, inspect });
    await upgradeCopy(engine, options).finally(() => engine.stop());
    for (const name of await readdir(copy))
      if (!ofOffice.has(name)) await rm(path.join(copy, name), { recursive: true, force: true });
    await markReady(folder, new Date());
  } catch (error) {
    const trouble = await asTrouble(error, options);
    await rm(restored, { recursive: true, force: true });
    throw trouble;
  } finally {
    await letGo();
  }
  // Windows moves no folder in which a lock is held. Whoever opens the office from now on puts the copy in place first, as
  // is done here, under one lock: nobody can open the data of before.
  return (await settleRestore(folder, options)) ?? folder;
} // prettier-ignore
