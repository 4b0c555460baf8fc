import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { familyOf, untilGone } from '../../test/e2e/support/processes.ts';
import { until } from '../../test/e2e/support/until.ts';

// `npm run bench:package -- [--runs 7] [--json FILE]`: what the packaged program weighs, beside a window of the same
// runtime that shows an empty page: size on disk, memory at idle, and time until its first page is painted.

interface Subject {
  readonly name: string;
  readonly executable: string;
  readonly args: readonly string[];
  /** What stands on the page once it is painted. */
  readonly painted: string;
  /** Folders that are installed for it. */
  readonly folders: readonly string[];
}

interface Sample {
  readonly launchMs: number;
  readonly idleMb: number;
}

const sizeOf = (file: string): number => {
  const about = lstatSync(file);
  if (!about.isDirectory()) return about.size;
  return readdirSync(file).reduce((sum, name) => sum + sizeOf(path.join(file, name)), 0);
};

/** Memory of a process alone and its part of what it shares; Linux tells it, other systems do not. */
function residentMb(pid: number): number {
  try {
    const [, kilobytes] =
      /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN; // has ended, or another system
  }
}

async function debuggerOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stderr! }).on('line', (line) => {
      const [, found] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', () => {
      reject(new Error('the program ended before it showed a window'));
    });
  });
}

async function launch({ executable, args, painted }: Subject, profile: string): Promise<Sample> {
  const begun = performance.now();
  const all = ['--remote-debugging-port=0', '--log-level=3', `--user-data-dir=${profile}`, ...args];
  const child = spawn(executable, all, { stdio: ['ignore', 'ignore', 'pipe'] });
  const browser = await chromium.connectOverCDP(await debuggerOf(child), { noDefaults: true });
  const pages = () => browser.contexts().flatMap((context) => context.pages());
  const [page] = await until('a page', pages, (found) => found.length > 0, 60_000);
  await page!.waitForFunction(
    (words) => document.body?.innerText.includes(words) && document.visibilityState === 'visible',
    painted,
    { polling: 'raf' },
  );
  const launchMs = performance.now() - begun;
  await pause(4_000);
  const family = familyOf(child.pid!);
  const idleMb = family.reduce((sum, { pid }) => sum + residentMb(pid), 0);
  await Promise.all(pages().map((each) => each.close()));
  if (child.exitCode === null) await Promise.race([once(child, 'exit'), pause(20_000)]);
  await untilGone(family);
  await browser.close();
  return { launchMs, idleMb };
}

/** The least program that shows a window. */
function barePage(folder: string): string {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{"name":"bare","main":"main.cjs"}');
  writeFileSync(path.join(folder, 'page.html'), '<!doctype html><title>bare</title><body>bare</body>');
  const main = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile('page.html'));
app.on('window-all-closed', () => app.quit());`;
  writeFileSync(path.join(folder, 'main.cjs'), main);
  return folder;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error('start this by `npm run bench:package`');
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { runs: { type: 'string' }, json: { type: 'string' } } });
  const program = needed('DAYBOOK_PROGRAM');
  const runtime = needed('DAYBOOK_ELECTRON_EXECUTABLE');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-bench-'));
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const switches = isRoot ? ['--no-sandbox'] : [];
  const bare = barePage(path.join(folder, 'bare'));
  const subjects: Subject[] = [
    { name: 'bare window', executable: runtime, args: [...switches, bare], painted: 'bare', folders: [path.dirname(runtime), bare] }, // prettier-ignore
    {
      name: 'Daybook',
      executable: program,
      args: switches,
      painted: 'Daybook',
      folders: [path.dirname(program)],
    },
  ];
  const installedMb = subjects.map(
    ({ folders }) => folders.reduce((sum, each) => sum + sizeOf(each), 0) / 1e6,
  );
  const samples = subjects.map((): Sample[] => []);
  try {
    for (let run = -1; run < Number(values.runs ?? 7); run += 1) {
      for (const [at, subject] of subjects.entries()) {
        const sample = await launch(subject, path.join(folder, `profile${String(at)}`));
        if (run >= 0) samples[at]!.push(sample);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  const figures = subjects.map(({ name }, at) => ({
    name,
    installedMb: installedMb[at]!,
    idleMb: median(samples[at]!.map(({ idleMb }) => idleMb)),
    launchMs: median(samples[at]!.map(({ launchMs }) => launchMs)),
  }));
  console.table(figures.map(({ name, ...each }) => ({ name, ...rounded(each) })));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}

const rounded = (each: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(each).map(([name, value]) => [name, Math.round(value)]));

await main();
