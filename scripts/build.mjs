// Builds out/ with electron-vite, unless nothing it is made of has changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureToolchain } from './node-toolchain.mjs';
import { inRoot } from './paths.mjs';
import { run } from './processes.mjs';
import { once } from './once.mjs';
import { runMain } from './say.mjs';

const INPUTS = [
  ...['electron', 'renderer', 'lua'],
  ...[
    'package.json',
    'package-lock.json',
    'electron.vite.config.ts',
    'postcss.config.mjs',
    'tsconfig.base.json',
  ],
];
const stampPath = inRoot('out', 'built-from');

/** Names, sizes and times of all inputs: quick to take, and any edit changes it. */
function fingerprint() {
  const hash = createHash('sha256');
  const add = (place) => {
    const stat = statSync(inRoot(place), { throwIfNoEntry: false });
    if (!stat) return;
    if (!stat.isDirectory()) hash.update(`${place} ${stat.size} ${stat.mtimeMs}\n`);
    else for (const name of readdirSync(inRoot(place)).sort()) add(path.join(place, name));
  };
  INPUTS.forEach(add);
  hash.update(process.env.DAYBOOK_UPDATES_KEY ?? '');
  return hash.digest('hex');
}

const isCurrent = () =>
  existsSync(inRoot('out/main/main.cjs')) &&
  existsSync(stampPath) &&
  readFileSync(stampPath, 'utf8') === fingerprint();

export const buildApp = () =>
  once('build', isCurrent, () => {
    const before = fingerprint();
    run(
      process.execPath,
      [inRoot('node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
      {
        cwd: inRoot(),
      },
    );
    mkdirSync(inRoot('out'), { recursive: true });
    writeFileSync(stampPath, before);
  });

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => (await ensureToolchain()) ?? (await buildApp()));
}
