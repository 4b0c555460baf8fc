// Puts redis-server-faults into .cache: the engine as it ships, linked with test/faults/engine/faults.c in front of what
// brings bytes to the disk and tells the time, so that tests can have a write or a sync fail and the clock jump. Linux only, where the linker can wrap calls.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  builtName,
  engineObject,
  inWorkFolder,
  keepProved,
  provedInCache,
  recipe as engineRecipe,
} from './build-redis.mjs';
import { engineRecordPath, faultEnginePath, inRoot, readJson } from './paths.mjs';
import { findProgram } from './processes.mjs';
import { once } from './once.mjs';
import { Stop, runMain, say } from './say.mjs';

const source = inRoot('test', 'faults', 'engine', 'faults.c');
const WRAPPED = ['write', 'fsync', 'fdatasync', 'ftruncate', 'rename', 'gettimeofday'];
const FLAGS = [
  ...['-O2', '-Wall', '-std=c11', '-static', '-s', '-rdynamic'],
  ...WRAPPED.map((call) => `-Wl,--wrap=${call}`),
];
const LIBRARIES = ['-lm', '-ldl', '-lpthread', '-lrt'];
const stampPath = `${faultEnginePath}.stamp`;

/** Changes whenever the built program would: that of the engine, our file, flags. */
const recipe = () =>
  createHash('sha256')
    .update(`${engineRecipe()} ${FLAGS.join(' ')}`)
    .update(readFileSync(source))
    .digest('hex')
    .slice(0, 16);
const cachedName = () => `${builtName()}-faults-${recipe()}`;

/** Also true where there cannot be one. */
export function faultEngineIsCurrent() {
  if (process.platform !== 'linux') return true;
  return (
    existsSync(faultEnginePath) &&
    existsSync(stampPath) &&
    readFileSync(stampPath, 'utf8').trim() === recipe()
  );
}

function link(object, work) {
  const program = path.join(work, path.basename(faultEnginePath));
  try {
    execFileSync('cc', [...FLAGS, source, object, '-o', program, ...LIBRARIES], { stdio: 'pipe' });
  } catch (error) {
    throw new Stop(`the fault build of redis-server was not linked:\n${String(error.stderr ?? error)}`);
  }
  keepProved(program, cachedName(), work);
  return program;
}

/** @returns null where nothing can be linked; where the engine is not of our making, its source could not be had */
async function fromObject(work) {
  if (!findProgram('cc') || !readJson(engineRecordPath)?.shippable) return null;
  const object = await engineObject(work);
  return object ? link(object, work) : null;
}

function install(program) {
  mkdirSync(path.dirname(faultEnginePath), { recursive: true });
  const partial = `${faultEnginePath}.${process.pid}.partial`;
  copyFileSync(program, partial);
  renameSync(partial, faultEnginePath);
  writeFileSync(stampPath, `${recipe()}\n`);
  say('the fault build of redis-server is ready');
}

const build = () =>
  inWorkFolder(async (work) => {
    const program = provedInCache(cachedName()) ?? (await fromObject(work));
    if (program) install(program);
    else
      say('without a C compiler (cc) or the source of Redis there is no fault build: its tests are skipped');
  });

export const ensureFaultEngine = () => once('fault-engine', faultEngineIsCurrent, build);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(ensureFaultEngine);
