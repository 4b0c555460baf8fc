import { memo } from 'react';
import type { Column, GridSort } from './column.ts';
import styles from './Grid.module.css';

interface GridHeaderProps<Row, Sort extends string> {
  readonly columns: readonly Column<Row, Sort>[];
  readonly sort: GridSort<Sort> | undefined;
  readonly onSort: ((by: Sort) => void) | undefined;
}

function PlainGridHeader<Row, Sort extends string>({ columns, sort, onSort }: GridHeaderProps<Row, Sort>) {
  return (
    <div role="rowgroup" className={styles.header}>
      <div role="row" aria-rowindex={1} className={styles.headerRow}>
        {columns.map((column, index) => {
          const { sortBy } = column;
          const direction = sortBy !== undefined && sort?.by === sortBy ? sort.direction : undefined;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={index + 1}
              aria-sort={sortBy === undefined ? undefined : (direction ?? 'none')}
              className={column.numeric ? `${styles.headerCell} ${styles.numeric}` : styles.headerCell}
            >
              {sortBy !== undefined && onSort ? (
                // No tab stop of its own: the grid has one, and the sort box beside the search does the same by keyboard.
                <button
                  type="button"
                  tabIndex={-1}
                  className={styles.sortButton}
                  data-direction={direction}
                  onClick={() => {
                    onSort(sortBy);
                  }}
                >
                  {column.header}
                </button>
              ) : (
                column.header
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

export const GridHeader = memo(PlainGridHeader) as typeof PlainGridHeader;
