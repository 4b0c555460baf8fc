import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import {
  _electron,
  chromium,
  errors,
  type BrowserContext,
  type ElectronApplication,
  type Page,
} from 'playwright-core';
import { someDisplay } from './display.ts';
import { familyOf, untilGone } from './processes.ts';
import { runtime, type Runtime } from './runtime.ts';
import { until } from './until.ts';

export interface StartOptions {
  /** Settings, logs and, unless `args` say otherwise, the office live here. */
  readonly userData: string;
  /** What the person types behind the program's name: `--demo`, `--office=...`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another program than the one under test: one that is damaged, for example. */
  readonly runtime?: Runtime;
}

/** A running program. */
export interface Program {
  /** Its first window. */
  readonly page: Page;
  readonly pid: number;
  /** The main process, which a package lets nobody into. */
  readonly electron: ElectronApplication | null;
  readonly context: BrowserContext;
  windows(): readonly Page[];
  /** Closes its windows as a person would, and proves that nothing of it is left running. */
  stop(): Promise<void>;
}

interface Driven {
  readonly context: BrowserContext;
  readonly electron: ElectronApplication | null;
  readonly child: ChildProcess;
  readonly disconnect: () => Promise<unknown>;
}

const launchMs = 120_000;
const attachMs = 20_000;
const attachTries = 3;
const stopMs = 30_000;

/** What a program under test is started with. */
export async function environment(more: StartOptions['env'] = {}): Promise<Record<string, string>> {
  const { NODE_ENV: _mode, NODE_OPTIONS: _options, ...own } = process.env;
  const display = await someDisplay();
  return {
    ...(own as Record<string, string>),
    // Times on the pictures are the same wherever they are taken.
    TZ: 'Europe/Brussels',
    LANG: 'en_GB.UTF-8',
    // A program that starts itself anew is lost to its driver; on a busy machine that must not be for slowness.
    DAYBOOK_PAGE_PATIENCE: '60',
    ...(display === undefined ? {} : { DISPLAY: display }),
    ...more,
  };
}

/**
 * On a busy machine the driver now and then misses that the main process goes on, and waits for ever although the window was
 * painted long ago. That start is ended and made again; one that shows no window is not, for that would be ours.
 */
async function reached<T>(launch: () => Promise<T>): Promise<T> {
  for (let left = attachTries; ; left -= 1) {
    try {
      return await launch();
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || left === 1) throw error;
      console.warn('the driver did not reach the program, which is started again');
    }
  }
}

async function launchBuilt(
  { executable }: Runtime,
  args: string[],
  env: Record<string, string>,
): Promise<Driven> {
  const electron = await _electron.launch({
    ...{ executablePath: executable, args, env, colorScheme: 'light' },
    timeout: attachMs,
  });
  return {
    electron,
    context: electron.context(),
    child: electron.process(),
    disconnect: () => electron.close(),
  };
}

/** The fuses of a package refuse the inspector, so it is driven through the windows' own debugging port. */
async function launchPackaged(
  { executable }: Runtime,
  args: string[],
  env: Record<string, string>,
): Promise<Driven> {
  const child = spawn(executable, ['--remote-debugging-port=0', ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const [, found] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', () => {
      reject(new Error('the program ended before it showed a window'));
    });
  });
  const browser = await chromium
    .connectOverCDP(address, { noDefaults: true, timeout: attachMs })
    .catch(async (error: unknown) => {
      const family = familyOf(child.pid ?? 0);
      for (const { pid } of family) process.kill(pid, 'SIGKILL');
      await untilGone(family);
      throw error;
    });
  const [context] = browser.contexts();
  if (!context) throw new Error('the program has no window');
  return { electron: null, context, child, disconnect: () => browser.close() };
}

const isOurs = (page: Page): boolean => page.url().startsWith('daybook:');

async function stop({ context, child, disconnect }: Driven): Promise<void> {
  const family = familyOf(child.pid ?? 0);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  for (const page of context.pages()) await page.close().catch(() => undefined);
  if (!hasEnded()) {
    await Promise.race([once(child, 'exit'), once(AbortSignal.timeout(stopMs), 'abort')]);
  }
  try {
    await untilGone(family);
  } finally {
    await disconnect().catch(() => undefined);
  }
}

/** Starts the program and waits for its first window. */
export async function startProgram(options: StartOptions): Promise<Program> {
  const { userData, args = [], env, runtime: what = runtime() } = options;
  const all = [...what.args, `--user-data-dir=${userData}`, ...args];
  const start = what.isPackaged ? launchPackaged : launchBuilt;
  const own = await environment(env);
  const driven = await reached(() => start(what, all, own));
  const windows = (): Page[] => driven.context.pages().filter(isOurs);
  const [page] = await until('a window', windows, (pages) => pages.length > 0, launchMs);
  if (!page) throw new Error('the program shows no window');
  page.setDefaultTimeout(20_000);
  return {
    page,
    pid: driven.child.pid ?? 0,
    electron: driven.electron,
    context: driven.context,
    windows,
    stop: () => stop(driven),
  };
}
