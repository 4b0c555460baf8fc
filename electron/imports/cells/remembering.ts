import { detached } from '../../text/detached.ts';

/** Cells remembered of a column, and the longest of them; what is beyond is read anew each time. */
const mostCells = 4_000;
const longestCell = 200;

/**
 * The same reader, which remembers what it answered to the cells that came first: most columns hold the same few values
 * again and again. Whoever gets an answer must not change it.
 */
export function remembering<T>(read: (cell: string) => T): (cell: string) => T {
  const known = new Map<string, T>();
  return (cell) => {
    const remembered = known.get(cell);
    if (remembered !== undefined) return remembered;
    const found = read(cell);
    if (known.size < mostCells && cell.length <= longestCell) known.set(detached(cell), found);
    return found;
  };
}
