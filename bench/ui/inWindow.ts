/** The cells a row is known by: title, client, owner. */
export type Row = readonly [title: string, client: string, owner: string];

export interface Box {
  readonly facet: string;
  readonly label: string;
  readonly count: number;
  readonly checked: boolean;
}

/** What the window can be asked to do; each answers how many milliseconds it took until the outcome was painted. */
export interface Stopwatch {
  /** All meetings there are; lists are told by their places in it. */
  know(rows: readonly Row[]): void;
  /** What the list is to show from now on. */
  expect(places: readonly number[]): void;
  /** A question to the main process that asks nothing of the store, and one frame. */
  floor(): Promise<number>;
  boxes(): Box[];
  tick(box: Box): Promise<number>;
  type(text: string): Promise<number>;
  /** Opens a row on screen beside the list; null when its meeting looks like the one that was open. */
  open(share: number): Promise<number | null>;
  close(): Promise<number>;
  /** Jumps to a place between the top (0) and the end (1); null when the list does not scroll. */
  scroll(share: number): Promise<number | null>;
}

declare global {
  interface Window {
    stopwatch: Stopwatch;
  }
}

/** Runs in the window, so nothing of it may come from outside the function. */
export function installStopwatch(): void {
  const rowHeight = 32;
  const patience = 20_000;
  let known: readonly Row[] = [];
  let expected: readonly number[] = [];

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

  const visible = (): { first: number; last: number } => {
    const { scrollTop, clientHeight } = grid();
    return {
      first: Math.floor(scrollTop / rowHeight),
      last: Math.min(expected.length, Math.ceil((scrollTop + clientHeight - rowHeight) / rowHeight)) - 1,
    };
  };
  const drawn = (index: number): Element | null =>
    grid().querySelector(`[role=row][aria-rowindex="${String(index + 2)}"]`);
  const isRight = (index: number): boolean => {
    const cells = drawn(index)?.children;
    const [title, client, owner] = known[expected[index] ?? -1] ?? [];
    return (
      cells?.[1]?.textContent === title &&
      cells?.[2]?.textContent === client &&
      cells?.[6]?.textContent === owner
    );
  };
  /** Every row on screen and the total are those expected. */
  const isListed = (): boolean => {
    const total = find('main [role=status]').textContent ?? '';
    if (Number(/^[\d,]+/.exec(total)?.[0].replaceAll(',', '')) !== expected.length) return false;
    const { first, last } = visible();
    if (last < first) return false;
    for (let index = first; index <= last; index += 1) if (!isRight(index)) return false;
    return true;
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
    know(rows) {
      known = rows;
    },
    expect(places) {
      expected = places;
    },
    floor: () =>
      timed(
        'a frame',
        () => window.daybook.session.current(),
        () => true,
      ),
    boxes: () => boxesIn().map(({ input: _input, ...box }) => box),
    tick: (box) => {
      const found = boxesIn().find(({ facet, label }) => facet === box.facet && label === box.label);
      if (!found) throw new Error(`there is no box ${box.facet} ${box.label}`);
      return timed(
        `${box.facet} ${box.label}`,
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
        isListed,
      );
    },
    async open(share) {
      const { first, last } = visible();
      const index = first + Math.floor(share * (last - first));
      const [title = '', client = ''] = known[expected[index] ?? -1] ?? [];
      const pane = (): HTMLElement | null => document.querySelector('aside[aria-label="Meeting details"]');
      const isOpen = (): boolean =>
        pane()?.querySelector('h2')?.textContent === title && (pane()?.textContent ?? '').includes(client);
      if (isOpen()) return null;
      return timed(`the meeting ${title}`, () => (drawn(index) as HTMLElement).click(), isOpen);
    },
    close: () =>
      timed(
        'a closed pane',
        () => {
          find('[aria-label="Close details"]').click();
        },
        () => document.querySelector('aside[aria-label="Meeting details"]') === null,
      ),
    scroll: async (share) => {
      const { scrollHeight, clientHeight } = grid();
      if (scrollHeight < 3 * clientHeight) return null;
      return timed(
        'a far place',
        () => {
          grid().scrollTop = share * (scrollHeight - clientHeight);
        },
        isListed,
      );
    },
  };
}
