import { useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { CSSProperties, KeyboardEvent, ReactNode, RefObject } from 'react';
import type { Column, GridSort } from './column.ts';
import { GridHeader } from './GridHeader.tsx';
import { GridRow } from './GridRow.tsx';
import styles from './Grid.module.css';
import { movedIndex } from './movedIndex.ts';
import { rowHeightPx } from './rowPlaces.ts';
import { useRowWindow } from './useRowWindow.ts';

export interface GridProps<Row, Sort extends string> {
  readonly label: string;
  readonly columns: readonly Column<Row, Sort>[];
  /** Narrower than this, the list scrolls sideways. */
  readonly minWidth: number;
  readonly count: number;
  readonly rowAt: (index: number) => Row | undefined;
  /** Changes when the rows answer another question: the list then starts at its top. */
  readonly generation: number;
  /** Rows are drawn anew when this changes. */
  readonly rows: unknown;
  readonly active: number | null;
  readonly sort?: GridSort<Sort>;
  readonly onSort?: (by: Sort) => void;
  readonly onActive: (index: number) => void;
  readonly onOpen: (index: number) => void;
  /** Keys beyond moving about and opening; true when it was taken. */
  readonly onKey?: (key: string) => boolean;
  readonly onShow: (first: number, last: number) => void;
  readonly gridRef?: RefObject<HTMLDivElement | null>;
}

/**
 * A long list with one tab stop: keys move the active row, which is announced through aria-activedescendant.
 * Plain elements only, because hundreds of cells are drawn anew at every filter click.
 */
export function Grid<Row, Sort extends string>(props: GridProps<Row, Sort>) {
  const { columns, count, rowAt, active, onActive, onOpen, onShow } = props;
  const id = useId();
  const ownRef = useRef<HTMLDivElement | null>(null);
  const scroller = props.gridRef ?? ownRef;
  const body = useRef<HTMLDivElement | null>(null);
  const rows = useRowWindow({ scroller, body }, count, props.generation);
  const { first, last, base, scrollToRow } = rows;

  useEffect(() => {
    if (last >= first) onShow(first, last);
  }, [first, last, onShow, props.generation]);
  useLayoutEffect(() => {
    if (active !== null) scrollToRow(active);
  }, [active, scrollToRow]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const to = movedIndex(event.key, active, count, rows.rowsPerPage());
    if (to !== null) {
      onActive(to);
      // Also when it is active already and was scrolled out of sight.
      scrollToRow(to);
    } else if (event.key === 'Enter' && active !== null) onOpen(active);
    else if (!props.onKey?.(event.key)) return;
    event.preventDefault();
  };

  const tracks = {
    '--columns': columns.map((column) => column.width).join(' '),
    '--width': `${String(props.minWidth)}px`,
  } as CSSProperties;
  const drawn: ReactNode[] = [];
  for (let index = first; index <= last; index += 1) {
    drawn.push(
      <GridRow
        key={index}
        id={`${id}-${String(index)}`}
        index={index}
        top={(index - base) * rowHeightPx}
        row={rowAt(index)}
        columns={columns}
        active={index === active}
        onOpen={onOpen}
      />,
    );
  }
  const activeIsDrawn = active !== null && active >= first && active <= last;

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        role="grid"
        aria-label={props.label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-activedescendant={activeIsDrawn ? `${id}-${String(active)}` : undefined}
        tabIndex={0}
        className={styles.grid}
        style={tracks}
        onKeyDown={onKeyDown}
      >
        <GridHeader columns={columns} sort={props.sort} onSort={props.onSort} />
        <div ref={body} role="rowgroup" className={styles.body} style={{ height: rows.height }}>
          <div
            role="presentation"
            className={styles.window}
            style={{ transform: `translateY(${String(rows.baseTop)}px)` }}
          >
            {drawn}
          </div>
        </div>
      </div>
    </div>
  );
}
