import path from 'node:path';
import { parseArgs } from 'node:util';
import { silentLog } from '../log.ts';
import { programPaths } from '../paths.ts';
import { CommandTrouble, importFile, type ImportCommand } from './importFile.ts';

// `npm run import -- --office=DIR --file=FILE [--map=TEMPLATE] [--dry-run] [--user=NAME]`: prints the report as JSON.
// Ends with 0 when the import is done, 1 when it is not, 2 when it could not begin.

const usage =
  'Say which office and which file: --office=DIR --file=FILE [--map=TEMPLATE] [--dry-run] [--user=NAME]';

function commandOf(args: readonly string[], signal: AbortSignal): ImportCommand {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        office: { type: 'string' },
        file: { type: 'string' },
        map: { type: 'string' },
        user: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
      },
    }));
  } catch {
    throw new CommandTrouble(usage);
  }
  const { office, file, map, user } = values;
  if (!office || !file) throw new CommandTrouble(usage);
  const root = path.resolve(import.meta.dirname, '../..');
  const { launcher, redisServer, lua } = programPaths(path.join(root, 'out', 'main'), null);
  return {
    ...{ office: path.resolve(office), file: path.resolve(file), template: map ?? null },
    ...{ dryRun: values['dry-run'], user: user ?? null, log: silentLog, signal },
    programs: { launcher, redisServer, luaFolder: lua },
    readerFile: new URL('../imports/reader.worker.ts', import.meta.url),
  };
}

async function run(): Promise<number> {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
  try {
    const report = await importFile(commandOf(process.argv.slice(2), stopping.signal));
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return report.state === 'done' ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CommandTrouble)) throw error;
    process.stdout.write(`${JSON.stringify({ state: 'failed', message: error.message }, null, 2)}\n`);
    return 2;
  }
}

process.exitCode = await run();
