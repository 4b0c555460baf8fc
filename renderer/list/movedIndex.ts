/**
 * Where a key moves the active row.
 * @returns null when the key moves nothing
 */
export function movedIndex(key: string, active: number | null, count: number, page: number): number | null {
  if (count === 0) return null;
  const from = active ?? -1;
  const moves: Readonly<Record<string, number>> = {
    j: from + 1,
    J: from + 1,
    ArrowDown: from + 1,
    k: from - 1,
    K: from - 1,
    ArrowUp: from - 1,
    PageDown: Math.max(from, 0) + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}
