import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isScaled,
  placeAfter,
  placeAt,
  placeShowing,
  rowHeightPx,
  rowsAt,
  scrollTopOf,
  withinList,
} from '../../renderer/list/rowPlaces.ts';
import type { Extent } from '../../renderer/list/rowPlaces.ts';

const short: Extent = { count: 1_000, viewport: 640, height: 32_000 };
const long: Extent = { count: 1_000_000, viewport: 640, height: 16_000_000 };
const end = 1_000_000 * rowHeightPx - 640;

/** Lists with more rows than their element can be tall. */
const longLists = fc
  .record({
    count: fc.integer({ min: 2_000, max: 5_000_000 }),
    viewport: fc.integer({ min: 64, max: 2_000 }),
  })
  .chain(({ count, viewport }) =>
    fc
      .integer({ min: 3 * viewport, max: Math.min(16_000_000, count * rowHeightPx - 1) })
      .map((height): Extent => ({ count, viewport, height })),
  );

describe('the rows of a list', () => {
  it('are those at the scroll position as long as all of them fit in an element', () => {
    expect(isScaled(short)).toBe(false);
    expect(placeAt(16_000, short)).toBe(16_000);
    expect(placeAfter(16_050, { scrollTop: 16_000, place: 16_000 }, short)).toBe(16_050);
    expect(rowsAt(0, short)).toEqual({ first: 0, last: 25 });
    expect(rowsAt(16_000, short)).toEqual({ first: 495, last: 525 });
    expect(rowsAt(0, { ...short, count: 0, height: 0 })).toEqual({ first: 0, last: -1 });
  });

  it('are led to in proportion by the scroll bar when they do not fit, to the last one', () => {
    expect(isScaled(long)).toBe(true);
    expect(placeAt(0, long)).toBe(0);
    expect(placeAt(16_000_000 - 640, long)).toBe(end);
    expect(rowsAt(end, long).last).toBe(999_999);
    expect(rowsAt(placeAt(8_000_000 - 320, long), long).first).toBeGreaterThan(499_900);
  });

  it('are never skipped by a step smaller than the screen', () => {
    fc.assert(
      fc.property(longLists, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const most = list.height - list.viewport;
        const scrollTop = Math.floor(share * (most - list.viewport));
        const place = placeAt(scrollTop, list);
        const step = Math.floor(list.viewport / 2);
        const isAtEnd = scrollTop + step >= most;
        if (!isAtEnd) expect(placeAfter(scrollTop + step, { scrollTop, place }, list)).toBe(place + step);
      }),
    );
  });

  it('can each be brought into sight by key, whole, with a scroll position that stands for them', () => {
    fc.assert(
      fc.property(
        longLists,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, from, to) => {
          const index = Math.floor(to * (list.count - 1));
          const place = placeShowing(index, withinList(from * list.count * rowHeightPx, list), list);
          expect(place).toBe(withinList(place, list));
          expect(index * rowHeightPx).toBeGreaterThanOrEqual(place);
          expect((index + 1) * rowHeightPx).toBeLessThanOrEqual(place + list.viewport);
          const scrollTop = scrollTopOf(place, list);
          expect(scrollTop).toBeGreaterThanOrEqual(0);
          expect(scrollTop).toBeLessThanOrEqual(list.height - list.viewport);
          const { first, last } = rowsAt(place, list);
          expect(index).toBeGreaterThanOrEqual(first);
          expect(index).toBeLessThanOrEqual(last);
        },
      ),
    );
  });

  it('move by one row at a time at the far end', () => {
    let place = end;
    for (let index = 999_990; index > 999_900; index -= 1) {
      const next = placeShowing(index, place, long);
      expect(place - next === 0 || place - next === rowHeightPx || next === index * rowHeightPx).toBe(true);
      expect(place - next).toBeLessThanOrEqual(rowHeightPx);
      place = next;
    }
  });
});
