import { schemaVersion } from '../electron/contract/office.ts';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse';
import { ImportJob } from '../electron/imports/importJob.ts';
import { readerFrom } from '../electron/imports/reader.ts';
import { silentLog } from '../electron/log.ts';
import { programPaths } from '../electron/paths.ts';
import { redisStore } from '../electron/redis/call.ts';
import { loadLibrary } from '../electron/redis/library.ts';
import { type BenchOffice, generate } from './generate.ts';
import { projectRoot, startServer } from './server.ts';

// `npm run bench:import -- [--rows 100000] [--runs 3] [--json FILE]`: rows a second of a CSV file into an empty office,
// beside reading the file only, and beside SQLite: one transaction, indexes last, on disk before it is over. Each run
// asks all in turn.

interface Measured {
  engine: string;
  rowsPerSecond: number;
  /** Longest time for which the main process answered nobody, milliseconds; of Daybook only. */
  longestBlockMs?: number;
  /** Of the process that reads, megabytes. */
  residentMb?: number;
}

const zone = 'Europe/Brussels';
const header = [
  'Client',
  'Owner',
  'Title',
  'Details',
  'Date',
  'Type',
  'Status',
  'Priority',
  'Tags',
  'Minutes',
];

/** Titles hold one of some thousand numbers, as those of an office do; a number of its own in each is the worst case. */
async function writeFile(office: BenchOffice, file: string, numbers: number): Promise<void> {
  const stream = createWriteStream(file);
  let text = `${header.join(',')}\n`;
  for (const [at, meeting] of office.meetings.entries()) {
    const { client, owner, title, details, start, type, status, priority, tags, durationMinutes } = meeting;
    const numbered = title.replace(/\d+/, String(at % numbers));
    const cells = [
      office.clients[client],
      office.users[owner],
      numbered,
      details,
      start,
      type,
      status,
      priority,
    ];
    text += `${[...cells, tags.join('; '), durationMinutes].join(',')}\n`;
    if (text.length > 1_000_000) {
      if (!stream.write(text)) await once(stream, 'drain');
      text = '';
    }
  }
  stream.end(text);
  await once(stream, 'finish');
}

const rowsOf = (file: string): AsyncIterable<string[]> =>
  createReadStream(file).pipe(parse({ from_line: 2 })) as AsyncIterable<string[]>;

async function readOnly(file: string): Promise<void> {
  for await (const row of rowsOf(file)) if (row.length !== header.length) throw new Error('a row is broken');
}

/** The loop of the main process is asked every 5 ms how late it is. */
function watchLoop(): () => number {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 5);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

async function daybook(file: string, rows: number): Promise<Partial<Measured>> {
  const server = await startServer();
  try {
    await loadLibrary(server.redis, path.join(projectRoot, 'lua'));
    const store = redisStore(server.redis, 1);
    const person = { userName: 'a', userNameKey: 'a', displayName: 'A', nameKey: 'a' };
    const office = { schema: schemaVersion, name: 'Benchmark', zone, administrator: person, secret: '' };
    const { userId: actor } = (await store.call('office_create', office)) as { userId: string };
    const reader = readerFrom(programPaths(path.join(projectRoot, 'out', 'main'), null).importReader);
    const { guess: mapping } = await reader.inspect(file, '2026-11-21');
    const longest = watchLoop();
    const begun = performance.now();
    const request = {
      dryRun: false,
      store,
      reader,
      actor,
      path: file,
      label: 'benchmark',
      mapping,
      zone,
      log: silentLog,
    };
    const job = await ImportJob.start({ ...request, writeId: 'benchmark', onProgress: () => undefined });
    await job.over;
    const seconds = (performance.now() - begun) / 1_000;
    if (job.committed?.meetings !== rows) throw new Error(`not all came in: ${job.progress.message}`);
    const residentMb = process.memoryUsage().rss / 1e6;
    return { rowsPerSecond: rows / seconds, longestBlockMs: longest(), residentMb };
  } finally {
    await server.stop();
  }
}

const schema = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE clients (id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE owners (id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE meetings (id INTEGER PRIMARY KEY, client INTEGER, owner INTEGER, title TEXT, details TEXT, start TEXT,
    type TEXT, status TEXT, priority TEXT, minutes INTEGER, changed TEXT);
  CREATE TABLE tags (meeting INTEGER, tag TEXT);`;
const indexes = `${['client', 'owner', 'title', 'start', 'type', 'status', 'priority', 'minutes', 'changed']
  .map((column) => `CREATE INDEX meetings_${column} ON meetings (${column}, id);`)
  .join('\n')}
  CREATE INDEX tags_tag ON tags (tag, meeting);
  CREATE VIRTUAL TABLE words USING fts5(title, details, content='meetings', content_rowid='id', tokenize='trigram');
  INSERT INTO words (rowid, title, details) SELECT id, title, details FROM meetings;`;

async function sqlite(file: string, rows: number): Promise<Partial<Measured>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'daybook-bench-'));
  const database = new DatabaseSync(path.join(folder, 'office.db'));
  try {
    const begun = performance.now();
    database.exec(schema);
    database.exec('BEGIN');
    const named = (table: string): ((name: string) => number) => {
      const insert = database.prepare(`INSERT INTO ${table} VALUES (?, ?)`);
      const known = new Map<string, number>();
      return (name) => {
        const id = known.get(name) ?? known.size + 1;
        if (id > known.size) {
          known.set(name, id);
          insert.run(id, name);
        }
        return id;
      };
    };
    const [clientOf, ownerOf] = [named('clients'), named('owners')];
    const insert = database.prepare('INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    const insertTag = database.prepare('INSERT INTO tags VALUES (?, ?)');
    const now = new Date().toISOString();
    let id = 0;
    for await (const [client, owner, title, details, start, type, status, priority, tags, minutes] of rowsOf(
      file,
    ) as AsyncIterable<[string, string, ...string[]]>) {
      id += 1;
      const fields = [title!, details!, start!, type!, status!, priority!, Number(minutes), now] as const;
      insert.run(id, clientOf(client), ownerOf(owner), ...fields);
      for (const tag of tags!.split('; ')) if (tag !== '') insertTag.run(id, tag);
    }
    database.exec(indexes);
    database.exec('COMMIT');
    if (id !== rows) throw new Error('not all came in');
    return { rowsPerSecond: rows / ((performance.now() - begun) / 1_000) };
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

async function main(): Promise<void> {
  const options = { rows: { type: 'string' }, runs: { type: 'string' }, json: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const rows = Number(values.rows ?? 100_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'daybook-bench-'));
  const file = path.join(folder, 'meetings.csv');
  const results: { numbers: number; engines: Measured[] }[] = [];
  try {
    for (const numbers of [5_000, rows]) {
      await writeFile(generate(rows), file, numbers);
      const megabytes = statSync(file).size / 1e6;
      const title =
        numbers === rows ? 'a number of its own in every title' : `${String(numbers)} numbers in titles`;
      console.log(`\n${rows.toLocaleString('en')} rows, ${megabytes.toFixed(0)} MB, ${title}`);
      const runs: Record<string, Partial<Measured>[]> = {};
      for (let run = 0; run < Number(values.runs ?? 3); run += 1) {
        const begun = performance.now();
        await readOnly(file);
        const floor = { rowsPerSecond: rows / ((performance.now() - begun) / 1_000) };
        (runs['reading the file only'] ??= []).push(floor);
        (runs['SQLite'] ??= []).push(await sqlite(file, rows));
        (runs['Daybook'] ??= []).push(await daybook(file, rows));
      }
      const engines = Object.entries(runs).map(([engine, each]): Measured => {
        const last = each.at(-1)!;
        return { ...last, engine, rowsPerSecond: median(each.map(({ rowsPerSecond }) => rowsPerSecond!)) };
      });
      results.push({ numbers, engines });
      for (const { engine, rowsPerSecond, longestBlockMs, residentMb } of engines) {
        const more =
          longestBlockMs === undefined
            ? ''
            : `  longest block ${longestBlockMs.toFixed(0)} ms, ${residentMb!.toFixed(0)} MB`;
        console.log(`${engine.padEnd(24)}${rowsPerSecond.toFixed(0).padStart(9)} rows/s${more}`);
      }
      const speed = (name: string): number => engines.find(({ engine }) => engine === name)!.rowsPerSecond;
      console.log(`  SQLite's time / Daybook's: ${(speed('Daybook') / speed('SQLite')).toFixed(2)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ rows, results }, null, 2)}\n`);
}

await main();
