import type { Page } from 'playwright-core';
import { title } from './doing.ts';
import type { Program } from './program.ts';
import { until } from './until.ts';

/**
 * Presses the shortcut of "New window" in the way a keyboard does: the menu listens to keys that come with the number
 * of the key on the board, and Playwright sends none.
 */
async function pressNewWindow(page: Page): Promise<void> {
  const chromium = await page.context().newCDPSession(page);
  const controlAndShift = 2 + 8;
  const key = { windowsVirtualKeyCode: 87, nativeVirtualKeyCode: 25, code: 'KeyW', key: 'W' };
  await chromium.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', modifiers: controlAndShift, ...key });
  await chromium.send('Input.dispatchKeyEvent', { type: 'keyUp', modifiers: controlAndShift, ...key });
  await chromium.detach();
}

/** Opens another window of the same program, which shows the sign-in of this office. */
export async function openWindow(program: Program, office: string): Promise<Page> {
  const before = new Set(program.windows());
  // A package lets nobody into its menu.
  if (program.electron) {
    await program.electron.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('window.new')?.click();
    });
  } else {
    await pressNewWindow(program.page);
  }
  const added = (): Page[] => program.windows().filter((page) => !before.has(page));
  const [page] = await until('another window', added, ({ length }) => length > 0);
  if (!page) throw new Error('no window was opened');
  page.setDefaultTimeout(20_000);
  await title(page, office).waitFor();
  return page;
}
