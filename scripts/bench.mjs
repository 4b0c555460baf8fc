// `npm run bench -- [--sizes 10000,100000] [--json FILE]`, `npm run bench:import` and `npm run bench:ui`: sets up and runs bench/main.ts, bench/import.ts or
// bench/ui.ts, the latter on the built app.
import { existsSync } from 'node:fs';
import { buildApp } from './build.mjs';
import { onSomeDisplay } from './display.mjs';
import { inRoot, redisServerPath } from './paths.mjs';
import { runForeground } from './processes.mjs';
import { Stop, runMain } from './say.mjs';
import { setUp } from './setup.mjs';

async function main() {
  const done = await setUp('test');
  if ('exitCode' in done) return done.exitCode;
  const [which, ...more] = process.argv.slice(2);
  const script = [inRoot('bench', `${which}.ts`), inRoot('bench', which, 'main.ts')].find((file) =>
    existsSync(file),
  );
  if (!script) throw new Stop(`there is no bench/${which}.ts`);
  if (which === 'ui') await buildApp();
  const { command, args } =
    which === 'ui'
      ? onSomeDisplay(process.execPath, [script, ...more])
      : { command: process.execPath, args: [script, ...more] };
  const env = {
    ...process.env,
    REDISMS_SYSTEM_BINARY: redisServerPath,
    LC_ALL: 'C',
    DAYBOOK_ELECTRON_EXECUTABLE: done.electron.executable,
  };
  return runForeground(command, args, { cwd: process.env.INIT_CWD ?? process.cwd(), env });
}

await runMain(main);
