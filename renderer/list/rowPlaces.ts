export const rowHeightPx = 32;
const overscan = 5;

/** How long a list is, and how much of it can be seen, in px. */
export interface Extent {
  readonly count: number;
  /** Of the rows on screen. */
  readonly viewport: number;
  /** Of the element that is scrolled: that of all rows, or as tall as an element may be. */
  readonly height: number;
}

export interface RowRange {
  readonly first: number;
  /** -1 when there is none. */
  readonly last: number;
}

const fullHeight = ({ count }: Extent): number => count * rowHeightPx;

/** Whether there are more rows than can be scrolled one to one. */
export const isScaled = (extent: Extent): boolean => extent.height < fullHeight(extent);

/** A place in the whole list, in px, that has rows below it. */
export const withinList = (place: number, extent: Extent): number =>
  Math.max(0, Math.min(place, fullHeight(extent) - extent.viewport));

const room = ({ height, viewport }: Extent): number => Math.max(1, height - viewport);

/** The place in the whole list, in px, that a scroll position stands for. */
export const placeAt = (scrollTop: number, extent: Extent): number =>
  isScaled(extent)
    ? Math.round((scrollTop * (fullHeight(extent) - extent.viewport)) / room(extent))
    : scrollTop;

/** The scroll position that stands for a place in the whole list. */
export const scrollTopOf = (place: number, extent: Extent): number =>
  isScaled(extent) ? Math.round((place * room(extent)) / (fullHeight(extent) - extent.viewport)) : place;

/**
 * Where a list is after its element was scrolled. In a long list a step of less than a screen (the space bar, a finger)
 * moves the rows by as much, or it would skip some; only larger ones (the scroll bar) are taken in proportion.
 * @param before scroll position and place before
 */
export function placeAfter(
  scrollTop: number,
  before: { readonly scrollTop: number; readonly place: number },
  extent: Extent,
): number {
  const step = scrollTop - before.scrollTop;
  const isAtEnd = scrollTop <= 0 || scrollTop >= Math.floor(room(extent));
  if (!isScaled(extent) || isAtEnd || Math.abs(step) > extent.viewport) return placeAt(scrollTop, extent);
  return withinList(before.place + step, extent);
}

/** The place at which a row can be seen whole, nearest to where the list is. */
export function placeShowing(index: number, place: number, { viewport }: Extent): number {
  const top = index * rowHeightPx;
  if (top < place) return top;
  return Math.max(place, top + rowHeightPx - viewport);
}

/** The rows to draw at a place: those on screen and a few more on either side. */
export function rowsAt(place: number, { count, viewport }: Extent): RowRange {
  const first = Math.floor(place / rowHeightPx) - overscan;
  const last = Math.ceil((place + viewport) / rowHeightPx) + overscan;
  return { first: Math.max(0, Math.min(first, count - 1)), last: Math.min(count - 1, last) };
}
