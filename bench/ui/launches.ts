import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startProgram, type Program } from '../../test/e2e/support/program.ts';
import { projectRoot, runtime } from '../../test/e2e/support/runtime.ts';
import { password, userName } from './office.ts';

const { DAYBOOK_PROGRAM: packaged } = process.env;
/** Attached to its main process it would begin later, so it is driven through its windows alone, as a package is. */
if (!packaged) process.env['DAYBOOK_PROGRAM'] = runtime().executable;
const program = packaged ? [] : [projectRoot];

export interface Launched {
  /** From the start of the process until the sign-in is painted. */
  readonly signInMs: number;
  /** From the press of its button until the list is painted: the password is checked in between. */
  readonly listMs: number;
}

/** A folder for offices and profiles that goes away when the work is done. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds since 1970 at which the browser itself says it painted the sign-in. */
const signInPainted = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
    while (!document.querySelector('button[type=submit]')) await frame();
    // Its own paint, not that of what stood there before.
    await frame();
    await frame();
    const paint = await new Promise<number>((resolve, reject) => {
      new PerformanceObserver((list) => {
        resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN);
      }).observe({ type: 'largest-contentful-paint', buffered: true });
      setTimeout(() => {
        reject(new Error('the browser tells of no paint'));
      }, 10_000);
    });
    return performance.timeOrigin + paint;
  });

/** Signs in as the administrator, by name and password. */
async function signIn(page: Page): Promise<number> {
  await page.getByRole('textbox', { name: 'User name', exact: true }).fill(userName);
  await page.getByLabel('Password', { exact: true }).fill(password);
  return page.evaluate(async () => {
    const frame = (): Promise<number> => new Promise(requestAnimationFrame);
    const begun = performance.now();
    document.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
    const isThere = (): boolean =>
      document.documentElement.dataset['settled'] === 'true' &&
      document.querySelector('[role=gridcell]')?.textContent !== undefined;
    while (!isThere()) await frame();
    await new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(null);
    });
    return performance.now() - begun;
  });
}

export async function launch(
  office: string,
  userData: string,
): Promise<Launched & { readonly program: Program }> {
  const begun = Date.now();
  const started = await startProgram({
    userData,
    args: [...program, `--office=${office}`],
    env: { DAYBOOK_CACHE: path.join(projectRoot, '.cache', 'e2e') },
  });
  const signInMs = (await signInPainted(started.page)) - begun;
  return { program: started, signInMs, listMs: await signIn(started.page) };
}
