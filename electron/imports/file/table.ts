import { stat } from 'node:fs/promises';
import type { Delimiter } from './delimiter.ts';
import type { Encoding } from './encoding.ts';
import { FileTrouble } from './fileTrouble.ts';
import type { RowsPiece } from './parseRows.ts';
import type { FileRow } from './rowCutter.ts';

/** How the rows of a file are written. */
export type TableFormat =
  | { readonly kind: 'text'; readonly encoding: Encoding; readonly delimiter: Delimiter }
  | {
      readonly kind: 'workbook';
      /** The sheet that is read. */
      readonly sheet: string;
      /** All sheets a person sees, in their order. */
      readonly sheets: readonly string[];
    };

/** A file of rows, opened and understood. */
export interface Table {
  readonly format: TableFormat;
  /** One per column; `Column 1` and so on when the file names none. */
  readonly headers: readonly string[];
  /** Bytes. */
  readonly size: number;
  /** The rows below the header, from the first one; the next piece is read only when it is asked for. */
  rows(): AsyncGenerator<RowsPiece>;
  /** @throws FileTrouble when the file is no longer the one that was opened */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** What a file was when it was opened. */
export interface Opened {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/** Enough rows to tell the header from what stands above and below it. */
export async function firstRows(pieces: AsyncGenerator<RowsPiece>, fromLine: number): Promise<FileRow[]> {
  const found: FileRow[] = [];
  for await (const { rows } of rowsFrom(fromLine, pieces)) {
    found.push(...rows.slice(0, 100));
    if (found.length >= 100) break;
  }
  return found;
}

/** Rows from a line on. Rows of empty cells only are left out: spreadsheets write them below their data. */
export async function* rowsFrom(line: number, pieces: AsyncGenerator<RowsPiece>): AsyncGenerator<RowsPiece> {
  for await (const piece of pieces) {
    const rows = piece.rows.filter((row) => row.line >= line && !isBlank(row));
    yield { ...piece, rows };
  }
}

const isBlank = (row: FileRow): boolean =>
  row.problem === null && row.cells.every((cell) => cell.trim() === '');

/** @throws FileTrouble when the file at the path is not the one that was opened, as it was then */
export async function assertUnchanged(path: string, opened: Opened): Promise<void> {
  const now = await stat(path).catch(() => null);
  if (now === null) throw new FileTrouble('The file vanished while it was read');
  if (now.size !== opened.size || now.mtimeMs !== opened.mtimeMs || now.ino !== opened.ino) {
    throw new FileTrouble('The file was changed while it was read');
  }
}
