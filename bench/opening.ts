import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startEngine } from '../electron/redis/engine.ts';
import { newBackend, type TestBackend } from '../test/support/backend.ts';
import { engineOptions, removeFolders } from '../test/support/engine.ts';
import { loadJoin, open as openSqlite, ownerNumbers } from './engines/sqlite/load.ts';
import { SqliteWriter } from './engines/sqlite/writer.ts';
import type { BenchMeeting, BenchOffice } from './generate.ts';
import { microseconds, Times } from './measure.ts';
import { Columns } from './oracle/columns.ts';
import { endOnSignals, temporaryFolder } from './temporaryFolder.ts';
import { makeOffice, password, userName } from './ui/office.ts';

// `npm run bench:opening -- [--size 100000] [--rounds 15] [--saves 20]`: what it costs that nothing that was saved is lost.
// Opens an office with all checks, asks for its first list, saves in it and closes it, in turn with others: the bare engine on
// the same files, SQLite with the same meetings, and as many bytes brought to the same disk. Figures are medians; read the ratios.

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '15' },
    saves: { type: 'string', default: '20' },
  },
});
const size = Number(values.size);

/** Each with the floor it stands beside. */
const kinds = {
  open: 'open with all checks, and the first list',
  bare: 'floor: the bare engine on the same files',
  save: 'save a meeting',
  sqlite: 'SQLite, synchronous=FULL: the same meeting',
  sync: 'floor: 4 KB brought to the disk',
  close: 'close',
} as const;
type Kind = keyof typeof kinds;
const times = Object.fromEntries(
  Object.entries(kinds).map(([kind, name]) => [
    kind,
    new Times({ size, kind: name, user: '-', engine: '-' }),
  ]),
) as Record<Kind, Times>;

interface Row {
  readonly client: { readonly id: string };
  readonly owner: { readonly id: string };
}

async function timed<T>(kind: Kind, work: () => Promise<T> | T): Promise<T> {
  const begun = process.hrtime.bigint();
  const result = await work();
  times[kind].add(microseconds(begun));
  return result;
}

/** The password, which takes a tenth of a second by design, is no part of opening. */
async function open(backend: TestBackend, folder: string): Promise<Row> {
  const begun = process.hrtime.bigint();
  await backend.office.open(folder);
  const openUs = microseconds(begun);
  await backend.ask(1, 'session.signIn', { userName, password });
  const asked = process.hrtime.bigint();
  const { rows }: { rows: Row[] } = await backend.ask(1, 'meetings.filter', { limit: 50 });
  times.open.add(openUs + microseconds(asked));
  return rows[0]!;
}

/** As many bytes as a save adds to the engine's file. */
const bytes = Buffer.alloc(4_000, 'x');

interface Beside {
  /** A file on the same disk. */
  readonly scratch: number;
  readonly saveInSqlite: () => void;
}

/** SQLite with indexes and words of the same meetings. */
function sqliteBeside(file: string, office: BenchOffice): () => void {
  const now = Date.now();
  const columns = new Columns(office, now, 0);
  const database = openSqlite(file);
  loadJoin(database, columns);
  const writer = new SqliteWriter(database, columns, ownerNumbers(columns), false);
  const meeting: BenchMeeting = {
    ...{
      client: 0,
      owner: 0,
      type: 'call',
      status: 'open',
      priority: 'normal',
      tags: [],
      durationMinutes: 0,
    },
    ...{ start: '2026-11-22T00:00:00.000Z', details: 'Some words about it', title: '' },
  };
  let number = columns.count;
  return () => {
    const title = `Saved ${String(number)}`;
    writer.write({ kind: 'add', number, before: null, meeting: { ...meeting, title }, changedAt: now });
    number += 1;
  };
}

async function saveSome(backend: TestBackend, { client, owner }: Row, beside: Beside): Promise<void> {
  for (let left = Number(values.saves); left > 0; left -= 1) {
    const fields = {
      ...{ clientId: client.id, ownerId: owner.id, type: 'call', status: 'open', start: { date: '2026-11-22' } },
      ...{ title: `Saved ${String(left)}`, details: 'Some words about it' },
    };
    await timed('save', () =>
      backend.ask(1, 'meetings.create', { writeId: crypto.randomUUID(), fields }),
    );
    await timed('sqlite', beside.saveInSqlite);
    await timed('sync', () => {
      writeSync(beside.scratch, bytes);
      fdatasyncSync(beside.scratch);
    });
  }
} // prettier-ignore

async function round(folder: string, beside: Beside): Promise<void> {
  const options = engineOptions(path.join(folder, 'data'));
  const engine = await timed('bare', () => startEngine({ ...options, maxMemoryBytes: os.totalmem() / 2 }));
  await engine.stop();
  const backend = newBackend();
  const some = await open(backend, folder);
  await saveSome(backend, some, beside);
  await timed('close', () => backend.close());
}

endOnSignals();
const { folder, remove } = temporaryFolder();
const office = path.join(folder, 'office');
console.log(`${values.size} meetings, ${values.rounds} rounds, load average ${os.loadavg()[0]!.toFixed(1)}`);
const saveInSqlite = sqliteBeside(path.join(folder, 'beside.sqlite'), await makeOffice(office, size));
const scratch = openSync(path.join(folder, 'scratch'), 'a');
for (let left = Number(values.rounds); left > 0; left -= 1) await round(office, { scratch, saveInSqlite });
closeSync(scratch);
for (const each of Object.values(times)) {
  const { kind, median, p95, samples } = each.measured();
  const ms = (us: number): string => `${(us / 1_000).toFixed(2)} ms`;
  console.log(
    `${kind.padEnd(42)} median ${ms(median).padStart(10)}   p95 ${ms(p95).padStart(10)}   (${String(samples)})`,
  );
}
removeFolders();
remove();
process.exit(0);
