import path from 'node:path';
import { app, dialog, nativeTheme, session, type BrowserWindow, type Session } from 'electron';
import { createBackend, type Backend } from './backend.ts';
import { readCommandLine, switchesOfNewStart, type CommandLine } from './commandLine.ts';
import type { CommandId } from './contract/commands.ts';
import {
  chooseBackup,
  chooseBundleFile,
  chooseFile,
  chooseFolder,
  chooseReportFile,
  showFolder,
} from './dialogs.ts';
import { bindToIpc } from './ipc/electron.ts';
import { fileLog, type Log } from './log.ts';
import { startLookProcess } from './lookProcess.ts';
import { setMenu } from './menu.ts';
import { demoDigest } from './office/demoFolder.ts';
import { origin } from './pageFile.ts';
import { cacheFolder, profileFolder, programPaths, type ProgramPaths } from './paths.ts';
import { takeScreenshot } from './screenshot.ts';
import { declareScheme, secureContents, secureSession, silenceChromium } from './security.ts';
import { systemInstaller } from './systemInstaller.ts';
import { createWindows, type Windows } from './window.ts';
import { createWindowGuard, pagePatience } from './windowGuard.ts';

/** Public key of those who sign releases, put in by the build; empty when it was built without. */
declare const daybookUpdatesKey: string;

/** What the person asked for, and where things are. */
interface Start {
  readonly commandLine: CommandLine;
  readonly paths: ProgramPaths;
  /** The same for every office, unlike the profile. */
  readonly settingsFolder: string;
  readonly log: Log;
  readonly isDemo: boolean;
  /** Demo offices and pictures leave no trace and may run beside anything. */
  readonly isPassing: boolean;
}

interface Program extends Start {
  readonly windows: Windows;
  readonly backend: Backend;
  /** Resolves when the office is open, or in trouble that `office.status` tells of. */
  readonly opening: Promise<void>;
  /** Loads the page of a new window and keeps it alive. */
  readonly guard: (window: BrowserWindow) => void;
}

function readStart(): Start {
  const commandLine = readCommandLine(process.argv.slice(1));
  const settingsFolder = app.getPath('userData');
  app.setPath('userData', profileFolder(settingsFolder, commandLine.office));
  const isPicture = commandLine.screenshot !== null;
  const isDemo = commandLine.demo || (isPicture && commandLine.user === null && commandLine.office === null);
  return {
    commandLine,
    settingsFolder,
    paths: programPaths(
      path.join(app.getAppPath(), 'out', 'main'),
      app.isPackaged ? process.resourcesPath : null,
    ),
    log: fileLog(path.join(app.getPath('userData'), 'logs', 'daybook.log')),
    isDemo,
    isPassing: isDemo || isPicture,
  };
}

/** A partition without `persist:` lives in memory. */
const sessionOf = (isPassing: boolean): Session =>
  isPassing ? session.fromPartition('passing') : session.defaultSession;

function makeWindows({ paths, commandLine, isPassing }: Start): Windows {
  return createWindows({
    preload: paths.preload,
    session: () => sessionOf(isPassing),
    boundsFile: path.join(app.getPath('userData'), 'window.json'),
    isFixedSize: commandLine.screenshot !== null,
  });
}

function makeBackend({ paths, settingsFolder, commandLine, log }: Start, windows: Windows): Backend {
  return createBackend({
    paths,
    settingsFolder,
    remembersOffices: commandLine.screenshot === null,
    appVersion: app.getVersion(),
    demoCache: () => ({
      folder: path.join(cacheFolder(), 'demo'),
      digest: demoDigest(app.getVersion(), paths.main, paths.lua),
    }),
    audience: {
      send(windowId, event, payload) {
        const window = windows.byId(windowId);
        if (window) windows.send(window, event, payload);
      },
      broadcast(event, payload) {
        windows.broadcast(event, payload);
      },
      chooseFile: (windowId) => chooseFile(windows.byId(windowId)),
      chooseReportFile: (windowId) => chooseReportFile(windows.byId(windowId)),
      chooseBackup: (windowId) => chooseBackup(windows.byId(windowId)),
      chooseBundleFile: (windowId) => chooseBundleFile(windows.byId(windowId)),
      showFolder,
      chooseFolder: (windowId, use) => chooseFolder(windows.byId(windowId), use),
    },
    updates: {
      publicKey: daybookUpdatesKey,
      startLook: () => startLookProcess(paths.lookout),
      installer: systemInstaller,
    },
    log,
  });
}

function openTheOffice({ commandLine, log, isDemo }: Start, { offices }: Backend): Promise<void> {
  const opening = isDemo ? offices.openDemo() : offices.start(commandLine.office);
  return opening.catch((error: unknown) => {
    log.error('office could not be opened', { why: String(error) });
  });
}

function openWindow({ windows, guard, log }: Program): void {
  const isFirst = windows.front() === null;
  const began = isFirst ? process.getCreationTime() : null;
  const window = windows.create();
  window.once('ready-to-show', () => {
    if (began !== null) log.info('first window painted', { msSinceStart: Math.round(Date.now() - began) });
  });
  guard(window);
}

function serveWindows({ backend, windows, log }: Program): void {
  bindToIpc({ serve: backend.serve, isOurs: (windowId) => windows.byId(windowId) !== null, origin, log });
  windows.onClosed((windowId) => {
    backend.sessions.end(windowId);
  });
}

function showMenu(program: Program): void {
  const { windows, backend } = program;
  const choose = (id: CommandId): void => {
    const front = windows.front();
    if (id === 'window.new' || !front) openWindow(program);
    else windows.send(front, 'command', { id });
  };
  const refresh = (): void => {
    const front = windows.front();
    const { isDemo, isReadOnlyCopy } = backend.office;
    const role = (front && backend.sessions.userAt(front.webContents.id)?.role) ?? null;
    setMenu({ chooser: { role, isDemo, isReadOnlyCopy }, choose, isDevelopment: !app.isPackaged });
  };
  refresh();
  app.on('browser-window-focus', refresh);
  backend.sessions.onChange(refresh);
}

/** Closing the last window ends the program, and the program does not end before the engine has. */
function quitInOrder({ backend, log }: Program): void {
  let isClosed = false;
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    const began = performance.now();
    void backend.close().finally(() => {
      isClosed = true;
      log.info('closed', { ms: Math.round(performance.now() - began) });
      app.quit();
    });
  });
}

function comeToFrontWhenAsked(program: Program): void {
  app.on('second-instance', () => {
    const front = program.windows.front();
    if (!front) openWindow(program);
    if (front?.isMinimized() === true) front.restore();
    front?.focus();
  });
  app.on('activate', () => {
    if (!program.windows.front()) openWindow(program);
  });
}

/** Offices that go away, and pictures, need none. */
function backUpDaily({ backend, isPassing }: Program): void {
  if (!isPassing) backend.backups.start();
}

/** Only where a folder was chosen. */
function lookForUpdates({ backend, isPassing }: Program): void {
  if (!isPassing) backend.updates.start();
}

async function takePicture(program: Program, file: string): Promise<void> {
  const { backend, windows, log, commandLine, opening } = program;
  if (commandLine.screenshotTheme) nativeTheme.themeSource = commandLine.screenshotTheme;
  await opening;
  const password = process.env['DAYBOOK_PASSWORD'];
  await takeScreenshot({ backend, windows, log, file, user: commandLine.user, password });
  await leave(backend, 0);
}

async function leave(backend: Backend, exitCode: number): Promise<void> {
  await backend.close();
  app.exit(exitCode);
}

/**
 * For a first window that never comes up. Nothing inside this process can be mended, so the program starts itself anew, once
 * and without looking for a graphics card; when that does not help either, it says so and ends.
 */
async function startAnew({ commandLine, windows, log }: Start & { windows: Windows }, backend: Backend) {
  windows.endPages();
  if (!commandLine.startedAnew) {
    log.warn('no window comes up, the program starts itself anew');
    // Inside an AppImage the program's own file is gone as soon as it ends.
    const image = process.env['APPIMAGE'];
    const args = [...process.argv.slice(1), ...switchesOfNewStart];
    app.relaunch(image ? { args, execPath: image } : { args });
    return leave(backend, 0);
  }
  log.error('no window comes up after a new start either');
  await backend.close();
  dialog.showErrorBox(
    'Daybook cannot show its window',
    'Please restart this computer and, if that does not help, renew the driver of its graphics card; everything saved in Daybook is safe.',
  );
  app.exit(1);
}

const say = (error: unknown): void => {
  process.stderr.write(`daybook: ${error instanceof Error ? error.message : String(error)}\n`);
};

/** Runs the steps one after the other and writes down how long each took. */
async function run(log: Log, steps: readonly (readonly [string, () => unknown])[]): Promise<void> {
  for (const [name, step] of steps) {
    const began = performance.now();
    await step();
    log.info('step', { name, ms: Math.round(performance.now() - began) });
  }
}

async function main(): Promise<void> {
  const start = readStart();
  const { log, commandLine, paths } = start;
  if (!start.isPassing && !app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  // What the program writes is for its user alone.
  process.umask(0o077);
  const windows = makeWindows(start);
  const backend = makeBackend(start, windows);
  // The engine starts while Chromium does.
  const guard = createWindowGuard({
    load: (window) => windows.load(window),
    patience: pagePatience(),
    log,
    onNothingComesUp: () => void startAnew({ ...start, windows }, backend),
  });
  const program: Program = { ...start, windows, backend, guard, opening: openTheOffice(start, backend) };
  const picture = commandLine.screenshot;
  try {
    await run(log, [
      ['declare our protocol', declareScheme],
      ['keep Chromium off the network', silenceChromium],
      ['keep pages in', () => secureContents(log)],
      ['quit in order', () => quitInOrder(program)],
      ['answer a second start', () => comeToFrontWhenAsked(program)],
      ['wait for Electron', () => app.whenReady()],
      ['wall the session in', () => secureSession(sessionOf(start.isPassing), paths.renderer, log)],
      ['serve calls', () => serveWindows(program)],
      ['show the menu', () => showMenu(program)],
      ['back up daily', () => backUpDaily(program)],
      ['look for updates', () => lookForUpdates(program)],
      picture === null
        ? ['open the window', () => openWindow(program)]
        : ['take the picture', () => takePicture(program, picture)],
    ]);
  } catch (error) {
    say(error);
    log.error('start failed', { why: String(error) });
    windows.endPages();
    await leave(backend, 1);
  }
}

main().catch((error: unknown) => {
  say(error);
  app.exit(1);
});
