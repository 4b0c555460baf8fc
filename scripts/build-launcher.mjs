// Puts daybook-launcher beside redis-server. It is one small C file, so it is compiled and not fetched; a compiled
// copy is kept in the user's cache for checkouts on machines that lost their compiler.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { engineDir, inRoot, launcherPath, platformKey, userCacheDir } from './paths.mjs';
import { findProgram } from './processes.mjs';
import { once } from './once.mjs';
import { Stop, runMain, say } from './say.mjs';

const isWindows = process.platform === 'win32';
const source = inRoot(
  'resources',
  'launcher',
  isWindows ? 'daybook-launcher-windows.c' : 'daybook-launcher.c',
);
const FLAGS = [
  '-O2',
  '-Wall',
  ...(isWindows ? ['-municode'] : ['-std=c11']),
  ...(process.platform === 'darwin' ? [] : ['-static']),
];
const stampPath = `${launcherPath}.stamp`;

const recipe = () => createHash('sha256').update(readFileSync(source)).update(FLAGS.join(' ')).digest('hex');

export function launcherIsCurrent() {
  return (
    existsSync(launcherPath) && existsSync(stampPath) && readFileSync(stampPath, 'utf8').trim() === recipe()
  );
}

function build() {
  mkdirSync(engineDir, { recursive: true });
  const cached = path.join(userCacheDir, `daybook-launcher-${platformKey}-${recipe().slice(0, 16)}`);
  const compiler = ['cc', 'gcc', 'clang'].find(findProgram);
  const partial = `${launcherPath}.${process.pid}.partial`;
  if (compiler) {
    execFileSync(compiler, [...FLAGS, source, '-o', partial], { stdio: ['ignore', 2, 2] });
    keep(partial, cached);
  } else if (existsSync(cached)) {
    copyFileSync(cached, partial);
  } else {
    throw new Stop(`a C compiler (cc, gcc or clang) is needed to build ${path.basename(source)}`);
  }
  renameSync(partial, launcherPath);
  writeFileSync(stampPath, `${recipe()}\n`);
  say('the engine launcher is ready');
}

function keep(file, cached) {
  try {
    mkdirSync(userCacheDir, { recursive: true });
    copyFileSync(file, `${cached}.${process.pid}`);
    renameSync(`${cached}.${process.pid}`, cached);
  } catch (error) {
    say(`not cached (${error.code}): ${cached}`);
  }
}

export const ensureLauncher = () => once('launcher', launcherIsCurrent, build);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(ensureLauncher);
