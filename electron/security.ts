import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, protocol, type Session, type WebContents } from 'electron';
import type { Log } from './log.ts';
import { origin, pageFile, scheme } from './pageFile.ts';

/** Nothing from outside, no code but our own files. Inline styles: the interface kit writes its variables that way. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must run before Electron is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

async function respond(address: string, folder: string): Promise<Response> {
  const file = pageFile(address, folder);
  const content = file === null ? null : await readFile(file).catch(() => null);
  if (file === null || content === null) return new Response('not found', { status: 404 });
  return new Response(content, {
    headers: {
      'content-type': contentTypes[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    },
  });
}

const isLocal = (address: string): boolean =>
  address.startsWith(`${origin}/`) ||
  /^(devtools|data):/.test(address) ||
  address.startsWith(`blob:${origin}/`);

/** Puts a session behind walls: our own files, no network at all, no permission, no download. */
export function secureSession(session: Session, folder: string, log: Log): void {
  session.protocol.handle(scheme, (request) => respond(request.url, folder));
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !isLocal(details.url);
    if (cancel) log.warn('network request refused', { kind: details.resourceType });
    answer({ cancel });
  });
  // Copying text out of the window is the one thing a page may ask for.
  const allowed = new Set(['clipboard-sanitized-write']);
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(allowed.has(permission));
  });
  session.setPermissionCheckHandler((_contents, permission) => allowed.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}

function keepIn(contents: WebContents, log: Log): void {
  const refuse = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    log.warn('navigation refused');
  };
  contents.on('will-navigate', (event) => {
    // A page that broke may load itself again.
    if (event.url !== contents.getURL() || !event.isMainFrame) refuse(event);
  });
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** No page of any window gets anywhere else, whoever made the window. */
export function secureContents(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    keepIn(contents, log);
  });
}

/** Chromium's own errands on the network. Must run before Electron is ready. */
export function silenceChromium(): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'no-proxy-server',
    'no-pings',
  ]) {
    app.commandLine.appendSwitch(name);
  }
}
