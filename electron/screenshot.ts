import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';
import type { Backend } from './backend.ts';
import { authenticate } from './handlers/session.ts';
import type { Log } from './log.ts';
import type { Windows } from './window.ts';
import { pagePatience, pageState } from './windowGuard.ts';

export interface ScreenshotOptions {
  readonly backend: Backend;
  readonly windows: Windows;
  readonly log: Log;
  readonly file: string;
  /** Who signs in; null for the administrator of the demo office. */
  readonly user: string | null;
  readonly password: string | undefined;
}

/** Why there is no picture, in one line. */
export class ScreenshotTrouble extends Error {}

const patienceMs = 60_000;

function credentials({ backend, user, password }: ScreenshotOptions): { userName: string; password: string } {
  if (user !== null) {
    if (password === undefined) throw new ScreenshotTrouble('--user needs the password in DAYBOOK_PASSWORD');
    return { userName: user, password };
  }
  const { demo } = backend.office;
  const first = demo?.users.find((each) => each.role === 'administrator') ?? demo?.users[0];
  if (!demo || !first) throw new ScreenshotTrouble('--screenshot of an office needs --user=NAME');
  return { userName: first.userName, password: demo.password };
}

function needOffice({ office }: Backend): void {
  const state = office.state();
  if (state.state === 'trouble') throw new ScreenshotTrouble(state.trouble.message);
  if (state.state !== 'open' || !state.exists)
    throw new ScreenshotTrouble(`there is no office in ${office.folder}`);
}

/** The page says of itself when its list is painted and nothing is on its way any more. */
async function untilSettled(window: BrowserWindow): Promise<void> {
  const isSettled = "document.documentElement.dataset.settled === 'true'";
  const deadline = Date.now() + patienceMs;
  for (let inARow = 0; inARow < 3; await pause(50)) {
    if (Date.now() > deadline) throw new ScreenshotTrouble('the meeting list was not painted in time');
    inARow = (await window.webContents.executeJavaScript(isSettled)) === true ? inARow + 1 : 0;
  }
  await window.webContents.executeJavaScript(
    'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))',
  );
}

/** Nothing that is asked of a page that hangs or has ended is ever answered. @throws ScreenshotTrouble when it does */
async function pageTrouble(window: BrowserWindow, { log }: ScreenshotOptions): Promise<never> {
  const ended = new Promise<never>((_resolve, reject) => {
    window.webContents.once('render-process-gone', () => {
      reject(new ScreenshotTrouble('the page ended before the picture was taken'));
    });
  });
  if ((await Promise.race([ended, pageState(window, { patience: pagePatience(), log })])) === 'silent')
    throw new ScreenshotTrouble('the window does not come up; --disable-gpu may help');
  return ended;
}

async function paint(window: BrowserWindow, windows: Windows): Promise<void> {
  await windows.load(window);
  // Wherever the pointer happens to rest, nothing of the page is under it.
  window.webContents.sendInputEvent({ type: 'mouseLeave', x: -1, y: -1 });
  await untilSettled(window);
}

/**
 * Signs in, waits until the meeting list is painted and settled, and writes its picture.
 * @throws ScreenshotTrouble, or a Failure when the password is wrong
 */
export async function takeScreenshot(options: ScreenshotOptions): Promise<void> {
  const { backend, windows, file } = options;
  needOffice(backend);
  const { userName, password } = credentials(options);
  const user = await authenticate(backend.office.store(), userName, password);
  const window = windows.create();
  backend.sessions.begin(window.webContents.id, user);
  await Promise.race([paint(window, windows), pageTrouble(window, options)]);
  const picture = await window.webContents.capturePage();
  if (picture.isEmpty()) throw new ScreenshotTrouble('the picture is empty');
  writeFileSync(path.resolve(file), picture.toPNG());
}
