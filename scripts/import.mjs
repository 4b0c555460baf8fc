// `npm run import -- --office=DIR --file=FILE [--map=TEMPLATE] [--dry-run] [--user=NAME]`: imports meetings without a
// window, for scripts. What it prints is the report as JSON; see electron/command.
import { inRoot } from './paths.mjs';
import { runForeground } from './processes.mjs';
import { runMain } from './say.mjs';
import { setUpEngine } from './setup.mjs';

async function main() {
  const exitCode = await setUpEngine();
  if (exitCode !== null) return exitCode;
  const args = [inRoot('electron/command/main.ts'), ...process.argv.slice(2)];
  return runForeground(process.execPath, args, { cwd: process.env.INIT_CWD ?? process.cwd() });
}

await runMain(main);
