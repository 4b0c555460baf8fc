import { BrowserWindow, nativeTheme, screen, type Session } from 'electron';
import { eventChannel } from './contract/channels.ts';
import type { Events } from './contract/index.ts';
import { readBounds, writeBounds } from './bounds.ts';
import { startPage } from './pageFile.ts';

export interface WindowOptions {
  readonly preload: string;
  /** Asked for with each window: there are no sessions before Electron is ready. */
  readonly session: () => Session;
  readonly boundsFile: string;
  /** Pictures are taken at a fixed size. */
  readonly isFixedSize: boolean;
}

/** All windows of the program. A window's id is that of its contents. */
export interface Windows {
  /** Makes a window without loading its page; `load` does. It shows itself with its first paint. */
  create(): BrowserWindow;
  load(window: BrowserWindow): Promise<void>;
  /** The window people are looking at, if any. */
  front(): BrowserWindow | null;
  /** Calls back when a window is gone; its id is not used again. */
  onClosed(listen: (windowId: number) => void): void;
  byId(windowId: number): BrowserWindow | null;
  /** Ends the processes of all pages, also of those that hang and would outlive the program. */
  endPages(): void;
  send<E extends keyof Events>(window: BrowserWindow, event: E, payload: Events[E]): void;
  broadcast<E extends keyof Events>(event: E, payload: Events[E]): void;
}

const usualSize = { width: 1280, height: 800 };
const smallestSize = { minWidth: 1024, minHeight: 640 };
/** The page's own background, so that nothing flashes before the first paint. */
const backgrounds = { light: '#ffffff', dark: '#171b21' };
/** A page that closes keeps what was typed last, which takes a moment; one that hangs has its window taken away. */
const farewellMs = 3_000;
/** A second window stands a little beside the first. */
const shiftPixels = 24;

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** Closing is up to the page, so a page that hangs would keep its window open, and the program with it. */
function destroyUnlessClosed(window: BrowserWindow): void {
  const deadline = setTimeout(() => {
    const pid = window.webContents.getOSProcessId();
    window.destroy();
    if (pid > 0) endProcess(pid);
  }, farewellMs);
  window.once('closed', () => {
    clearTimeout(deadline);
  });
}

export function createWindows(options: WindowOptions): Windows {
  const windows = new Map<number, BrowserWindow>();
  const closedListeners: ((windowId: number) => void)[] = [];

  const frontWindow = (): BrowserWindow | null =>
    BrowserWindow.getFocusedWindow() ?? [...windows.values()].at(-1) ?? null;

  const placeNext = (): Partial<Electron.Rectangle> & { maximized?: boolean } => {
    if (options.isFixedSize) return usualSize;
    const front = frontWindow();
    if (front) {
      const { x, y, width, height } = front.getNormalBounds();
      return { x: x + shiftPixels, y: y + shiftPixels, width, height };
    }
    const workAreas = screen.getAllDisplays().map((display) => display.workArea);
    return readBounds(options.boundsFile, workAreas) ?? usualSize;
  };

  const remember = (window: BrowserWindow): void => {
    if (options.isFixedSize) return;
    writeBounds(options.boundsFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  };

  const send: Windows['send'] = (window, event, payload) => {
    if (!window.isDestroyed()) window.webContents.send(eventChannel(event), payload);
  };

  return {
    create() {
      const { maximized, ...bounds } = placeNext();
      const window = new BrowserWindow({
        ...bounds,
        ...smallestSize,
        useContentSize: options.isFixedSize,
        show: false,
        title: 'Daybook',
        backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
        webPreferences: {
          preload: options.preload,
          session: options.session(),
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          webviewTag: false,
          spellcheck: false,
          // The list stays live while another window covers it.
          backgroundThrottling: false,
        },
      });
      const windowId = window.webContents.id;
      windows.set(windowId, window);
      if (maximized === true) window.maximize();
      window.once('ready-to-show', () => {
        window.show();
      });
      window.on('close', () => {
        remember(window);
        destroyUnlessClosed(window);
      });
      window.on('closed', () => {
        windows.delete(windowId);
        for (const listen of closedListeners) listen(windowId);
      });
      return window;
    },
    load: (window) => window.loadURL(startPage),
    front: frontWindow,
    onClosed(listen) {
      closedListeners.push(listen);
    },
    endPages() {
      for (const { webContents } of windows.values()) {
        const pid = webContents.getOSProcessId();
        if (pid > 0) endProcess(pid);
      }
    },
    byId: (windowId) => windows.get(windowId) ?? null,
    send,
    broadcast(event, payload) {
      for (const window of windows.values()) send(window, event, payload);
    },
  };
}
