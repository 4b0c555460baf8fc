import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openStore, type OpenStore } from '../../electron/office/openStore.ts';
import { connect } from '../../electron/redis/connection.ts';
import { EngineTrouble, startEngine, type Engine } from '../../electron/redis/engine.ts';
import { newBackend, newOffice } from './backend.ts';
import { bytesOf, copyFolder, damage, type DamageDone, type DamageKind } from './damagedFolders.ts';
import { engineOptions, isRunning, luaFolder, newFolder, until } from './engine.ts';
import type { Random } from './random.ts';

/** An office whose engine was killed, and what was acknowledged before. */
export interface KilledOffice {
  readonly dataFolder: string;
  /** Records of clients in the order of the journal entries that made them. */
  readonly records: readonly { readonly entry: number; readonly key: string; readonly text: string }[];
  readonly lastEntry: number;
}

/** What a damaged copy came to. */
export interface TrialOutcome {
  readonly done: DamageDone;
  readonly came: 'opened' | 'told';
  readonly lost: number | null;
  /** What is wrong with that; empty when nothing is. */
  readonly wrongs: readonly string[];
}

const open = (dataFolder: string, repairs = false): Promise<OpenStore> =>
  openStore({ ...engineOptions(dataFolder), luaFolder, repairs });

async function recordsIn({ engine }: { readonly engine: Engine }): Promise<Map<string, string>> {
  const redis = await connect(engine.endpoint, 'daybook');
  try {
    const keys: string[] = [];
    for (let cursor = '0'; ;) {
      const [next, some] = await redis.scan(cursor, 'MATCH', '{ins:1}:client:*', 'COUNT', 1_000);
      keys.push(...some);
      if (next === '0') break;
      cursor = next;
    }
    const texts = keys.length > 0 ? await redis.mget(keys) : [];
    return new Map(keys.map((key, at) => [key, texts[at] ?? '']));
  } finally {
    redis.disconnect();
  }
}

async function createClients(dataFolderOf: string, from: number, count: number): Promise<number[]> {
  const backend = newBackend();
  if (from === 0) await newOffice(backend, dataFolderOf);
  else {
    await backend.office.open(dataFolderOf);
    await backend.ask(1, 'session.signIn', { userName: 'Ada', password: 'correct horse' });
  }
  const entries: number[] = [];
  for (let at = from; at < from + count; at += 1) {
    // Some notes look like a sum, and some end a line.
    const notes = at % 7 === 0 ? `#SUM:0a1b2c3d:0000000123\r\n#SUM:` : `Notes of client ${String(at)}\r\n`;
    const fields = { name: `Client ${String(at)}`, kind: 'company', city: 'Ghent', ownerId: null, notes };
    const reply: { entry: number } = await backend.ask(1, 'clients.create', {
      writeId: `client-${String(at).padStart(6, '0')}`,
      fields,
    });
    entries.push(reply.entry);
  }
  if (from === 0) await backend.close();
  else {
    const [, redis = 0] =
      /redis (\d+)/.exec(readFileSync(path.join(dataFolderOf, 'data', 'lock'), 'utf8')) ?? [];
    process.kill(Number(redis), 'SIGKILL');
    await until(() => !isRunning(Number(redis)));
    await backend.close();
  }
  return entries;
}

/** @param sealed clients in the base file @param open clients in the file behind it */
export async function killedOffice(sealed: number, tail: number): Promise<KilledOffice> {
  const folder = newFolder();
  const dataFolder = path.join(folder, 'data');
  const entries = await createClients(folder, 0, sealed);
  const rewritten = await open(dataFolder);
  await rewritten.compact();
  await rewritten.close();
  entries.push(...(await createClients(folder, sealed, tail)));
  const copy = await open(copyFolder(dataFolder, newFolder()));
  const records = await recordsIn(copy);
  await copy.close();
  const named = [...records].map(([key, text]) => {
    const { slot } = JSON.parse(text) as { slot: number };
    return { key, text, entry: entries[slot]! };
  });
  const sorted = named.toSorted((one, other) => one.entry - other.entry);
  if (sorted.length !== sealed + tail) throw new Error('clients are missing before anything was damaged');
  return { dataFolder, records: sorted, lastEntry: entries.at(-1)! };
}

/** What is there must be exactly what was acknowledged up to an entry. */
async function compare(opened: OpenStore, office: KilledOffice, upTo: number): Promise<string[]> {
  const found = await recordsIn(opened);
  const expected = office.records.filter(({ entry }) => entry <= upTo);
  const wrongs = expected
    .filter(({ key, text }) => found.get(key) !== text)
    .map(({ key }) => `${key} is not as it was saved`);
  if (found.size !== expected.length)
    wrongs.push(`${String(found.size)} clients instead of ${String(expected.length)}`);
  return wrongs;
}

const filesIn = (dataFolder: string): string =>
  JSON.stringify(bytesOf(path.join(dataFolder, 'appendonlydir')));

/** Damages a copy of an office and opens it. */
export async function tryDamage(
  office: KilledOffice,
  kind: DamageKind,
  random: Random,
): Promise<TrialOutcome> {
  const dataFolder = copyFolder(office.dataFolder, newFolder());
  const done = damage(dataFolder, kind, random);
  const before = filesIn(dataFolder);
  try {
    const opened = await open(dataFolder);
    try {
      return { done, came: 'opened', lost: 0, wrongs: await compare(opened, office, office.lastEntry) };
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (!(error instanceof EngineTrouble) || error.reason !== 'damaged' || !error.damage)
      return {
        done,
        came: 'told',
        lost: null,
        wrongs: [`${String(error)}: ${(error as { log?: string }).log ?? ''}`],
      };
    const { lost, mayRepair } = error.damage;
    const wrongs = filesIn(dataFolder) === before ? [] : ['the damaged files were changed'];
    if (lost === null)
      return { done, came: 'told', lost, wrongs: [...wrongs, 'nothing is told of what was lost'] };
    if (lost === 0) wrongs.push('it does not open, though nothing is lost');
    if (!mayRepair) {
      if (lost !== office.lastEntry) wrongs.push(`${String(lost)} lost, though nothing is left`);
      return { done, came: 'told', lost, wrongs };
    }
    const opened = await open(dataFolder, true);
    try {
      wrongs.push(...(await compare(opened, office, office.lastEntry - lost)));
    } finally {
      await opened.close();
    }
    // Once it was said, it is no news any more.
    await (await open(dataFolder)).close();
    return { done, came: 'told', lost, wrongs };
  }
}

/**
 * The same without anybody looking at the files first, which shows that the damage is real.
 * @returns whether the engine started and served something else than was saved
 */
export async function changesInSilence(
  office: KilledOffice,
  kind: DamageKind,
  random: Random,
): Promise<boolean> {
  const dataFolder = copyFolder(office.dataFolder, newFolder());
  damage(dataFolder, kind, random);
  const engine = await startEngine(engineOptions(dataFolder)).catch(() => null);
  if (!engine) return false;
  try {
    const found = await recordsIn({ engine });
    return office.records.some(({ key, text }) => found.get(key) !== text);
  } finally {
    await engine.stop();
  }
}
