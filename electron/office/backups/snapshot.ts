import { open, readdir, readFile, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Redis } from 'ioredis';
import { journalFolder } from '../../journal/segments.ts';
import { connect, type Endpoint } from '../../redis/connection.ts';
import type { ArchivedFile, ArchiveContents } from './archive.ts';
import { ContentDigest } from './contentDigest.ts';
import { keysInLog } from './logTail.ts';

/** The engine's files and the journal's as they were at one moment, and the digest of the content at that moment. */
export interface Snapshot {
  readonly contents: Pick<ArchiveContents, 'digest' | 'counts'>;
  /** The office's own, the same wherever it is restored. */
  readonly officeId: string;
  readonly files: readonly ArchivedFile[];
  /** How long writes waited. */
  readonly heldMs: number;
  /** How many times it was read on before writes were held. */
  readonly rounds: number;
  /** To be called when the files were copied, or not. */
  close(): Promise<void>;
}

/** The engine wrote its log anew meanwhile, so that it no longer tells what was written since. */
export class LogRewritten extends Error {}

export interface SnapshotOptions {
  readonly endpoint: Endpoint;
  /** The office's. */
  readonly folder: string;
  /** Number of the office, which its keys carry. */
  readonly office: number;
}

/** Longest that writes are held should the program die in that moment; then the engine lets them go by itself. */
const longestHoldMs = 10_000;
/** So often what was written meanwhile is read again while people go on writing. */
const mostRounds = 4;
const logFolder = path.join('data', 'appendonlydir');
const manifestName = 'appendonly.aof.manifest';

const journalFile = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** A place in the log between two commands. */
interface LogMark {
  readonly manifest: string;
  /** The file that is appended to. */
  readonly file: string;
  readonly length: number;
}

/** Runs a step while the engine lets no writes pass; those that come wait, and go on when it is over. */
async function whileHeld<T>(
  operations: Redis,
  step: () => Promise<T>,
): Promise<{ value: T; heldMs: number }> {
  const began = performance.now();
  await operations.call('CLIENT', 'PAUSE', longestHoldMs, 'WRITE');
  let value: T;
  try {
    value = await step();
  } finally {
    await operations.call('CLIENT', 'UNPAUSE');
  }
  const heldMs = performance.now() - began;
  if (heldMs >= longestHoldMs) throw new Error('writes could not be held long enough');
  return { value, heldMs };
}

/** Names in the engine's manifest, in its order; the last one is what it appends to. */
const filesIn = (manifest: string): string[] =>
  [...manifest.matchAll(/^file (\S+) seq \d+ type [bih]/gm)].map(([, name]) => name!);

async function markOf(logs: string): Promise<LogMark> {
  const manifest = await readFile(path.join(logs, manifestName), 'utf8');
  const file = filesIn(manifest).at(-1);
  if (file === undefined) throw new Error('the engine’s manifest names no file');
  return { manifest, file, length: (await stat(path.join(logs, file))).size };
}

class Taking {
  readonly #folder: string;
  readonly #logs: string;
  readonly #app: Redis;
  readonly #operations: Redis;
  readonly #digest: ContentDigest;
  readonly #prefix: string;
  #rounds = 0;

  constructor({ folder, office }: SnapshotOptions, app: Redis, operations: Redis) {
    this.#folder = folder;
    this.#logs = path.join(folder, logFolder);
    this.#app = app;
    this.#operations = operations;
    this.#digest = new ContentDigest(app);
    this.#prefix = `{ins:${String(office)}}:`;
  }

  async take(): Promise<Snapshot> {
    let mark = await this.#markHeld();
    await this.#digest.read();
    // What was written while all was read is little, and while that is read again still less.
    for (; this.#rounds < mostRounds; this.#rounds += 1) {
      const next = await this.#markHeld();
      if (next.length === mark.length) break;
      await this.#digest.readAgain(await this.#keysBetween(mark, next));
      mark = next;
    }
    const { value, heldMs } = await whileHeld(this.#operations, () => this.#last(mark));
    return {
      ...value,
      contents: { ...value.contents, digest: this.#digest.value() },
      heldMs,
      rounds: this.#rounds,
    };
  }

  async #markHeld(): Promise<LogMark> {
    return (await whileHeld(this.#operations, () => markOf(this.#logs))).value;
  }

  async #keysBetween(from: LogMark, to: LogMark): Promise<Set<string>> {
    if (from.manifest !== to.manifest) throw new LogRewritten('the engine’s log was written anew');
    const handle = await open(path.join(this.#logs, from.file), 'r');
    try {
      return await keysInLog(handle, from.length, to.length);
    } finally {
      await handle.close();
    }
  }

  /** While writes are held: the moment that the backup is of. */
  async #last(before: LogMark): Promise<Omit<Snapshot, 'heldMs' | 'rounds'>> {
    const mark = await markOf(this.#logs);
    if (mark.length !== before.length || mark.manifest !== before.manifest)
      await this.#digest.readAgain(await this.#keysBetween(before, mark));
    const [meetings, clients] = await Promise.all(
      ['live', 'live_clients'].map((bitmap) => this.#app.bitcount(`${this.#prefix}${bitmap}`)),
    );
    const officeId = (await this.#app.hget(`${this.#prefix}office`, 'id')) ?? '';
    const counts = { meetings: meetings ?? 0, clients: clients ?? 0 };
    return { contents: { digest: '', counts }, officeId, ...(await this.#files(mark.manifest)) };
  }

  /**
   * Opened at this moment and read later: what is appended then is left out, and what is replaced stays readable. Files
   * of the journal never change, so their names are enough.
   */
  async #files(manifest: string): Promise<Pick<Snapshot, 'files' | 'close'>> {
    const handles: FileHandle[] = [];
    const close = async (): Promise<void> => {
      for (const handle of handles.splice(0)) await handle.close().catch(() => undefined);
    };
    try {
      const files: ArchivedFile[] = [];
      for (const name of [manifestName, ...filesIn(manifest)]) {
        const handle = await open(path.join(this.#logs, name), 'r');
        handles.push(handle);
        files.push({ file: `data/appendonlydir/${name}`, bytes: (await handle.stat()).size, from: handle });
      }
      return { files: [...files, ...(await this.#journal())], close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  async #journal(): Promise<ArchivedFile[]> {
    const folder = journalFolder(this.#folder);
    const names: string[] = await readdir(folder).catch(() => []);
    // A seal that came while the names were read counts only with its entries, which were there before it.
    const sealed = names.filter(
      (name) =>
        journalFile.test(name) &&
        !name.endsWith('.tmp') &&
        (!name.endsWith('.seal') || names.includes(name.replace(/\.seal$/, '.jsonl'))),
    );
    return Promise.all(
      sealed.map(async (name) => {
        const from = path.join(folder, name);
        return { file: `journal/${name}`, bytes: (await stat(from)).size, from };
      }),
    );
  }
}

/**
 * Notes an office as it is at one moment, while people write in it.
 * @throws LogRewritten, or what the engine or the disk says
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  const connections: Redis[] = [];
  try {
    const operations = await connect(options.endpoint, 'operations');
    connections.push(operations);
    const app = await connect(options.endpoint, 'daybook');
    connections.push(app);
    return await new Taking(options, app, operations).take();
  } catch (error) {
    // Files go as soon as a rewriting has ended, also between reading their names and opening them.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new LogRewritten('the engine’s log was written anew', { cause: error });
    throw error;
  } finally {
    for (const connection of connections) connection.disconnect();
  }
}

/** The digest of what an engine holds that nobody writes to. */
export async function digestOfEngine(endpoint: Endpoint): Promise<string> {
  const app = await connect(endpoint, 'daybook');
  try {
    const digest = new ContentDigest(app);
    await digest.read();
    return digest.value();
  } finally {
    app.disconnect();
  }
}
