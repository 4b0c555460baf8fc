import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkOffice } from '../check/checkOffice.ts';
import type { CheckReport } from '../contract/check.ts';
import { Failure } from '../contract/failure.ts';
import { silentLog } from '../log.ts';
import { programsHere, runCommand } from './runCommand.ts';
import { CommandTrouble, withOffice } from './withOffice.ts';

// `npm run check-office -- --office=DIR [--repair]`: prints the report as JSON. Ends with 0 when everything agrees, or
// does after the repair, 1 when something differs, 2 when the office could not be opened.

const usage = 'Say which office: --office=DIR [--repair]';

/** What the check found, and after a repair what a second look still finds. */
export interface CheckCommandReport extends CheckReport {
  readonly office: string;
  readonly left: CheckReport['differences'];
}

function wanted(args: readonly string[]): { office: string; repair: boolean } {
  try {
    const options = { office: { type: 'string' }, repair: { type: 'boolean', default: false } } as const;
    const { office, repair } = parseArgs({ args: [...args], options }).values;
    if (office) return { office: path.resolve(office), repair };
  } catch {
    // Told below, like an office that is not named.
  }
  throw new CommandTrouble(usage);
}

process.exitCode = await runCommand(async (signal) => {
  const { office, repair } = wanted(process.argv.slice(2));
  const command = { office, programs: programsHere(), log: silentLog };
  const report = await withOffice(command, async ({ store, facts }): Promise<CheckCommandReport> => {
    if (!facts.exists) throw new Failure('NO_OFFICE', 'folder');
    const { user } = (await store.call('users_administrator', {})) as { user: { id: string } };
    const request = { store, actor: user.id, signal };
    const found = await checkOffice({ ...request, repair });
    const again = repair && found.state === 'done' ? await checkOffice({ ...request, repair: false }) : found;
    return { office, ...found, state: again.state, left: again.differences };
  });
  return { report, code: report.state === 'done' && report.left.length === 0 ? 0 : 1 };
});
