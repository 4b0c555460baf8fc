import type { Delimiter } from './delimiter.ts';
import { FileTrouble } from './fileTrouble.ts';
import { limits } from './limits.ts';
import { quotedRow } from './quotedRow.ts';

/** A row of the file. */
export interface FileRow {
  /** Line on which it begins, counting from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why it cannot be read as a row, as a sentence; null when it can. */
  readonly problem: string | null;
  /** Cells of a workbook that hold no value, by their column, each with a sentence; they matter where they are mapped. */
  readonly badCells?: ReadonlyMap<number, string>;
}

/**
 * Cuts text, which comes piece by piece with `\n` as its only line break, into rows. Empty lines are no rows. Quotation
 * marks within a cell that is not quoted are kept, and so are those of a cell that goes on behind its closing one.
 *
 * Nearly all lines have no quotation mark and are split as they are, which takes a fifth of the time of a parser that
 * looks at each character. Cells are views of the text they were cut from: keep none for long (see `detached`).
 */
export class RowCutter {
  readonly #delimiter: Delimiter;
  /** Beginning of a row whose end has not come yet. */
  #rest = '';
  #line = 1;

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter;
  }

  /**
   * @returns the rows that the text completes
   * @throws FileTrouble when a row is larger than anything a person wrote
   */
  write(text: string): FileRow[] {
    const rows = this.#cut(this.#rest + text, false);
    if (this.#rest.length > limits.row) {
      throw new FileTrouble(
        `The file has a row on line ${String(this.#line)} that is longer than 8 MB; perhaps a quotation mark is never closed`,
      );
    }
    return rows;
  }

  /** @returns the last row when no line break ends it; it is a refused one when a quotation mark is still open */
  end(): FileRow[] {
    return this.#cut(this.#rest, true);
  }

  #cut(text: string, isAll: boolean): FileRow[] {
    const rows: FileRow[] = [];
    let from = 0;
    let mark = -1;
    while (from < text.length) {
      if (mark < from) mark = placeOf('"', text, from);
      const lineEnd = placeOf('\n', text, from);
      if (mark < lineEnd) {
        const end = this.#cutQuoted(text, from, isAll, rows);
        if (end === null) break;
        from = end + 1;
        continue;
      }
      if (lineEnd === text.length && !isAll) break;
      if (lineEnd > from) rows.push(rowOf(this.#line, text.slice(from, lineEnd).split(this.#delimiter)));
      this.#line += 1;
      from = lineEnd + 1;
    }
    this.#rest = text.slice(from);
    return rows;
  }

  /** @returns where the row ends, or null when its end is still to come */
  #cutQuoted(text: string, from: number, isAll: boolean, rows: FileRow[]): number | null {
    const row = quotedRow(text, from, this.#delimiter);
    if (row.end === text.length && !isAll) return null;
    rows.push(row.isOpen ? openRow(this.#line) : rowOf(this.#line, row.cells));
    for (let at = text.indexOf('\n', from); at >= 0 && at <= row.end; at = text.indexOf('\n', at + 1))
      this.#line += 1;
    return row.end;
  }
}

/** The length of the text stands for nowhere. */
function placeOf(letter: string, text: string, from: number): number {
  const place = text.indexOf(letter, from);
  return place < 0 ? text.length : place;
}

function rowOf(line: number, cells: readonly string[]): FileRow {
  let problem: string | null = null;
  for (const cell of cells)
    if (cell.length > limits.cell) problem = 'A cell of this row is longer than a million characters.';
  if (cells.length > limits.columns) problem = 'This row has more than 1,000 cells.';
  return { line, cells: problem === null ? cells : [], problem };
}

const openRow = (line: number): FileRow => ({
  line,
  cells: [],
  problem: 'A quotation mark opens in this row and is never closed; everything after it was left out.',
});
