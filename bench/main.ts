import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { engineVersion } from '../electron/redis/engine.ts';
import { judgeBars } from './bars.ts';
import { writePlots } from './plots.ts';
import { printBars, printFacts } from './print.ts';
import { report } from './report.ts';
import type { Results } from './results.ts';
import { runSize } from './run.ts';
import { projectRoot } from './server.ts';
import { endOnSignals } from './temporaryFolder.ts';

// `npm run bench -- [--sizes 10000,100000,1000000] [--rounds 500] [--numbers 5000] [--json FILE] [--results] [--plans]
// [--no-poc] [--again FILE,...]`: how quick the query core is, beside SQLite, the proof of concept and the floors, all
// asked in turn. Every answer is compared with an oracle's; a wrong one ends the run. bench/README.md says more.

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    rounds: { type: 'string', default: '500' },
    numbers: { type: 'string', default: '5000' },
    json: { type: 'string' },
    results: { type: 'boolean', default: false },
    plans: { type: 'boolean', default: false },
    'no-poc': { type: 'boolean', default: false },
    again: { type: 'string' },
  },
});

endOnSignals();
const cores = os.cpus();
const nothingYet = (): Results => ({
  schema: 1,
  date: new Date().toISOString(),
  machine: `${String(cores.length)} cores, ${cores[0]?.model ?? 'unknown'}, ${String(Math.round(os.totalmem() / 2 ** 30))} GiB`,
  cores: cores.length,
  loadAverage: Math.round(os.loadavg()[0]! * 10) / 10,
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: projectRoot,
    encoding: 'utf8',
  }).trim(),
  versions: { node: process.version, redis: engineVersion, sqlite: process.versions['sqlite'] ?? '' },
  rounds: Number(values.rounds),
  numbers: Number(values.numbers),
  sizes: [],
  rows: [],
  bars: [],
});

const save = (results: Results): void => {
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
};

async function measureAll(): Promise<Results> {
  const results = nothingYet();
  for (const size of values.sizes.split(',').map(Number)) {
    const { rounds, numbers } = results;
    const { rows, facts } = await runSize({ size, rounds, numbers, withProofOfConcept: !values['no-poc'] });
    results.rows.push(...rows);
    results.sizes.push(facts);
    results.bars = judgeBars(results.rows, results.sizes);
    printFacts(facts);
    if (values.plans)
      for (const [name, plan] of Object.entries(facts.plans)) console.log(`${name}\n  ${plan.join('\n  ')}`);
    save(results);
  }
  return results;
}

/** What earlier runs wrote, of one size or more each, judged together; machine and commit are the first one's. */
function readAgain(files: readonly string[]): Results {
  const all = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Results);
  const rows = all.flatMap((each) => each.rows);
  const sizes = all.flatMap((each) => each.sizes);
  return { ...all[0]!, rows, sizes, bars: judgeBars(rows, sizes) };
}

async function writeResults(results: Results): Promise<void> {
  const folder = path.join(projectRoot, 'bench');
  const drawn = writePlots(path.join(folder, 'plots'), results.rows);
  const style = await resolveConfig(path.join(folder, 'RESULTS.md'));
  const text = await format(report(results, drawn), { ...style, parser: 'markdown' });
  writeFileSync(path.join(folder, 'RESULTS.md'), text);
}

const results = values.again ? readAgain(values.again.split(',')) : await measureAll();
save(results);
printBars(results.bars);
if (values.results) await writeResults(results);
const refused = results.rows.filter((row) => row.refused);
for (const { size, kind, user, engine, refused: count } of refused)
  console.log(`REFUSED ${String(count)} times: ${kind}, ${user}, ${engine}, ${String(size)} meetings`);
if (refused.length > 0) process.exitCode = 1;
