/**
 * The items that stand from one place to another in an order, sorted; the rest is moved out of the way, not sorted.
 * @param items rearranged; no two are alike in the order
 */
export function pageOf<T>(items: T[], compare: (one: T, other: T) => number, from: number, to: number): T[] {
  let [low, high] = [0, items.length];
  // Cuts off what stands wholly before the page, then what stands wholly after it.
  for (const place of [from, to]) {
    let [start, end] = [low, high];
    while (end - start > 32 && place > start && place < end) {
      const middle = split(items, compare, start, end);
      if (place <= middle) end = middle;
      else start = middle;
    }
    if (place === from) low = start;
    else high = end;
  }
  return items
    .slice(low, high)
    .sort(compare)
    .slice(Math.max(0, from - low), Math.max(0, to - low));
}

/** Moves what comes before some item to its left. @returns where the right part begins, never an end of the range */
function split<T>(items: T[], compare: (one: T, other: T) => number, start: number, end: number): number {
  const pivot = items[(start + end) >>> 1] as T;
  let [left, right] = [start, end - 1];
  while (left <= right) {
    while (compare(items[left] as T, pivot) < 0) left += 1;
    while (compare(items[right] as T, pivot) > 0) right -= 1;
    if (left > right) break;
    const item = items[left] as T;
    items[left] = items[right] as T;
    items[right] = item;
    left += 1;
    right -= 1;
  }
  return left;
}
