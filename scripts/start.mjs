// `npm start -- [--demo] [--office=DIR] [--screenshot=FILE.png] [--user=NAME]`: sets up what is missing, builds what
// has changed and opens the app. Ends with the app's exit code.
import { buildApp } from './build.mjs';
import { onSomeDisplay } from './display.mjs';
import { inRoot } from './paths.mjs';
import { runForeground } from './processes.mjs';
import { runMain, say } from './say.mjs';
import { setUp } from './setup.mjs';
import { hasDisplay } from './system-packages.mjs';

async function main() {
  const done = await setUp('start');
  if ('exitCode' in done) return done.exitCode;
  await buildApp();
  const runsAsRoot = process.platform === 'linux' && process.getuid() === 0;
  // Chromium's sandbox refuses to run as root; everyone else gets it.
  const switches = runsAsRoot ? ['--no-sandbox'] : [];
  // Without a desktop Chromium complains at length about a missing bus and graphics card.
  if (process.platform === 'linux' && !hasDisplay()) switches.push('--log-level=3');
  const { command, args, isVirtual } = onSomeDisplay(done.electron.executable, [
    ...switches,
    inRoot(),
    ...process.argv.slice(2),
  ]);
  if (isVirtual) say('no display found: the window opens on a virtual one (xvfb) and cannot be seen');
  return runForeground(command, args, { cwd: process.env.INIT_CWD ?? process.cwd() });
}

await runMain(main);
