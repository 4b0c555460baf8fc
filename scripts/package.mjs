// `npm run package [-- FORMAT...]`: makes packages of this system in dist/. Without a format: those that can be made
// here, else the ones named (`dir` is the unpacked program): dir deb rpm AppImage, dir nsis, dir dmg zip.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildApp } from './build.mjs';
import { engineRecordPath, inRoot, packageJson, readJson } from './paths.mjs';
import { findProgram, run } from './processes.mjs';
import { Stop, runMain, say } from './say.mjs';
import { setUp } from './setup.mjs';

const SYSTEM = { linux: '--linux', darwin: '--mac', win32: '--win' };
const PROGRAM = {
  linux: 'linux-unpacked/daybook',
  darwin: `mac${process.arch === 'x64' ? '' : `-${process.arch}`}/Daybook.app/Contents/MacOS/Daybook`,
  win32: 'win-unpacked/Daybook.exe',
};

/** Where the unpacked program is after packaging. */
export const packagedProgram = (output = inRoot('dist')) => path.join(output, PROGRAM[process.platform]);

/**
 * The official runtime electron-builder fetches and checks by itself; any other is named, and such packages are for
 * testing only: they say so in their file names.
 */
function runtimeOptions({ official, dist, version }) {
  if (official) return [];
  return [
    `-c.electronDist=${dist}`,
    `-c.electronVersion=${version}`,
    '-c.artifactName=${name}_${version}_${arch}_for-testing.${ext}',
    '-c.nsis.artifactName=${name}_${version}_${arch}_for-testing.${ext}',
  ];
}

/** fpm is downloaded with the rest of a release machine's tools; where it cannot be, dpkg-deb does its work. */
function toolEnvironment(official) {
  const needsStandIn = process.platform === 'linux' && !official && !findProgram('fpm');
  return needsStandIn ? { CUSTOM_FPM_PATH: inRoot('scripts', 'package', 'fpm-stand-in.mjs') } : {};
}

function usualFormats(official) {
  if (official) return []; // all that electron-builder.yml lists
  return process.platform === 'linux' && findProgram('dpkg-deb') ? ['dir', 'deb'] : ['dir'];
}

export function runElectronBuilder(args, env = {}) {
  run(process.execPath, [inRoot('node_modules', 'electron-builder', 'cli.js'), ...args], {
    cwd: inRoot(),
    env: { ...process.env, ...env },
    stdio: ['ignore', 2, 2],
  });
}

/**
 * Makes packages of what is built.
 * @param {{ electron: object, formats?: string[], more?: string[] }} options `more` goes to electron-builder as it is
 */
export function makePackages({ electron, formats = usualFormats(electron.official), more = [] }) {
  if (!readJson(engineRecordPath)?.shippable)
    throw new Stop(
      'this redis-server is for development only; packages need the one built from source (scripts/build-redis.mjs)',
    );
  runElectronBuilder(
    [
      ...[SYSTEM[process.platform], ...formats, `--${process.arch}`, '--publish', 'never'],
      ...runtimeOptions(electron),
      ...more,
    ],
    toolEnvironment(electron.official),
  );
}

async function main() {
  const done = await setUp('start');
  if ('exitCode' in done) return done.exitCode;
  await buildApp();
  const formats = process.argv.slice(2);
  const { electron } = done;
  makePackages({ electron, ...(formats.length > 0 && { formats }) });
  if (!electron.official)
    say(
      `made with Electron ${electron.version} in place of ${packageJson().devDependencies.electron}: for testing, not for handing out`,
    );
  const program = packagedProgram();
  if (existsSync(program)) console.log(path.relative(process.env.INIT_CWD ?? process.cwd(), program));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
