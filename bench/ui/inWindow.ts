import type { Row } from './judge.ts';

export interface Box {
  readonly facet: string;
  readonly label: string;
  readonly count: number;
  readonly checked: boolean;
}

/** Part of what the list is to show. */
export interface Expected {
  readonly total: number;
  /** Place of the first of `rows`. */
  readonly from: number;
  readonly rows: readonly Row[];
}

export interface Ride {
  /** Between two frames, in milliseconds. */
  readonly frames: readonly number[];
  /** Frames in which a row on screen was empty. */
  readonly blank: number;
}

/** What the window can be asked to do; each answers how many milliseconds it took until the outcome was painted. */
export interface Stopwatch {
  /** What the list is to show from now on. */
  expect(expected: Expected): void;
  /** A question to the main process that asks nothing of the store, and one frame. */
  floor(): Promise<number>;
  /** Those on offer when their counts are there. */
  boxes(): Promise<Box[]>;
  tick(box: Pick<Box, 'facet' | 'label'>): Promise<number>;
  type(text: string): Promise<number>;
  /** Opens a row on screen beside the list; null when its meeting looks like the one that was open. */
  open(share: number): Promise<number | null>;
  close(): Promise<number>;
  /** Drags the bar to a place between the top (0) and the end (1). */
  scroll(share: number): Promise<number>;
  /** Presses End, with the list in focus. */
  end(): Promise<number>;
  /** Scrolls on for a while, some px a frame. */
  ride(px: number, ms: number): Promise<Ride>;
}

declare global {
  interface Window {
    stopwatch: Stopwatch;
  }
}

/** Runs in the window, so nothing of it may come from outside the function. */
export function installStopwatch(): void {
  const rowHeight = 32;
  const patience = 30_000;
  let expected: Expected = { total: 0, from: 0, rows: [] };

  const find = (selector: string): HTMLElement => {
    const found = document.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`there is no ${selector}`);
    return found;
  };
  const grid = (): HTMLElement => find('[role=grid][aria-label="Meetings"]');

  /** The time at which the first frame in which something holds has been handed on to be painted. */
  const painted = (what: string, holds: () => boolean): Promise<number> =>
    new Promise((resolve, reject) => {
      const deadline = performance.now() + patience;
      const look = (): void => {
        if (holds()) {
          // The next task comes after style, layout and paint of this frame.
          const channel = new MessageChannel();
          channel.port1.onmessage = () => {
            resolve(performance.now());
          };
          channel.port2.postMessage(null);
        } else if (performance.now() > deadline) {
          reject(new Error(`not in time: ${what}`));
        } else {
          requestAnimationFrame(look);
        }
      };
      requestAnimationFrame(look);
    });

  interface Shown {
    readonly index: number;
    readonly cells: HTMLCollection;
    readonly element: HTMLElement;
  }
  /** Rows of which anything can be seen below the header, and how many px of the list they cover. */
  const shown = (): { rows: Shown[]; covered: number; room: number } => {
    const box = grid().getBoundingClientRect();
    const [top, bottom] = [box.top + rowHeight, box.top + grid().clientHeight];
    let covered = 0;
    const rows: Shown[] = [];
    for (const element of grid().querySelectorAll<HTMLElement>('[role=row]:has([role=gridcell])')) {
      const place = element.getBoundingClientRect();
      const seen = Math.min(place.bottom, bottom) - Math.max(place.top, top);
      if (seen <= 0) continue;
      covered += seen;
      rows.push({
        index: Number(element.ariaRowIndex ?? element.getAttribute('aria-rowindex')) - 2,
        cells: element.children,
        element,
      });
    }
    return { rows: rows.sort((a, b) => a.index - b.index), covered, room: bottom - top };
  };
  const isRight = ({ index, cells }: Shown): boolean => {
    const [title, client, owner] = expected.rows[index - expected.from] ?? [];
    return (
      title !== undefined &&
      cells[1]?.textContent === title &&
      cells[2]?.textContent === client &&
      cells[6]?.textContent === owner
    );
  };
  /** The total is the one expected, the list is full of rows, and every row on screen is the one of its place. */
  const isListed = (): boolean => {
    const total = find('main [role=status]').textContent ?? '';
    if (Number(/^[\d,]+/.exec(total)?.[0].replaceAll(',', '')) !== expected.total) return false;
    const { rows, covered, room } = shown();
    if (covered < Math.min(room, expected.total * rowHeight) - 1) return false;
    return rows.every(isRight);
  };
  const timed = async (what: string, act: () => unknown, holds: () => boolean): Promise<number> => {
    const begun = performance.now();
    await act();
    return (await painted(what, holds)) - begun;
  };

  const boxesIn = (): (Box & { readonly input: HTMLInputElement })[] =>
    [...document.querySelectorAll('aside [role=group]')].flatMap((group) => {
      const facet = document.getElementById(group.getAttribute('aria-labelledby') ?? '')?.textContent ?? '';
      return [...group.querySelectorAll('input')].map((input) => {
        const [, label = '', count = ''] = /^(.*) ([\d,]+)$/.exec(input.ariaLabel ?? '') ?? [];
        return { facet, label, count: Number(count.replaceAll(',', '')), checked: input.checked, input };
      });
    });

  window.stopwatch = {
    expect(next) {
      expected = next;
    },
    floor: () =>
      timed(
        'a frame',
        () => window.daybook.session.current(),
        () => true,
      ),
    boxes: async () => {
      await painted('the counts', () => document.documentElement.dataset['settled'] === 'true');
      return boxesIn().map(({ input: _input, ...box }) => box);
    },
    tick: ({ facet, label }) => {
      const found = boxesIn().find((box) => box.facet === facet && box.label === label);
      if (!found) throw new Error(`there is no box ${facet} ${label}`);
      return timed(
        `${facet} ${label}`,
        () => {
          found.input.click();
        },
        isListed,
      );
    },
    type: (text) => {
      const search = find('input[type=search], input[role=searchbox]') as HTMLInputElement;
      const typed = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
      return timed(
        `the search for ${text}`,
        () => {
          typed?.set?.call(search, text);
          search.dispatchEvent(new InputEvent('input', { bubbles: true }));
        },
        // One letter more often leaves the rows as they were: the screen says which search they answer.
        () =>
          isListed() &&
          (text === '' || find('[aria-label="Filter"]').textContent?.includes(`“${text}”`) === true),
      );
    },
    async open(share) {
      const { rows } = shown();
      const row = rows[Math.floor(share * rows.length)];
      const [title = '', client = ''] = expected.rows[(row?.index ?? 0) - expected.from] ?? [];
      const pane = (): HTMLElement | null => document.querySelector('aside[aria-label="Meeting details"]');
      const isOpen = (): boolean =>
        pane()?.querySelector('h2')?.textContent === title && (pane()?.textContent ?? '').includes(client);
      if (isOpen()) return null;
      return timed(`the meeting ${title}`, () => row?.element.click(), isOpen);
    },
    close: () =>
      timed(
        'a closed pane',
        () => {
          find('[aria-label="Close details"]').click();
        },
        () => document.querySelector('aside[aria-label="Meeting details"]') === null,
      ),
    scroll: (share) =>
      timed(
        'a far place',
        () => {
          const { scrollHeight, clientHeight } = grid();
          grid().scrollTop = share * (scrollHeight - clientHeight);
        },
        isListed,
      ),
    end: () =>
      timed(
        'the last row',
        () => {
          grid().focus();
          grid().dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true, cancelable: true }));
        },
        () => isListed() && shown().rows.at(-1)?.index === expected.total - 1,
      ),
    ride: (px, ms) =>
      new Promise((resolve) => {
        const frames: number[] = [];
        let blank = 0;
        let last = performance.now();
        const end = last + ms;
        const frame = (now: number): void => {
          frames.push(now - last);
          last = now;
          if (shown().rows.some(({ element }) => element.ariaBusy === 'true')) blank += 1;
          if (now >= end) {
            resolve({ frames: frames.slice(1), blank });
            return;
          }
          grid().scrollTop += px;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
  };
}
