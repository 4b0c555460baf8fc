import { setTimeout as pause } from 'node:timers/promises';
import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { Log } from './log.ts';
import { origin } from './pageFile.ts';

// A window is worth nothing without its page: one that never comes up, ends or hangs is found here. Why, and what is done
// about each: ARCHITECTURE.md, "A window without its page".

export interface GuardOptions {
  readonly load: (window: BrowserWindow) => Promise<void>;
  /** Beats without an answer after which a page that loads counts as silent. */
  readonly patience: number;
  readonly log: Log;
  /** The page of this window does not answer, and no window of the program was ever painted. */
  readonly onNothingComesUp: () => void;
}

/** What became of a page that loads; `closed`: its window went, or the watch was called off. */
export type PageState = 'painted' | 'shown' | 'silent' | 'closed';

const beatMs = 1_000;
const usualPatience = 15;
/** A page that answers for so long and paints nothing has its window shown all the same. */
const unpaintedBeats = 4;
/** Ends of a page within a minute that nobody is asked about. */
const endsAMinute = 3;
const minuteMs = 60_000;

/** Seconds; DAYBOOK_PAGE_PATIENCE changes them, for tests and for very slow machines. */
export function pagePatience(env: NodeJS.ProcessEnv = process.env): number {
  const given = Number(env['DAYBOOK_PAGE_PATIENCE']);
  return Number.isInteger(given) && given > 0 ? given : usualPatience;
}

/** Asked of the frame itself: the window's own way waits for the page to be loaded first. Null from any page but ours. */
const question = `location.href.startsWith('${origin}/') ? performance.getEntriesByType('paint').length > 0 : null`;

/** Whether our page has painted; null when it did not answer, or is not there yet. */
async function hasPainted(window: BrowserWindow): Promise<boolean | null> {
  try {
    return (await window.webContents.mainFrame.executeJavaScript(question)) as boolean | null;
  } catch {
    return null; // the frame went away meanwhile, which is no answer
  }
}

/**
 * Watches a page come up. A window that is not painted though its page answers is shown.
 * Beats are counted instead of time: neither sleep nor a program that is held up looks like silence.
 */
export async function pageState(
  window: BrowserWindow,
  { patience, log }: Pick<GuardOptions, 'patience' | 'log'>,
  signal?: AbortSignal,
): Promise<PageState> {
  const isOver = (): boolean => window.isDestroyed() || signal?.aborted === true;
  let silent = 0;
  let answered = 0;
  let isPainted = false;
  const ask = async (): Promise<void> => {
    const answer = await hasPainted(window);
    if (answer === null) return;
    silent = 0;
    answered += 1;
    isPainted = answer;
  };
  while (!isOver() && !isPainted && silent < patience) {
    // Answers of a busy page may come in a bundle; beyond this the window is in use, painted or not.
    if (answered >= patience) return 'shown';
    silent += 1;
    void ask();
    await pause(beatMs);
    if (isOver() || isPainted || answered < unpaintedBeats || window.isVisible()) continue;
    log.warn('page answers but paints nothing, its window is shown');
    window.show();
  }
  if (isOver()) return 'closed';
  return isPainted ? 'painted' : 'silent';
}

interface Asker {
  /** Null when nobody answered, because what was asked came to nothing meanwhile or something else is being asked. */
  ask(question: MessageBoxOptions): Promise<number | null>;
  /** Takes back what is being asked. */
  stopAsking(): void;
}

/** Asks one thing of a window at a time. */
function askerOf(window: BrowserWindow): Asker {
  let asking: AbortController | null = null;
  return {
    async ask(question) {
      if (asking) return null;
      const own = new AbortController();
      asking = own;
      const answer = await choose(window, { ...question, signal: own.signal });
      if (asking === own) asking = null;
      return window.isDestroyed() || own.signal.aborted ? null : answer;
    },
    stopAsking() {
      asking?.abort();
      asking = null;
    },
  };
}

/** On a window that cannot be seen a dialog would not be seen either. */
async function choose(window: BrowserWindow, options: MessageBoxOptions): Promise<number> {
  const all: MessageBoxOptions = { type: 'warning', title: 'Daybook', noLink: true, ...options };
  const asked = window.isVisible() ? dialog.showMessageBox(window, all) : dialog.showMessageBox(all);
  return (await asked).response;
}

const wait = 0;
const askOfHanging: MessageBoxOptions = {
  message: 'This window does not answer.',
  detail:
    'It may only be busy. Started anew, it shows the office again; what is saved stays, and what was being typed is offered.',
  buttons: ['Wait', 'Start this window anew'],
  defaultId: wait,
  cancelId: wait,
};

const again = 0;
const askOfEnding: MessageBoxOptions = {
  message: 'This window keeps ending.',
  detail: 'Everything saved is safe. If trying again does not help, close it and start Daybook again.',
  buttons: ['Try again', 'Close'],
  defaultId: again,
  cancelId: 1,
};

/**
 * Answers what loads the page of a new window and keeps it alive: a page that ends is loaded again, up to three times a
 * minute without asking; about one that hangs people are asked. Who is signed in stays so, because the window stays.
 */
export function createWindowGuard(options: GuardOptions): (window: BrowserWindow) => void {
  const { load, log, onNothingComesUp } = options;
  let hasPaintedOnce = false;
  let isOver = false;

  return (window) => {
    const { webContents } = window;
    let watch = new AbortController();
    const { ask, stopAsking } = askerOf(window);
    let ends: number[] = [];
    let isWished = false;

    const begin = (): void => {
      load(window).catch((error: unknown) => {
        log.error('page could not be loaded', { why: String(error) });
      });
      watchPage();
    };
    const watchPage = (): void => {
      watch.abort();
      watch = new AbortController();
      void pageState(window, options, watch.signal).then((state) => {
        if (state === 'painted' || state === 'shown') {
          hasPaintedOnce = true;
          log.info('page came up', { state });
        }
        if (state !== 'silent') return;
        // Whoever waits may never have seen this window yet.
        if (hasPaintedOnce) return void offerAnew(watchPage);
        isOver = true;
        onNothingComesUp();
      });
    };
    const offerAnew = async (onWait: () => void): Promise<void> => {
      log.warn('page does not answer');
      const answer = await ask(askOfHanging);
      if (answer === wait) onWait();
      if (answer === null || answer === wait) return;
      log.info('window is started anew');
      isWished = true;
      // As below.
      setImmediate(() => {
        if (!window.isDestroyed()) webContents.forcefullyCrashRenderer();
      });
    };
    const offerAgain = async (): Promise<void> => {
      const answer = await ask(askOfEnding);
      if (answer === null) return;
      ends = [];
      if (answer === again) begin();
      else window.close();
    };

    webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit' || isOver) return;
      log.warn('page ended', { reason, exitCode });
      watch.abort();
      stopAsking();
      const now = performance.now();
      if (!isWished) ends = [...ends.filter((at) => now - at < minuteMs), now];
      isWished = false;
      // Not inside the event: the window is still being told of it.
      setImmediate(() => {
        if (window.isDestroyed()) return;
        if (ends.length > endsAMinute) void offerAgain();
        else begin();
      });
    });
    // Sooner than the watch hears of it; from then on nobody wants the whole program started anew.
    window.once('ready-to-show', () => {
      hasPaintedOnce = true;
    });
    window.on('unresponsive', () => {
      if (!isOver) void offerAnew(() => undefined);
    });
    window.on('responsive', stopAsking);
    window.on('closed', () => {
      watch.abort();
    });
    begin();
  };
}
