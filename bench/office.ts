import { statSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { redisStore } from '../electron/redis/call.ts';
import { loadLibrary } from '../electron/redis/library.ts';
import { Changes } from './changes.ts';
import { engineNames } from './cells.ts';
import { Daybook } from './engines/daybook.ts';
import { loadFloors } from './engines/floors.ts';
import { MeetingIds } from './engines/meetingIds.ts';
import { ProofOfConcept } from './engines/proofOfConcept.ts';
import { loadJoin, loadSeen, open } from './engines/sqlite/load.ts';
import { Sqlite } from './engines/sqlite/sqlite.ts';
import { byJoin, materialised } from './engines/sqlite/statements.ts';
import { generate } from './generate.ts';
import { load } from './load.ts';
import { Columns } from './oracle/columns.ts';
import { Oracle } from './oracle/oracle.ts';
import { type BenchServer, projectRoot, startServer } from './server.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** Meetings edited after everything came in, as in an office at work: before that all have the same last change. */
const editedFirst = 2_000;

/** Seconds; SQLite's two variants one by one. */
export interface LoadSeconds {
  daybook: number;
  sqliteJoin: number;
  sqliteMaterialised: number;
}

/** The same office in every engine, and the oracle that knows it. */
export interface BuiltOffice {
  readonly size: number;
  readonly server: BenchServer;
  readonly daybook: Daybook;
  readonly join: Sqlite;
  readonly materialised: Sqlite;
  readonly pageOnly: Sqlite;
  readonly proofOfConcept: ProofOfConcept | null;
  readonly oracle: Oracle;
  readonly changes: Changes;
  readonly loadSeconds: LoadSeconds;
  readonly joinDatabase: DatabaseSync;
  readonly files: { readonly join: string; readonly materialised: string };
  close(): Promise<void>;
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function timed<T>(what: string, work: () => Promise<T> | T): Promise<[T, number]> {
  const begun = performance.now();
  const result = await work();
  const seconds = (performance.now() - begun) / 1_000;
  say(`  ${what}: ${seconds.toFixed(1)} s`);
  return [result, seconds];
}

export interface OfficeOptions {
  readonly size: number;
  /** How many different numbers stand in titles. */
  readonly numbers: number;
  /** Meetings that will be added. */
  readonly more: number;
  readonly withProofOfConcept: boolean;
}

/** Fills Daybook and edits some meetings; nobody is measured yet. */
async function fillDaybook(server: BenchServer, { size, numbers, more }: OfficeOptions) {
  await loadLibrary(server.redis, path.join(projectRoot, 'lua'));
  await loadFloors(server.redis);
  const store = redisStore(server.redis, 1);
  const office = generate(size, numbers);
  const [loaded, seconds] = await timed('Daybook loaded', () => load(store, office));
  const columns = new Columns(office, loaded.at, more);
  const daybook = new Daybook(store, loaded, await MeetingIds.of(server.redis, size));
  return { columns, daybook, seconds };
}

function fillSqlite(folder: string, columns: Columns) {
  const files = { join: path.join(folder, 'join.db'), materialised: path.join(folder, 'materialised.db') };
  const joinDatabase = open(files.join);
  const seenDatabase = open(files.materialised);
  return { files, joinDatabase, seenDatabase, load: () => loadJoin(joinDatabase, columns) };
}

export async function buildOffice(options: OfficeOptions): Promise<BuiltOffice> {
  const { size } = options;
  say(`${size.toLocaleString('en')} meetings`);
  const { folder, remove } = temporaryFolder();
  const server = await startServer();
  const pocServer = options.withProofOfConcept ? await startServer() : null;
  const { columns, daybook, seconds } = await fillDaybook(server, options);
  const [oracle] = await timed('oracle sorted', () => new Oracle(columns));
  const changes = new Changes(oracle);
  await timed('first edits', async () => {
    for (let at = 0; at < Math.min(editedFirst, size / 10); at += 1)
      await changes.make(changes.draw('edit'), [daybook], process.hrtime.bigint);
  });
  const sqlite = fillSqlite(folder, columns);
  const [, joinSeconds] = await timed('SQLite loaded', sqlite.load);
  const [, seenSeconds] = await timed('SQLite, materialised, loaded', () =>
    loadSeen(sqlite.seenDatabase, sqlite.files.join),
  );
  const proofOfConcept = pocServer && new ProofOfConcept(pocServer.redis, columns);
  if (proofOfConcept) await timed('proof of concept loaded', () => proofOfConcept.load());
  return {
    size,
    server,
    daybook,
    join: new Sqlite(engineNames.join, sqlite.joinDatabase, byJoin, columns),
    materialised: new Sqlite(engineNames.materialised, sqlite.seenDatabase, materialised, columns),
    pageOnly: new Sqlite(engineNames.pageOnly, sqlite.joinDatabase, byJoin, columns, false),
    proofOfConcept,
    oracle,
    changes,
    loadSeconds: { daybook: seconds, sqliteJoin: joinSeconds, sqliteMaterialised: seenSeconds },
    joinDatabase: sqlite.joinDatabase,
    files: sqlite.files,
    async close() {
      sqlite.joinDatabase.close();
      sqlite.seenDatabase.close();
      await server.stop();
      await pocServer?.stop();
      remove();
    },
  };
}

export const fileBytes = (file: string): number => statSync(file).size;
