import { looksLikeDate } from '../cells/dates.ts';
import { FileTrouble } from './fileTrouble.ts';
import type { FileRow } from './rowCutter.ts';

/**
 * Finds the names of the columns. Titles above the table are passed over: they fill few of its columns. A first row
 * with a date in it is data already; its columns are then called `Column 1` and so on.
 * @param rows from the beginning of the file
 * @returns the names, and the line from which rows are data
 * @throws FileTrouble when there are no rows under the header
 */
export function findHeader(rows: readonly FileRow[]): { headers: string[]; firstLine: number } {
  const index = rows.findIndex((row) => filled(row) >= commonWidth(rows) * 0.6 && filled(row) > 0);
  const first = rows[index];
  if (!first) {
    const unreadable = rows.some((row) => row.problem !== null);
    throw new FileTrouble(
      unreadable ? 'The file has no readable row; a row may have 1,000 cells' : 'The file holds no rows',
    );
  }
  if (first.cells.some((cell) => looksLikeDate(cell))) {
    return { headers: first.cells.map((_, column) => `Column ${String(column + 1)}`), firstLine: first.line };
  }
  const next = rows[index + 1];
  if (!next) throw new FileTrouble('The file has a header but no rows');
  return { headers: first.cells.map((cell) => cell.replace(/\s+/g, ' ').trim()), firstLine: next.line };
}

const filled = (row: FileRow): number => row.cells.filter((cell) => cell.trim() !== '').length;

/** Number of cells most rows have. */
function commonWidth(rows: readonly FileRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
