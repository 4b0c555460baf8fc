// `npm run bench` (bench/README.md says with what), `bench:opening`, `bench:import`, `bench:ui` and `bench:package`: sets up and runs
// bench/main.ts, bench/opening.ts, bench/import.ts, bench/ui or bench/package, the last three on the built app.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildApp } from './build.mjs';
import { onSomeDisplay } from './display.mjs';
import { makePackages, packagedProgram } from './package.mjs';
import { inRoot, localCacheDir, redisServerPath } from './paths.mjs';
import { runForeground } from './processes.mjs';
import { Stop, runMain } from './say.mjs';
import { setUp } from './setup.mjs';

const packagesDir = path.join(localCacheDir, 'packages');

async function main() {
  const done = await setUp('test');
  if ('exitCode' in done) return done.exitCode;
  const [which, ...more] = process.argv.slice(2);
  const script = [inRoot('bench', `${which}.ts`), inRoot('bench', which, 'main.ts')].find((file) =>
    existsSync(file),
  );
  if (!script) throw new Stop(`there is no bench/${which}.ts`);
  const hasWindows = which === 'ui' || which === 'package';
  // The thread that reads files is measured as it ships.
  if (hasWindows || which === 'import') await buildApp();
  if (which === 'package')
    makePackages({
      electron: done.electron,
      formats: ['dir'],
      more: [`-c.directories.output=${packagesDir}`],
    });
  // Beside a million meetings the oracle keeps all their columns.
  const node = which === 'main' ? ['--max-old-space-size=8192', script] : [script];
  const { command, args } = hasWindows
    ? onSomeDisplay(process.execPath, [script, ...more])
    : { command: process.execPath, args: [...node, ...more] };
  const env = {
    ...process.env,
    REDISMS_SYSTEM_BINARY: redisServerPath,
    LC_ALL: 'C',
    DAYBOOK_ELECTRON_EXECUTABLE: done.electron.executable,
    ...(which === 'package' && { DAYBOOK_PROGRAM: packagedProgram(packagesDir) }),
  };
  return runForeground(command, args, { cwd: process.env.INIT_CWD ?? process.cwd(), env });
}

await runMain(main);
