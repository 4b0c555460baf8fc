// `npm run format`: rewrites every file, or the ones named, in the house style.
import { ensureToolchain } from './node-toolchain.mjs';
import { inRoot } from './paths.mjs';
import { runForeground } from './processes.mjs';
import { runMain } from './say.mjs';

async function main() {
  const code = await ensureToolchain();
  if (code !== null) return code;
  const prettier = inRoot('node_modules/prettier/bin/prettier.cjs');
  const named = process.argv.slice(2);
  const options = ['--write', '--cache', '--list-different', '--ignore-unknown'];
  return runForeground(process.execPath, [prettier, ...options, ...(named.length > 0 ? named : ['.'])], {
    cwd: inRoot(),
  });
}

await runMain(main);
