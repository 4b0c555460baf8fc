// `npm run check`: every check that needs no running program. Two parts run at a time; each says how long it took.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ensureToolchain } from './node-toolchain.mjs';
import { inRoot, root } from './paths.mjs';
import { findProgram } from './processes.mjs';
import { runMain, say } from './say.mjs';

const MAX_LUA_LINES = 300;
const PARALLEL = 2;

const tool = (pkg, file) => inRoot('node_modules', pkg, file);
const present = (...folders) => folders.filter((folder) => existsSync(inRoot(folder)));

function node(file, ...args) {
  return () => runCaptured(process.execPath, [file, ...args]);
}

/** Longest parts first, so that the two lanes end at about the same time. */
function parts() {
  const tsc = tool('typescript', 'bin/tsc');
  const layered = present('electron', 'renderer', 'test', 'bench');
  return [
    {
      name: 'lint',
      run: node(
        tool('eslint', 'bin/eslint.js'),
        '--cache',
        '--cache-location',
        'node_modules/.cache/eslint/',
        '--max-warnings',
        '0',
        '.',
      ),
    },
    { name: 'types of the main process', run: node(tsc, '-p', 'tsconfig.node.json') },
    { name: 'types of the window', run: node(tsc, '-p', 'tsconfig.web.json') },
    {
      name: 'format',
      run: node(tool('prettier', 'bin/prettier.cjs'), '--check', '--cache', '--log-level', 'warn', '.'),
    },
    {
      name: 'layers',
      run:
        layered.length === 0
          ? nothing
          : node(
              tool('dependency-cruiser', 'bin/dependency-cruiser.mjs'),
              '--config',
              '.dependency-cruiser.mjs',
              ...layered,
            ),
    },
    { name: 'third-party notices', run: node(inRoot('scripts', 'notices.mjs'), '--check') },
    { name: 'luacheck', run: luacheck },
    { name: 'size of lua files', run: luaSizes },
  ];
}

const nothing = async () => ({ code: 0, output: '' });

function runCaptured(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('exit', (code) => resolve({ code: code ?? 1, output }));
  });
}

async function luacheck() {
  if (!existsSync(inRoot('lua'))) return nothing();
  if (!findProgram('luacheck')) {
    return {
      code: 0,
      skipped: true,
      output: 'luacheck is not installed (Debian and Ubuntu: sudo apt-get install lua-check)',
    };
  }
  return runCaptured('luacheck', ['--quiet', '--no-color', '.']);
}

async function luaSizes() {
  const isCode = (line) => line.trim() !== '' && !line.trim().startsWith('--');
  const files = existsSync(inRoot('lua')) ? readdirSync(inRoot('lua'), { recursive: true }) : [];
  const tooLong = files
    .filter((file) => file.endsWith('.lua'))
    .map((file) => ({
      file,
      lines: readFileSync(inRoot('lua', file), 'utf8').split('\n').filter(isCode).length,
    }))
    .filter(({ lines }) => lines > MAX_LUA_LINES);
  const output = tooLong.map(
    ({ file, lines }) => `lua/${file}: ${lines} lines of code, ${MAX_LUA_LINES} at most`,
  );
  return { code: tooLong.length > 0 ? 1 : 0, output: output.join('\n') };
}

async function runPart(part) {
  const startedAt = performance.now();
  const { code, output, skipped } = await part.run();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const verdict = skipped ? 'skipped' : code === 0 ? 'ok' : 'FAILED';
  console.log(`check ${part.name}: ${verdict}, ${seconds} s`);
  if (code !== 0 || skipped) console.log(output.trimEnd());
  return { name: part.name, verdict };
}

/** Runs all parts and answers how they went. */
export async function check() {
  const waiting = parts();
  const results = [];
  const lane = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) results.push(await runPart(part));
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
  const failed = results.filter((r) => r.verdict === 'FAILED').map((r) => r.name);
  return { passed: results.filter((r) => r.verdict === 'ok').length, failed };
}

async function main() {
  const code = await ensureToolchain();
  if (code !== null) return code;
  const { passed, failed } = await check();
  if (failed.length > 0) say(`check failed: ${failed.join(', ')}`);
  console.log(`${passed} passed, ${failed.length} failed`);
  return failed.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
