// Makes a checkout ready to run: Node, packages, system libraries, Electron, redis-server and its launcher.
// Every step looks first and does nothing when there is nothing to do; `npm start` and `npm test` call it each time.
import { pathToFileURL } from 'node:url';
import { ensureFaultEngine, faultEngineIsCurrent } from './build-fault-engine.mjs';
import { ensureLauncher, launcherIsCurrent } from './build-launcher.mjs';
import { ensureRedis, redisIsCurrent } from './build-redis.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { ensureToolchain } from './node-toolchain.mjs';
import { runMain } from './say.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * @param {'start' | 'test'} purpose
 * @returns {Promise<{ exitCode: number } | { electron: Awaited<ReturnType<typeof electronRuntime>> }>}
 *   an exit code when this script already ran to its end on a newer Node, otherwise what was set up
 */
export async function setUp(purpose) {
  const exitCode = await setUpEngine(purpose);
  return exitCode === null ? { electron: await electronRuntime() } : { exitCode };
}

/**
 * Node, packages and the engine, but no Electron.
 * @param {'start' | 'test' | 'engine'} purpose
 * @returns {Promise<number | null>} an exit code when this script already ran to its end on a newer Node
 */
export async function setUpEngine(purpose = 'engine') {
  const exitCode = await ensureToolchain();
  if (exitCode !== null) return exitCode;
  const wantsFaults = purpose === 'test';
  const isBuilt = redisIsCurrent() && launcherIsCurrent() && (!wantsFaults || faultEngineIsCurrent());
  ensureSystemPackages({ purpose, mustBuild: !isBuilt });
  await ensureRedis();
  await ensureLauncher();
  if (wantsFaults) await ensureFaultEngine();
  return null;
}

async function main() {
  const purpose = process.argv.includes('--start') ? 'start' : 'test';
  const done = await setUp(purpose);
  if ('exitCode' in done) return done.exitCode;
  console.log(`ready: Electron ${done.electron.version} at ${done.electron.executable}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
