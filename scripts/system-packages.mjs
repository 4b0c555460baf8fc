// Libraries and tools that come from the system. On Debian and Ubuntu we know their names: root gets them installed,
// anyone else gets the one line to run. On other systems there is nothing we could check, so nothing is said.
import { findProgram, run, tryRun } from './processes.mjs';
import { Stop, say } from './say.mjs';

// A need lists its names from old to new: Debian 13 and Ubuntu 24.04 renamed some packages.
const FOR_ELECTRON = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libgbm1'],
  ['libasound2', 'libasound2t64'],
  ['libxss1'],
  ['fonts-dejavu-core'],
];
const FOR_NO_DISPLAY = [['xvfb'], ['xauth']];
const FOR_CHECKS = [['lua-check']];
const FOR_BUILDING = [['gcc'], ['libc6-dev'], ['make'], ['patch'], ['ca-certificates']];

export const hasDisplay = () => Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** What is missing of the needs, as the name to install. */
function missing(needs) {
  const names = needs.flat();
  // dpkg-query fails as soon as one name is unknown, yet still lists the others.
  const listed =
    tryRun('sh', [
      '-c',
      `dpkg-query -W -f '\${Package} \${db:Status-Status}\\n' ${names.join(' ')} 2>/dev/null || true`,
    ]) ?? '';
  const installed = new Set(
    listed
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return needs.filter((need) => !need.some((name) => installed.has(name)));
}

/** The newest name this release knows. */
const nameToInstall = (need) =>
  [...need]
    .reverse()
    .find((name) => /Candidate: (?!\(none\))/.test(tryRun('apt-cache', ['policy', name]) ?? '')) ?? need[0];

function installAsRoot(needs) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  say('reading the package lists of the system');
  run('apt-get', ['-qq', 'update'], { env });
  const names = needs.map(nameToInstall);
  say(`installing ${names.join(' ')}`);
  run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...names], {
    env,
    stdio: ['ignore', 'ignore', 2],
  });
}

/**
 * Sees to the system packages for `start`, `test`, or the `engine` alone. `mustBuild` adds what compiling the engine needs.
 * Missing build tools or a missing virtual screen stop us; a missing checker or font does not.
 */
export function ensureSystemPackages({ purpose, mustBuild }) {
  if (process.platform !== 'linux' || !findProgram('dpkg-query') || !findProgram('apt-get')) return;
  const needs = [
    ...(purpose === 'engine' ? [] : FOR_ELECTRON),
    ...(purpose === 'test' || (purpose === 'start' && !hasDisplay()) ? FOR_NO_DISPLAY : []),
    ...(purpose === 'test' ? FOR_CHECKS : []),
    ...(mustBuild ? FOR_BUILDING : []),
  ];
  const lacking = missing(needs);
  if (lacking.length === 0) return;
  if (process.getuid() === 0) {
    try {
      installAsRoot(lacking);
      return;
    } catch (error) {
      say(`apt-get failed: ${String(error.message).split('\n')[0]}`);
    }
  }
  const line = `sudo apt-get install ${lacking.map((need) => need[0]).join(' ')}`;
  const canGoOn = !lacking.some((need) => [...FOR_BUILDING, FOR_NO_DISPLAY[0]].includes(need));
  if (!canGoOn) throw new Stop(`system packages are missing, please run: ${line}`);
  say(`system packages are missing, please run: ${line}`);
}
