import path from 'node:path';
import { parseArgs } from 'node:util';
import { silentLog } from '../log.ts';
import { importFile, type ImportCommand } from './importFile.ts';
import { programsHere, runCommand } from './runCommand.ts';
import { CommandTrouble } from './withOffice.ts';

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
  return {
    ...{ office: path.resolve(office), file: path.resolve(file), template: map ?? null },
    ...{ dryRun: values['dry-run'], user: user ?? null, log: silentLog, signal },
    programs: programsHere(),
    readerFile: new URL('../imports/reader.worker.ts', import.meta.url),
  };
}

process.exitCode = await runCommand(async (signal) => {
  const report = await importFile(commandOf(process.argv.slice(2), signal));
  return { report, code: report.state === 'done' ? 0 : 1 };
});
