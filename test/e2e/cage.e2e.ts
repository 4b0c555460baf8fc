import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { WebPreferences } from 'electron';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './support/daybook.ts';
import { button, enterDemo, title, total } from './support/doing.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const office = story('cage', () => ({
  // A machine without a camera would refuse one for that reason alone.
  args: ['--demo', '--use-fake-device-for-media-stream'],
}));

/** A server on this machine stands for everything outside; whatever asks it for something has got out. */
const outside = createServer((request, response) => {
  visits.push(request.url ?? '');
  response.setHeader('access-control-allow-origin', '*');
  response.end('outside');
});
const visits: string[] = [];
let address = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${String((outside.address() as AddressInfo).port)}`;
  await enterDemo(office.page);
});
afterAll(() => outside.close());

const logFile = (): string => path.join(office.folder, 'profile', 'logs', 'daybook.log');

async function loggedAgain(message: string, run: () => Promise<unknown>): Promise<void> {
  const count = (): number => readFileSync(logFile(), 'utf8').split(message).length;
  const before = count();
  await run();
  await until(`the log says “${message}”`, count, (now) => now > before, 10_000);
}

/**
 * What a piece of the page's own language comes to, or `refused: ` and the kind of error. It runs a moment later: what
 * a debugger sends is above the page's policy, and what the page does by itself is not.
 */
const inPage = (expression: string): Promise<unknown> =>
  office.page.evaluate<unknown>(
    `new Promise((resolve) => setTimeout(resolve, 0)).then(() => ${expression}).then((value) => value, (error) => 'refused: ' + error.name)`,
  );

const statusOf = (place: string): Promise<unknown> =>
  inPage(`fetch(${JSON.stringify(place)}).then((r) => r.status)`);

/** The program is still where it was, and works. */
async function isStillHere(): Promise<void> {
  const { page } = office;
  expect(page.url()).toBe('daybook://app/index.html');
  expect(office.program.context.pages()).toHaveLength(1);
  expect(await title(page, 'Meetings').isVisible()).toBe(true);
  expect((await ask(page, 'meetings', 'filter', { limit: 0 })).total).toBe(20_000);
  expect(await total(page)).toBe(20_000);
}

describe('A page that was taken over', () => {
  it('has nothing of Node and nothing of Electron', async () => {
    for (const name of [
      'require',
      'process',
      'module',
      'Buffer',
      'global',
      'setImmediate',
      'ipcRenderer',
      'electron',
    ])
      expect(await inPage(`typeof window[${JSON.stringify(name)}]`), name).toBe('undefined');
  });

  it('has of the program only its calls, and cannot reach behind them', async () => {
    const nouns = [
      ...['session', 'office', 'offices', 'meetings', 'clients'],
      ...['users', 'drafts', 'journal', 'imports', 'updates', 'health', 'backups'],
    ];
    expect(await inPage('Object.keys(window.daybook).sort()')).toEqual(
      [...nouns, 'on', 'pathOfDroppedFile'].sort(),
    );
    // A function of the preload's own world would have a constructor that makes code there.
    for (const expression of [
      "typeof window.daybook.meetings.get.constructor('return typeof process')",
      "typeof window.daybook.on.constructor.constructor('return typeof require')",
    ])
      expect(await inPage(expression), expression).toBe('refused: EvalError');
    expect(await inPage("window.daybook.on('anything', () => {})")).toMatch(/^refused: /);
  });

  it('cannot put another program in the place of ours', async () => {
    await inPage("Reflect.set(window.daybook.session, 'signIn', () => 'caught')");
    await inPage("Reflect.set(window, 'daybook', { session: { current: () => 'caught' } })");
    expect(await inPage('typeof window.daybook.meetings.filter')).toBe('function');
    expect(await inPage('String(window.daybook.session.signIn).includes("caught")')).toBe(false);
  });

  it('runs in the sandbox, in a world of its own', async () => {
    const { electron } = office.program;
    // A package lets nobody look; there the fuses and the tests before this one stand for it.
    if (!electron) return;
    const preferences = await electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        // Electron has this call without promising it.
        const asked = contents as typeof contents & { getLastWebPreferences(): WebPreferences };
        const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag, ...others } =
          asked.getLastWebPreferences();
        const nodeInWorkers = others.nodeIntegrationInWorker ?? false;
        return { sandbox, contextIsolation, nodeIntegration, nodeInWorkers, webSecurity, webviewTag };
      }),
    );
    expect(preferences).toEqual([
      {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeInWorkers: false,
        webSecurity: true,
        webviewTag: false,
      },
    ]);
  });

  it('runs no code but our own files', async () => {
    const { page } = office;
    for (const expression of ["eval('1 + 1')", "new Function('return 1')()"])
      expect(await inPage(expression), expression).toBe('refused: EvalError');
    const ways = {
      inline: "Object.assign(document.createElement('script'), { textContent: 'window.broken = true' })",
      remote: `Object.assign(document.createElement('script'), { src: '${address}/script.js' })`,
      data: "Object.assign(document.createElement('script'), { src: 'data:text/javascript,window.broken = true' })",
    };
    for (const element of Object.values(ways)) {
      const refusedBy = await page.evaluate<string>(
        `new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
          document.body.append(${element});
        })`,
      );
      expect(refusedBy, element).toBe('script-src-elem');
    }
    const handler = await page.evaluate<string>(
      `new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
        const made = document.createElement('button');
        made.setAttribute('onclick', 'window.broken = true');
        document.body.append(made);
        made.click();
        made.remove();
      })`,
    );
    expect(handler).toBe('script-src-attr');
    expect(await inPage('typeof window.broken')).toBe('undefined');
    await isStillHere();
  });

  it('cannot leave', async () => {
    const { page } = office;
    for (const place of [
      `${address}/away`,
      'daybook://elsewhere/index.html',
      'data:text/html,x',
      'file:///etc/passwd',
    ])
      await inPage(`void (location.href = ${JSON.stringify(place)})`);
    await isStillHere();
    for (const place of [`${address}/away`, 'daybook://elsewhere/index.html'])
      await loggedAgain('navigation refused', () =>
        page.evaluate(`void (location.href = ${JSON.stringify(place)})`),
      );
    await loggedAgain('navigation refused', () =>
      page.evaluate(`{
        const link = Object.assign(document.createElement('a'), { href: '${address}/link' });
        document.body.append(link);
        link.click();
        link.remove();
      }`),
    );
    await isStillHere();
  });

  it('opens no window', async () => {
    for (const place of [`${address}/window`, 'daybook://app/index.html', 'about:blank', 'data:text/html,x'])
      expect(await inPage(`window.open(${JSON.stringify(place)}) === null`), place).toBe(true);
    await isStillHere();
  });

  it('shows nothing from elsewhere inside itself', async () => {
    for (const name of ['iframe', 'embed', 'object']) {
      const refused = await office.page.evaluate<string>(
        `new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
          const made = document.createElement('${name}');
          made.setAttribute('${name === 'object' ? 'data' : 'src'}', '${address}/${name}');
          document.body.append(made);
        })`,
      );
      expect(refused, name).toBe(name === 'iframe' ? 'frame-src' : 'object-src');
    }
    expect(office.page.frames().filter((frame) => frame.url().startsWith('http'))).toEqual([]);
  });

  it('sends nothing anywhere', async () => {
    const ways = [
      `fetch('${address}/fetch')`,
      `fetch('${address}/no-cors', { method: 'POST', mode: 'no-cors', body: 'everything' })`,
      `new Promise((_, reject) => { const s = new WebSocket('${address.replace('http', 'ws')}/socket'); s.onerror = () => reject(new TypeError()); s.onopen = () => reject(new Error('open')); })`,
      `new Promise((_, reject) => { const s = new EventSource('${address}/events'); s.onerror = () => reject(new TypeError()); })`,
      `new Promise((_, reject) => { const i = new Image(); i.onerror = () => reject(new TypeError()); i.src = '${address}/image'; })`,
    ];
    for (const way of ways) expect(await inPage(way), way).toMatch(/^refused: (TypeError|SecurityError)$/);
    await inPage(`navigator.sendBeacon('${address}/beacon', 'everything')`);
    await inPage(
      `document.body.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: '${address}/prefetch' }))`,
    );
    await inPage(
      `document.body.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '${address}/style' }))`,
    );
    await inPage(
      `{ const form = Object.assign(document.createElement('form'), { action: '${address}/form', method: 'post' }); document.body.append(form); form.submit(); }`,
    );
    await isStillHere();
  });

  it('is granted nothing it asks for', async () => {
    const asked = {
      "navigator.geolocation ? new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('there'), (error) => resolve(error.code))) : 1": 1,
      'Notification.requestPermission()': 'denied',
      'navigator.mediaDevices.getUserMedia({ video: true })': 'refused: NotAllowedError',
      'navigator.mediaDevices.getUserMedia({ audio: true })': 'refused: NotAllowedError',
      "navigator.permissions.query({ name: 'clipboard-read' }).then(({ state }) => state)": 'denied',
      "navigator.permissions.query({ name: 'midi' }).then(({ state }) => state)": 'denied',
      "navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)": 'denied',
    };
    for (const [expression, answer] of Object.entries(asked))
      expect(await inPage(expression), expression).toBe(answer);
  });
});

describe('The pages of the program', () => {
  it('come with a policy that lets nothing from outside in', async () => {
    const headers = (await inPage(
      "fetch('daybook://app/index.html').then((r) => Object.fromEntries(r.headers))",
    )) as Record<string, string>;
    const policy = (headers['content-security-policy'] ?? '').split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy.find((each) => each.startsWith('script-src'))).not.toContain('unsafe');
    expect(policy.join()).not.toMatch(/https?:|\*/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-type': 'text/html; charset=utf-8',
    });
  });

  it('are all there is: no address leads out of their folder', async () => {
    expect(await statusOf('daybook://app/index.html')).toBe(200);
    for (const place of [
      'daybook://app/../main/main.cjs',
      'daybook://app/..%2fmain%2fmain.cjs',
      'daybook://app/%2e%2e/main/main.cjs',
      'daybook://app/%2e%2e%2f%2e%2e%2fpackage.json',
      'daybook://app/..%5c..%5cpackage.json',
      'daybook://app//etc/passwd',
      'daybook://app/%2fetc%2fpasswd',
      'daybook://app/assets/..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
      'daybook://app/%E0%A4%A',
      'daybook://app/',
      'daybook://app/nothing.html',
    ])
      expect(await statusOf(place), place).toBe(404);
    // These are not even asked for.
    for (const place of [
      'daybook://elsewhere/index.html',
      'daybook://app/index.html%00.js',
      'file:///etc/passwd',
    ])
      expect(await statusOf(place), place).toBe('refused: TypeError');
  });
});

describe('A page that broke', () => {
  it('may load itself again, and whoever is signed in stays so', async () => {
    await office.page.evaluate('setTimeout(() => location.reload(), 0), window.isOld = true');
    await until(
      'the page is a new one',
      () => office.page.evaluate<unknown>('window.isOld').catch(() => true),
      (old) => old === undefined,
      10_000,
    );
    await title(office.page, 'Meetings').waitFor();
    await isStillHere();
  });
});

describe('Afterwards', () => {
  it('nothing has left the program', async () => {
    // The way out is open: this server answers whoever may ask it.
    expect(await (await fetch(`${address}/hello`)).text()).toBe('outside');
    await isStillHere();
    expect(visits).toEqual(['/hello']);
    expect(await button(office.page, /^User menu:/).isVisible()).toBe(true);
  });
});
