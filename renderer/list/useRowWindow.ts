import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { flushSync } from 'react-dom';

export const rowHeightPx = 32;
export const headerHeightPx = 32;
/** Chrome clamps the height of an element at 33,554,428 px; longer lists are scrolled in proportion. */
const mostHeightPx = 30_000_000;
/** Positions inside the page are kept small by counting from the last multiple of this many rows. */
const baseRows = 100_000;
const overscan = 5;

interface RowWindow {
  readonly first: number;
  /** Last row drawn, -1 when there is none. */
  readonly last: number;
  /** How far the rows are drawn above their place in the whole list, in px; 0 for lists that fit. */
  readonly shift: number;
}

/** The part of the list that a scroll position shows. */
export function windowAt(scrollTop: number, viewport: number, count: number): RowWindow {
  const full = count * rowHeightPx;
  const height = Math.min(full, mostHeightPx);
  const room = Math.max(1, height - viewport);
  const top = height === full ? scrollTop : (scrollTop * (full - viewport)) / room;
  const first = Math.floor(top / rowHeightPx) - overscan;
  const last = Math.ceil((top + viewport) / rowHeightPx) + overscan;
  return {
    first: Math.max(0, Math.min(first, count - 1)),
    last: Math.min(count - 1, last),
    shift: Math.round(top - scrollTop),
  };
}

/** The scroll position at which a place of the whole list, in px, is at the top. */
function scrollTopOf(place: number, viewport: number, count: number): number {
  const full = count * rowHeightPx;
  if (full <= mostHeightPx) return place;
  return (place * (mostHeightPx - viewport)) / (full - viewport);
}

const same = (a: RowWindow, b: RowWindow): boolean =>
  a.first === b.first && a.last === b.last && a.shift === b.shift;

/**
 * Which rows of a list of equal rows to draw. Kit virtualisers measure every row when the count changes, which takes
 * longer than drawing from some hundred thousand rows on; equal rows need no measuring.
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number, generation: number) {
  const [shown, setShown] = useState<RowWindow>({ first: 0, last: -1, shift: 0 });
  const viewport = useRef(0);
  const seenGeneration = useRef(generation);

  const look = useCallback((): RowWindow => {
    const element = scroller.current;
    return windowAt(element?.scrollTop ?? 0, viewport.current, count);
  }, [scroller, count]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    if (seenGeneration.current !== generation) {
      seenGeneration.current = generation;
      element.scrollTop = 0;
    }
    const update = (): void => {
      const next = look();
      setShown((before) => (same(before, next) ? before : next));
    };
    const measure = (): void => {
      viewport.current = Math.max(0, element.clientHeight - headerHeightPx);
      update();
    };
    // In the same frame as the scroll, so that no blank rows are ever painted.
    const onScroll = (): void => {
      flushSync(update);
    };
    measure();
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [scroller, look, generation]);

  const scrollToRow = useCallback(
    (index: number): void => {
      const element = scroller.current;
      if (!element) return;
      const { shift } = look();
      const top = index * rowHeightPx - shift - element.scrollTop;
      const below = top + rowHeightPx - viewport.current;
      if (top >= 0 && below <= 0) return;
      const place = top < 0 ? index * rowHeightPx : (index + 1) * rowHeightPx - viewport.current;
      element.scrollTop = scrollTopOf(Math.max(0, place), viewport.current, count);
    },
    [scroller, look, count],
  );

  const base = Math.floor(shown.first / baseRows) * baseRows;
  return {
    first: shown.first,
    last: Math.min(shown.last, count - 1),
    base,
    /** Where row `base` is drawn. */
    baseTop: base * rowHeightPx - shown.shift,
    height: Math.min(count * rowHeightPx, mostHeightPx),
    rowsPerPage: () => Math.max(1, Math.floor(viewport.current / rowHeightPx) - 1),
    scrollToRow,
  };
}
