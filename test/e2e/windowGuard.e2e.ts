import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { newFolder, removeFolders } from '../support/engine.ts';
import { ask } from './support/daybook.ts';
import { field, press } from './support/doing.ts';
import { foundOffice } from './support/founding.ts';
import { inspectMain } from './support/inspector.ts';
import { environment, startProgram, type Program } from './support/program.ts';
import { familyOf, processesWith, untilGone, type RunningProcess } from './support/processes.ts';
import { projectRoot, runtime } from './support/runtime.ts';
import { demoCache, story } from './support/story.ts';
import { until } from './support/until.ts';

afterAll(removeFolders);

const isRenderer = ({ command }: RunningProcess): boolean => command.includes('--type=renderer');
const isMain = ({ command }: RunningProcess): boolean => !command.includes('--type=');

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended a moment ago.
  }
}

/** Nothing can drive a program whose page hangs, so it is started and watched from outside, by its folder. */
describe('A program whose page hangs', () => {
  let userData = '';
  const everStarted = new Map<number, RunningProcess>();
  /** Told apart from programs of others by its folder. */
  const ours = (): RunningProcess[] => {
    const found = processesWith(`--user-data-dir=${userData}`).flatMap(({ pid }) => familyOf(pid));
    for (const each of found) everStarted.set(each.pid, each);
    return found;
  };
  const main = (): RunningProcess | undefined => ours().find(isMain);
  /** Everything its logs say; that of an office other than the usual one lies in a folder of its own. */
  const logged = (): string =>
    readdirSync(userData, { recursive: true, encoding: 'utf8' })
      .filter((name) => path.basename(name) === 'daybook.log')
      .map((name) => readFileSync(path.join(userData, name), 'utf8'))
      .join('');

  async function start(args: readonly string[]): Promise<ChildProcess> {
    userData = newFolder();
    // A start that looks for a graphics card, as one of a person's does.
    const usual = runtime().args.filter((each) => each !== '--disable-gpu');
    return spawn(runtime().executable, [...usual, `--user-data-dir=${userData}`, ...args], {
      env: await environment({ DAYBOOK_PAGE_PATIENCE: '5', DAYBOOK_CACHE: demoCache }),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  /** Its pages stand still before they have done anything, as if they waited for ever for a graphics card. */
  async function holdPages(program: number, isOver: () => boolean): Promise<void> {
    await until('the pages are left alone', () => {
      if (!isOver()) for (const { pid } of familyOf(program).filter(isRenderer)) send(pid, 'SIGSTOP');
      return isOver();
    });
  }

  afterEach(async () => {
    for (const { pid } of ours()) send(pid, 'SIGKILL');
    await untilGone([...everStarted.values()]);
    everStarted.clear();
  });

  it('starts itself anew when nothing comes up, without looking for a graphics card, and shows its window then', async () => {
    const office = path.join(newFolder(), 'office');
    const first = await start([`--office=${office}`]);
    await holdPages(first.pid!, () => first.exitCode !== null);
    expect(first.exitCode).toBe(0);
    const second = await until('a second program', main);
    expect(second!.pid).not.toBe(first.pid);
    expect(second!.command).toContain(`--office=${office}`);
    expect(second!.command).toContain('--disable-gpu');
    expect(second!.command).toContain('--started-anew');
    await until('its window is painted', () => logged().includes('first window painted'));
    expect(logged().match(/starts itself anew/g)).toHaveLength(1);
  });

  it('says so and ends when a new start did not help either', async () => {
    const first = await start(['--started-anew', '--disable-gpu']);
    const isOver = (): boolean => logged().includes('no window comes up after a new start either');
    await holdPages(first.pid!, isOver);
    await until('its engine has ended', () => !ours().some(({ command }) => /redis-server/.test(command)));
    expect(logged()).not.toContain('starts itself anew');
  });

  it('ends with one line when it was to take a picture', async () => {
    const picture = path.join(newFolder(), 'picture.png');
    const program = await start(['--demo', `--screenshot=${picture}`]);
    let said = '';
    program.stderr!.on('data', (words: Buffer) => (said += words.toString()));
    await holdPages(program.pid!, () => program.exitCode !== null);
    expect(program.exitCode).toBe(1);
    expect(said.split('\n').filter((line) => line.startsWith('daybook: '))).toEqual([
      'daybook: the window does not come up; --disable-gpu may help',
    ]);
    expect(existsSync(picture)).toBe(false);
  });

  // A package lets nobody into its main process.
  it.skipIf(runtime().isPackaged)(
    'asks about one that had come up, and starts it anew when told to',
    async () => {
      const evaluate = await inspectMain(await start(['--inspect=0']));
      // Until then the program itself looks whether it answers; after that only Chromium does.
      await until('the page is up', () => logged().includes('page came up'));
      const contents = 'electron.BrowserWindow.getAllWindows()[0].webContents';
      const text = (): Promise<unknown> =>
        evaluate(`${contents}.mainFrame.executeJavaScript('document.body.innerText').catch(() => '')`);
      await until('it is there', text, (seen) => String(seen).includes('Welcome to Daybook'));
      await evaluate(
        `void (electron.dialog.showMessageBox = async (...args) => ((globalThis.asked = args.at(-1).message), { response: 1 }))`,
      );
      const before = await evaluate(`${contents}.getOSProcessId()`);
      await evaluate(`void ${contents}.mainFrame.executeJavaScript('for (;;);').catch(() => undefined)`);
      // Nobody notices that a page hangs before something is asked of it; the first key may overtake the loop.
      const askAgain = async (): Promise<unknown> => {
        await evaluate(`${contents}.sendInputEvent({ type: 'keyDown', keyCode: 'j' })`);
        await pause(500);
        return evaluate(`${contents}.getOSProcessId()`);
      };
      await until('its page is another one', askAgain, (pid) => Number(pid) > 0 && pid !== before);
      expect(await evaluate('globalThis.asked')).toBe('This window does not answer.');
      await until('it is there again', text, (seen) => String(seen).includes('Welcome to Daybook'));
      expect(logged()).not.toContain('starts itself anew');
    },
  );
});

/** What the system's dialogs ask, and which of their buttons is pressed. */
interface Desk {
  readonly asked: string[];
  press: number;
}
type Main = typeof globalThis & { desk?: Desk };

/** From here on dialogs are answered as a person would who presses that button. */
const willPress = (electron: ElectronApplication, press: number): Promise<void> =>
  electron.evaluate(({ dialog }, button) => {
    const desk: Desk = ((globalThis as Main).desk ??= { asked: [], press: button });
    desk.press = button;
    const answer = (...args: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> => {
      desk.asked.push((args.at(-1) as { message: string }).message);
      return Promise.resolve({ response: desk.press, checkboxChecked: false });
    };
    dialog.showMessageBox = answer as typeof dialog.showMessageBox;
  }, press);

const askedFor = (electron: ElectronApplication): Promise<string[]> =>
  electron.evaluate(() => (globalThis as Main).desk?.asked ?? []);

const pagePid = (electron: ElectronApplication): Promise<number> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId());

/** What the first window shows, asked of the program itself: whoever drove its page lost it with its process. */
const shown = (electron: ElectronApplication): Promise<string> =>
  electron.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    if (webContents.isCrashed()) return '';
    return (await webContents.mainFrame
      .executeJavaScript('document.body.innerText')
      .catch(() => '')) as string;
  });

/** Kills the process of the first window's page, and waits for another one that shows these words. */
async function killPage(electron: ElectronApplication, words: string): Promise<void> {
  const before = await pagePid(electron);
  process.kill(before, 'SIGKILL');
  await until(
    'another page',
    () => pagePid(electron),
    (pid) => pid > 0 && pid !== before,
  );
  await until(
    'it is painted',
    () => shown(electron),
    (text) => text.includes(words),
  );
}

// A package lets nobody into its main process.
describe.skipIf(runtime().isPackaged)('A window whose page ends', () => {
  const office = story('window guard');
  const electron = (): ElectronApplication => office.program.electron!;

  it('comes back by itself, with who was signed in and what was being typed', async () => {
    const { page } = office;
    const password = 'a quiet harbour';
    await foundOffice(page, 'Kantoor Wauters', { userName: 'asa', displayName: 'Åsa Wauters', password });
    await press(page, 'c c');
    const form = page.getByRole('dialog', { name: 'New client' });
    await field(form, 'Name').fill('Slagerij Pee');
    await until(
      'what was typed is kept',
      () => ask(page, 'drafts', 'kept'),
      ({ draft }) => draft?.fields.includes('Slagerij Pee') ?? false,
    );
    await killPage(electron(), 'You were writing “Slagerij Pee”');
    expect(await shown(electron())).toContain('Åsa Wauters');
  });

  it('is asked about when it ends again and again', async () => {
    await willPress(electron(), 0);
    for (let times = 2; times <= 3; times += 1) await killPage(electron(), 'Slagerij Pee');
    expect(await askedFor(electron())).toEqual([]);
    await killPage(electron(), 'Slagerij Pee');
    expect(await askedFor(electron())).toEqual(['This window keeps ending.']);
  });
});

describe.skipIf(runtime().isPackaged || process.platform === 'win32')(
  'A window whose page answers and paints nothing',
  () => {
    let style = '';
    /** The program with a page that waits for ever for its style, a pipe nobody writes into, before it paints anything. */
    function unpaintedProgram(): string {
      const folder = newFolder();
      const renderer = path.join(folder, 'out', 'renderer');
      mkdirSync(renderer, { recursive: true });
      cpSync(path.join(projectRoot, 'package.json'), path.join(folder, 'package.json'));
      for (const part of ['out/main', 'out/preload', 'lua', 'resources'])
        symlinkSync(path.join(projectRoot, part), path.join(folder, part));
      const page = '<!doctype html><link rel="stylesheet" href="never.css"><title>Daybook</title>Some words';
      writeFileSync(path.join(renderer, 'index.html'), page);
      style = path.join(renderer, 'never.css');
      execFileSync('mkfifo', [style]);
      return folder;
    }
    let program: Program | undefined;
    afterEach(async () => {
      // The program does not end while it reads.
      closeSync(openSync(style, constants.O_WRONLY | constants.O_NONBLOCK));
      await program?.stop();
    });

    it('is shown all the same', async () => {
      const usual = runtime();
      const args = usual.args.map((each) => (each === projectRoot ? unpaintedProgram() : each));
      const userData = newFolder();
      program = await startProgram({ userData, runtime: { ...usual, args } });
      await until('the window is shown', () =>
        program!.electron!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible()),
      );
      const log = readFileSync(path.join(userData, 'logs', 'daybook.log'), 'utf8');
      expect(log).toContain('page answers but paints nothing');
      expect(log).not.toContain('first window painted');
    });
  },
);
