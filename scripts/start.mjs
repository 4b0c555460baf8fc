// `npm start -- [--demo] [--office=DIR] [--screenshot=FILE.png] [--user=NAME]`: sets up what is missing, builds what
// has changed and opens the app. Ends with the app's exit code.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { buildApp } from './build.mjs';
import { onSomeDisplay } from './display.mjs';
import { inRoot } from './paths.mjs';
import { runForeground } from './processes.mjs';
import { Stop, runMain, say } from './say.mjs';
import { setUp } from './setup.mjs';
import { hasDisplay } from './system-packages.mjs';

/**
 * Chromium's sandbox needs user namespaces or a helper that belongs to root. Recent Ubuntu allows a program from a
 * home folder neither, until its owner says so once.
 */
function requireSandbox(electronDist) {
  const restricted = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  if (!existsSync(restricted) || readFileSync(restricted, 'utf8').trim() !== '1') return;
  const helper = path.join(electronDist, 'chrome-sandbox');
  const stat = statSync(helper, { throwIfNoEntry: false });
  if (stat?.uid === 0 && stat.mode & 0o4000) return;
  throw new Stop(
    `this system keeps Electron from building its sandbox; allow it once with: ` +
      `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  );
}

async function main() {
  const done = await setUp('start');
  if ('exitCode' in done) return done.exitCode;
  await buildApp();
  const runsAsRoot = process.platform === 'linux' && process.getuid() === 0;
  // Chromium's sandbox refuses to run as root; everyone else gets it.
  const switches = runsAsRoot ? ['--no-sandbox'] : [];
  if (process.platform === 'linux' && !runsAsRoot) requireSandbox(done.electron.dist);
  // Without a desktop Chromium complains at length about a missing bus, and there is no graphics card to look for.
  if (process.platform === 'linux' && !hasDisplay()) switches.push('--log-level=3', '--disable-gpu');
  const { command, args, isVirtual } = onSomeDisplay(done.electron.executable, [
    inRoot(),
    // Behind the app, where a program that starts itself anew finds them again.
    ...switches,
    ...process.argv.slice(2),
  ]);
  if (isVirtual) say('no display found: the window opens on a virtual one (xvfb) and cannot be seen');
  return runForeground(command, args, { cwd: process.env.INIT_CWD ?? process.cwd() });
}

await runMain(main);
