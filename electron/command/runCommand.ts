import path from 'node:path';
import { programPaths } from '../paths.ts';
import { CommandTrouble, type OfficeCommand } from './withOffice.ts';

/** The programs of this checkout. */
export function programsHere(): OfficeCommand['programs'] {
  const root = path.resolve(import.meta.dirname, '../..');
  const { launcher, redisServer, lua } = programPaths(path.join(root, 'out', 'main'), null);
  return { launcher, redisServer, luaFolder: lua };
}

/**
 * Runs a command and prints its report as JSON; interrupting it cancels it.
 * @returns the number to end with; 2 when the command could not begin
 */
export async function runCommand(
  run: (signal: AbortSignal) => Promise<{ report: object; code: number }>,
): Promise<number> {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
  const print = (report: object): boolean => process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  try {
    const { report, code } = await run(stopping.signal);
    print(report);
    return code;
  } catch (error) {
    if (!(error instanceof CommandTrouble)) throw error;
    print({ state: 'failed', message: error.message });
    return 2;
  }
}
