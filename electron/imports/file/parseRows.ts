import { CsvError, parse } from 'csv-parse';
import type { Delimiter } from './delimiter.ts';
import { FileTrouble } from './fileTrouble.ts';
import { limits } from './limits.ts';
import type { TextPiece } from './readText.ts';

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

export interface RowsPiece {
  readonly rows: readonly FileRow[];
  readonly bytesRead: number;
}

/**
 * Cuts text into rows. Empty lines are no rows. Quotation marks within a cell that is not quoted are kept.
 * @throws FileTrouble when a row is larger than anything a person wrote
 */
export async function* parseRows(
  pieces: AsyncIterable<TextPiece>,
  delimiter: Delimiter,
): AsyncGenerator<RowsPiece> {
  let rows: FileRow[] = [];
  let lastLine = 0;
  let emptyLines = 0;
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.row,
    // Rows are taken here and never enter the stream: half the time, and no queue that could grow.
    on_record: (cells: string[], { lines, empty_lines }) => {
      rows.push(rowOf(cells, lines));
      lastLine = lines;
      emptyLines = empty_lines;
      return null;
    },
  });
  parser.resume();
  let failure: Error | null = null;
  parser.on('error', (error) => (failure = error));
  const given = (send: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      send((error) => (error ? reject(error) : resolve()));
    });
  let bytesRead = 0;
  try {
    for await (const piece of pieces) {
      bytesRead = piece.bytesRead;
      await given((done) => parser.write(piece.text, done));
      yield { rows, bytesRead };
      rows = [];
    }
    await given((done) => parser.end(done));
  } catch (error) {
    rows.push(endedBy(failure ?? error, lastLine + 1 - emptyLines));
  } finally {
    parser.destroy();
  }
  if (rows.length > 0) yield { rows, bytesRead };
}

function rowOf(cells: readonly string[], endsOnLine: number): FileRow {
  let lineBreaks = 0;
  let problem: string | null = null;
  for (const cell of cells) {
    if (cell.includes('\n')) lineBreaks += cell.split('\n').length - 1;
    if (cell.length > limits.cell) problem = 'A cell of this row is longer than a million characters.';
  }
  if (cells.length > limits.columns) problem = 'This row has more than 1,000 cells.';
  return { line: endsOnLine - lineBreaks, cells: problem === null ? cells : [], problem };
}

/**
 * The row at which the file stops being readable: a refused row when nothing can follow it, else trouble with the file.
 * @param lineWithoutEmpty line on which it would begin if no line of the file so far were empty
 */
function endedBy(error: unknown, lineWithoutEmpty: number): FileRow {
  if (!(error instanceof CsvError)) throw error;
  const line = lineWithoutEmpty + Number(error['empty_lines']);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    const problem =
      'A quotation mark opens in this row and is never closed; everything after it was left out.';
    return { line, cells: [], problem };
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    throw new FileTrouble(
      `The file has a row on line ${String(line)} that is longer than 8 MB; perhaps a quotation mark is never closed`,
    );
  }
  throw error;
}
