import { memo } from 'react';
import type { Column } from './column.ts';
import styles from './Grid.module.css';

interface GridRowProps<Row, Sort extends string> {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  /** Undefined while its page is on the way. */
  readonly row: Row | undefined;
  readonly columns: readonly Column<Row, Sort>[];
  readonly active: boolean;
  readonly onOpen: (index: number) => void;
}

function PlainGridRow<Row, Sort extends string>(props: GridRowProps<Row, Sort>) {
  const { id, index, top, row, columns, active, onOpen } = props;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      aria-busy={row === undefined ? true : undefined}
      className={styles.row}
      style={{ top }}
      onClick={() => {
        onOpen(index);
      }}
    >
      {columns.map((column, position) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={position + 1}
          className={column.numeric ? `${styles.cell} ${styles.numeric}` : styles.cell}
        >
          {row === undefined ? null : column.render(row)}
        </div>
      ))}
    </div>
  );
}

export const GridRow = memo(PlainGridRow) as typeof PlainGridRow;
