import { pageSize } from './PagedList.ts';

/** The row that keys act on. */
export interface ActiveRow {
  readonly index: number;
  readonly id: string | undefined;
}

/**
 * Where the active row is now: it stays the same record where that moved to, or its place when the record is gone.
 * @returns null when the list is empty
 */
export function located<Row extends { readonly id: string }>(
  active: ActiveRow | null,
  pages: ReadonlyMap<number, readonly Row[]>,
  total: number | null,
): ActiveRow | null {
  if (!active || !total) return null;
  const at = (index: number): Row | undefined => pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  if (at(active.index)?.id === active.id) return active;
  for (const [page, rows] of pages) {
    const place = rows.findIndex((row) => row.id === active.id);
    if (place >= 0) return { index: page * pageSize + place, id: active.id };
  }
  const index = Math.min(active.index, total - 1);
  return { index, id: at(index)?.id };
}
