import type { ReactNode } from 'react';

/** A column of a grid, and how its cells are drawn. */
export interface Column<Row, Sort extends string> {
  readonly id: string;
  readonly header: string;
  /** A CSS grid track. */
  readonly width: string;
  readonly sortBy?: Sort;
  readonly numeric?: boolean;
  readonly render: (row: Row) => ReactNode;
}

/** The column that the rows are sorted by. */
export interface GridSort<Sort extends string> {
  readonly by: Sort;
  readonly direction: 'ascending' | 'descending';
}
