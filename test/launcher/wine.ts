import { execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Waits for its end alone: whatever it leaves running would keep a pipe of ours open. */
const endsWell = (program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });

const findProgram = (name: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));

const compiler = 'x86_64-w64-mingw32-gcc';
const wine = findProgram('wine64') ?? findProgram('wine');
const server = findProgram('wineserver');

/** What is not there to try out programs for Windows; empty when nothing is missing. */
export const missing = [
  ...(process.platform === 'linux' ? [] : ['Linux']),
  ...(findProgram(compiler) ? [] : [compiler]),
  ...(wine && server ? [] : ['wine']),
].join(', ');

/** How Windows names a file of ours: Wine shows the whole file system as a drive. */
export const windowsPath = (file: string): string => `Z:${file.replaceAll('/', '\\')}`;

/** Where its server listens, which it leaves behind: Debian notes the name in the prefix, others work it out. */
function serverFolder(prefix: string): string {
  const noted = path.join(prefix, 'wineserver');
  const name = existsSync(noted) ? readFileSync(noted, 'utf8').trim() : '';
  if (/^wine-\w+$/.test(name)) return path.join('/tmp', name);
  const { dev, ino } = statSync(prefix);
  return `/tmp/.wine-${process.getuid?.()}/server-${dev.toString(16)}-${ino.toString(16)}`;
}

/** A Windows of its own that goes away with `remove`. */
export interface Wine {
  /** For programs and whatever else is made on the way. */
  readonly folder: string;
  /** Compiles a program. @returns its file */
  build(source: string, name: string, ...options: string[]): Promise<string>;
  /** A script that becomes the Windows program, so that it can be started, and killed, like one of this system. */
  script(program: string): string;
  remove(): Promise<void>;
}

export async function makeWine(): Promise<Wine> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-wine-'));
  const prefix = path.join(folder, 'prefix');
  const env = {
    PATH: process.env['PATH'],
    HOME: folder, // its folders of documents are links into it
    WINEPREFIX: prefix,
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree=;mshtml=;winemenubuilder.exe=', // nobody is asked to install anything
    LC_ALL: 'C.UTF-8', // names of files in any letters
  };
  const scripts: string[] = [];
  mkdirSync(prefix);
  const wineHere: Wine = {
    folder,
    async build(source, name, ...options) {
      const program = path.join(folder, name);
      mkdirSync(path.dirname(program), { recursive: true });
      await run(compiler, ['-O2', '-Wall', '-Werror', '-static', source, '-o', program, ...options]);
      return program;
    },
    script(program) {
      const script = `${program}.sh`;
      // Windows itself may be started on the way, and would keep an error stream open that somebody reads to its end.
      const settings = Object.entries(env).map(([name, value]) => `'${name}=${value}'`);
      writeFileSync(
        script,
        `#!/bin/sh\nexec env -i ${settings.join(' ')} '${wine}' '${program}' "$@" 2>/dev/null\n`,
      );
      chmodSync(script, 0o755);
      scripts.push(script);
      return script;
    },
    async remove() {
      // What a test that failed still begins could start Windows again behind our back.
      for (const script of scripts) rmSync(script, { force: true });
      for (let tries = 0; tries < 10 && (await endsWell(server!, ['-k'], env)); tries += 1)
        await endsWell(server!, ['-w'], env);
      rmSync(serverFolder(prefix), { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
  if (!(await endsWell(wine!, ['wineboot', '-i'], env))) {
    await wineHere.remove();
    throw new Error('Wine does not start');
  }
  // Without any program Windows ends, and the next one waits for its start. This one reads until we close its input or end.
  spawn(wine!, ['cmd.exe'], { env, stdio: ['pipe', 'ignore', 'ignore'] }).stdin!.on('error', () => undefined);
  return wineHere;
}
