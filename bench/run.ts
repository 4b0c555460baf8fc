import { cellsOf } from './cells.ts';
import { floorsOf } from './engines/floors.ts';
import { type Measured, Measurement } from './measure.ts';
import { type BuiltOffice, buildOffice, fileBytes } from './office.ts';
import { plansOf } from './plans.ts';
import { printRows } from './print.ts';
import { restart } from './restart.ts';
import type { SizeFacts } from './sizeFacts.ts';
import { measureWrites } from './writes.ts';

export interface RunOptions {
  readonly size: number;
  readonly rounds: number;
  /** How many different numbers stand in titles. */
  readonly numbers: number;
  readonly withProofOfConcept: boolean;
}

const writeSamples = ({ size, rounds }: RunOptions): number =>
  Math.min(rounds, size >= 1_000_000 ? 100 : 200);

/** All reads of one size, round by round. */
async function measureReads(
  office: BuiltOffice,
  rounds: number,
): Promise<{ rows: Measured[]; compared: number }> {
  const { size, server, daybook, join, materialised, pageOnly, proofOfConcept, oracle, changes } = office;
  const readers = [daybook, join, materialised, pageOnly, ...(proofOfConcept ? [proofOfConcept] : [])];
  const writers = readers.filter((engine) => engine !== pageOnly);
  const kinds = ['add', 'edit', 'delete'] as const;
  let writes = 0;
  const measurement = new Measurement({
    size,
    cells: cellsOf(oracle.columns.ownerNames.length),
    floors: floorsOf(server.redis, size),
    engines: new Map(readers.map((engine) => [engine.name, engine])),
    oracle,
    async write() {
      const change = changes.draw(kinds[writes++ % kinds.length]!);
      await changes.make(change, writers, process.hrtime.bigint);
    },
  });
  return measurement.run(rounds);
}

/** Builds an office of one size in every engine, measures them, and removes it again. */
export async function runSize(options: RunOptions): Promise<{ rows: Measured[]; facts: SizeFacts }> {
  const { size, rounds } = options;
  const office = await buildOffice({ ...options, more: rounds + 1_000 });
  try {
    const { rows: reads, compared } = await measureReads(office, rounds);
    printRows(reads);
    const { daybook, join, materialised, oracle, changes } = office;
    const writable = { size, daybook, sqlite: [join, materialised], oracle, changes };
    const writes = await measureWrites(writable, writeSamples(options));
    printRows(writes);
    office.joinDatabase.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const facts: SizeFacts = {
      size,
      loadSeconds: office.loadSeconds,
      sqliteBytes: {
        join: fileBytes(office.files.join),
        materialised: fileBytes(office.files.materialised),
        joinParts: partsOf(office),
      },
      plans: plansOf(office),
      compared,
      asked: reads.reduce((sum, { engine, samples }) => sum + (engine === 'floor' ? 0 : samples), 0),
      restart: await restart(office),
    };
    return { rows: [...reads, ...writes], facts };
  } finally {
    await office.close();
  }
}

/** Bytes of each table and index of SQLite's file; the five tables of FTS5 as one. */
function partsOf({ joinDatabase }: BuiltOffice): Record<string, number> {
  const found = joinDatabase
    .prepare(
      `SELECT CASE WHEN name LIKE 'words%' THEN 'words (FTS5)' ELSE name END part, sum(pgsize) bytes
       FROM dbstat WHERE aggregate GROUP BY part ORDER BY bytes DESC`,
    )
    .all() as { part: string; bytes: number }[];
  return Object.fromEntries(
    found.filter(({ bytes }) => bytes > 100_000).map(({ part, bytes }) => [part, bytes]),
  );
}
