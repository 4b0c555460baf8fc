// `npm run check-office -- --office=DIR [--repair]`: compares an office's records with everything worked out from them,
// without a window. What it prints is the report as JSON; see electron/command.
import { inRoot } from './paths.mjs';
import { runForeground } from './processes.mjs';
import { runMain } from './say.mjs';
import { setUpEngine } from './setup.mjs';

async function main() {
  const exitCode = await setUpEngine();
  if (exitCode !== null) return exitCode;
  const args = [inRoot('electron/command/checkMain.ts'), ...process.argv.slice(2)];
  return runForeground(process.execPath, args, { cwd: process.env.INIT_CWD ?? process.cwd() });
}

await runMain(main);
