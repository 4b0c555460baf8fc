import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { flushSync } from 'react-dom';
import {
  isScaled,
  placeAfter,
  placeShowing,
  rowHeightPx,
  rowsAt,
  scrollTopOf,
  withinList,
} from './rowPlaces.ts';
import type { Extent, RowRange } from './rowPlaces.ts';

export const headerHeightPx = 32;
/** Positions inside the page are kept small by counting from the last multiple of this many rows. */
const baseRows = 100_000;

interface RowWindow extends RowRange {
  /** How far the rows are drawn above their place in the whole list, in px; 0 for lists that fit. */
  readonly shift: number;
}

const same = (a: RowWindow, b: RowWindow): boolean =>
  a.first === b.first && a.last === b.last && a.shift === b.shift;

/** A turn of the wheel in px, however the device counts it. */
function wheelPx({ deltaMode, deltaY }: WheelEvent, viewport: number): number {
  if (deltaMode === WheelEvent.DOM_DELTA_LINE) return deltaY * rowHeightPx;
  return deltaMode === WheelEvent.DOM_DELTA_PAGE ? deltaY * viewport : deltaY;
}

interface Elements {
  readonly scroller: RefObject<HTMLElement | null>;
  /** Is as tall as all rows together, or as its style lets it be. */
  readonly body: RefObject<HTMLElement | null>;
}

/** Where a list is: its extent, its place in px, and the scroll position that goes with it. */
function usePlace(scroller: RefObject<HTMLElement | null>) {
  const extent = useRef<Extent>({ count: 0, viewport: 0, height: 0 });
  const at = useRef({ place: 0, scrollTop: 0 });
  /** Learns where a person scrolled to. */
  const follow = useCallback((): void => {
    const scrollTop = scroller.current?.scrollTop ?? 0;
    const { current: size } = extent;
    const { current: before } = at;
    const place = scrollTop === before.scrollTop ? before.place : placeAfter(scrollTop, before, size);
    at.current = { place: isScaled(size) ? withinList(place, size) : scrollTop, scrollTop };
  }, [scroller]);
  const moveTo = useCallback(
    (place: number): void => {
      const element = scroller.current;
      if (!element) return;
      const wanted = withinList(place, extent.current);
      element.scrollTop = scrollTopOf(wanted, extent.current);
      at.current = { place: wanted, scrollTop: element.scrollTop };
    },
    [scroller],
  );
  return { extent, at, follow, moveTo };
}

/**
 * Which rows of a list of equal rows to draw. Kit virtualisers measure every row when the count changes, which takes
 * longer than drawing from some hundred thousand rows on; equal rows need no measuring. Of a list longer than an
 * element can be, the place is kept here to the pixel, and the scroll bar only stands in proportion to it.
 */
export function useRowWindow({ scroller, body }: Elements, count: number, generation: number) {
  const [shown, setShown] = useState<RowWindow>({ first: 0, last: -1, shift: 0 });
  const { extent, at, follow, moveTo } = usePlace(scroller);
  const seenGeneration = useRef(generation);

  const update = useCallback((): void => {
    follow();
    const { place, scrollTop } = at.current;
    const next = { ...rowsAt(place, extent.current), shift: Math.round(place - scrollTop) };
    setShown((before) => (same(before, next) ? before : next));
  }, [extent, at, follow]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    if (seenGeneration.current !== generation) {
      seenGeneration.current = generation;
      element.scrollTop = 0;
      at.current = { place: 0, scrollTop: 0 };
    }
    const measure = (): void => {
      const mostPx = body.current ? Number.parseFloat(getComputedStyle(body.current).maxHeight) : Number.NaN;
      const full = count * rowHeightPx;
      const viewport = Math.max(0, element.clientHeight - headerHeightPx);
      extent.current = { count, viewport, height: Number.isNaN(mostPx) ? full : Math.min(full, mostPx) };
      update();
    };
    // In the same frame as the scroll, so that no blank rows are ever painted.
    const onScroll = (): void => {
      flushSync(update);
    };
    const onWheel = (event: WheelEvent): void => {
      if (!isScaled(extent.current) || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
      event.preventDefault();
      element.scrollLeft += event.deltaX;
      flushSync(() => {
        moveTo(at.current.place + wheelPx(event, extent.current.viewport));
        update();
      });
    };
    measure();
    element.addEventListener('scroll', onScroll, { passive: true });
    // Only long lists hear the wheel: others are scrolled without waiting for this thread.
    if (isScaled(extent.current)) element.addEventListener('wheel', onWheel, { passive: false });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
      observer.disconnect();
    };
  }, [scroller, body, extent, at, count, update, moveTo, generation]);

  const scrollToRow = useCallback(
    (index: number): void => {
      follow();
      const { place } = at.current;
      const wanted = placeShowing(index, place, extent.current);
      if (wanted === place) return;
      moveTo(wanted);
      update();
    },
    [extent, at, follow, moveTo, update],
  );

  const base = Math.floor(shown.first / baseRows) * baseRows;
  return {
    first: shown.first,
    last: Math.min(shown.last, count - 1),
    base,
    /** Where row `base` is drawn. */
    baseTop: base * rowHeightPx - shown.shift,
    height: count * rowHeightPx,
    rowsPerPage: () => Math.max(1, Math.floor(extent.current.viewport / rowHeightPx) - 1),
    scrollToRow,
  };
}
