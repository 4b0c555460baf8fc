import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { engineVersion } from '../electron/redis/engine.ts';
import { judgeBars } from './bars.ts';
import { cellsOf } from './cells.ts';
import { floorsOf } from './engines/floors.ts';
import { type Measured, Measurement } from './measure.ts';
import { type BuiltOffice, buildOffice, fileBytes } from './office.ts';
import { plansOf } from './plans.ts';
import { writePlots } from './plots.ts';
import { printBars, printFacts, printRows } from './print.ts';
import { report } from './report.ts';
import { restart } from './restart.ts';
import type { Results, SizeFacts } from './results.ts';
import { projectRoot } from './server.ts';
import { measureWrites } from './writes.ts';

// `npm run bench -- [--sizes 10000,100000,1000000] [--rounds 500] [--numbers 5000] [--json FILE] [--results] [--plans]
// [--no-poc]`: how quick the query core is, beside SQLite, the proof of concept and the floors, all asked in turn. Every
// answer is compared with an oracle's; a wrong one ends the run. `bench/README.md` describes what is measured.

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    rounds: { type: 'string', default: '500' },
    numbers: { type: 'string', default: '5000' },
    json: { type: 'string' },
    results: { type: 'boolean', default: false },
    plans: { type: 'boolean', default: false },
    'no-poc': { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const numbers = Number(values.numbers);
const writeSamples = (size: number): number => Math.min(rounds, size >= 1_000_000 ? 100 : 200);

/** All reads of one size, round by round. */
async function measureReads(office: BuiltOffice): Promise<{ rows: Measured[]; compared: number }> {
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

async function runSize(size: number): Promise<{ rows: Measured[]; facts: SizeFacts }> {
  const more = rounds + 1_000;
  const office = await buildOffice({ size, numbers, more, withProofOfConcept: !values['no-poc'] });
  try {
    const { rows: reads, compared } = await measureReads(office);
    printRows(reads);
    const { daybook, join, materialised, oracle, changes } = office;
    const writable = { size, daybook, sqlite: [join, materialised], oracle, changes };
    const writes = await measureWrites(writable, writeSamples(size));
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

const results: Results = {
  schema: 1,
  date: new Date().toISOString(),
  machine: `${String(os.cpus().length)} cores, ${os.cpus()[0]?.model ?? 'unknown'}, ${String(Math.round(os.totalmem() / 2 ** 30))} GiB`,
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: projectRoot,
    encoding: 'utf8',
  }).trim(),
  versions: { node: process.version, redis: engineVersion, sqlite: process.versions['sqlite'] ?? '' },
  rounds,
  numbers,
  sizes: [],
  rows: [],
  bars: [],
};
for (const size of values.sizes.split(',').map(Number)) {
  const { rows, facts } = await runSize(size);
  results.rows.push(...rows);
  results.sizes.push(facts);
  results.bars = judgeBars(results.rows, results.sizes);
  printFacts(facts);
  if (values.plans)
    for (const [name, plan] of Object.entries(facts.plans)) console.log(`${name}\n  ${plan.join('\n  ')}`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
}
printBars(results.bars);
if (values.results) {
  const folder = path.join(projectRoot, 'bench');
  const drawn = writePlots(path.join(folder, 'plots'), results.rows);
  writeFileSync(
    path.join(folder, 'RESULTS.md'),
    await format(report(results, drawn), { ...(await resolveConfig(folder)), parser: 'markdown' }),
  );
}
const refused = results.rows.filter((row) => row.refused);
for (const { size, kind, user, engine, refused: count } of refused)
  console.log(`REFUSED ${String(count)} times: ${kind}, ${user}, ${engine}, ${String(size)} meetings`);
if (refused.length > 0) process.exitCode = 1;
