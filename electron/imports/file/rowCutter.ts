import { CsvError, parse, type Parser } from 'csv-parse';
import { withoutGuard } from '../../text/formulas.ts';
import type { Delimiter } from './delimiter.ts';
import { FileTrouble } from './fileTrouble.ts';
import { limits } from './limits.ts';

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
 * marks within a cell that is not quoted are kept; the apostrophe that exports put before what looks like a formula is not.
 *
 * The rows are csv-parse's. Only lines among which there is no quotation mark, and before which none is open, are split
 * without it: there is nothing to parse in them, and it takes a fifth of the time. Cells are views of the text they
 * were cut from: keep none for long (see `detached`).
 */
export class RowCutter {
  readonly #delimiter: Delimiter;
  readonly #parser: Parser;
  #failure: Error | null = null;
  #rows: FileRow[] = [];
  /** Beginning of a line whose end has not come yet. */
  #rest = '';
  /** Lines that the parser was given, and that it was not. */
  #linesParsed = 0;
  #linesSplit = 0;
  /** Where the parser's last row ended, and how many empty lines there were before, as it counts them. */
  #last = { lines: 0, emptyLines: 0 };

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter;
    this.#parser = parse({
      delimiter,
      record_delimiter: '\n',
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: limits.row,
      // Rows are taken here and never enter the stream: half the time, and no queue that could grow.
      on_record: (cells: string[], { lines, empty_lines: emptyLines }) => {
        this.#rows.push(rowOf(cells, this.#linesSplit + lines));
        this.#last = { lines, emptyLines };
        return null;
      },
    });
    this.#parser.resume();
    this.#parser.on('error', (error) => (this.#failure = error));
  }

  /**
   * @returns the rows that the text completes, as far as they are known yet
   * @throws FileTrouble when a row is larger than anything a person wrote
   */
  async write(text: string): Promise<FileRow[]> {
    const all = this.#rest + text;
    const end = all.lastIndexOf('\n') + 1;
    this.#rest = all.slice(end);
    if (this.#rest.length > limits.row) throw tooLong(this.#nextLine);
    await this.#cut(all.slice(0, end));
    return this.#take();
  }

  /** @returns the last rows; the very last is a refused one when a quotation mark is still open */
  async end(): Promise<FileRow[]> {
    await this.#cut(this.#rest);
    await this.#asked((done) => this.#parser.end(done));
    return this.#take();
  }

  close(): void {
    this.#parser.destroy();
  }

  get #nextLine(): number {
    return this.#linesSplit + this.#linesParsed + 1;
  }

  /** Whether the parser waits for the beginning of a row; it may, and we not know it, behind empty lines. */
  get #isBetweenRows(): boolean {
    return this.#linesParsed === this.#last.lines;
  }

  async #cut(text: string): Promise<void> {
    if (text === '') return;
    if (this.#isBetweenRows && !text.includes('"')) {
      this.#split(text);
    } else {
      this.#linesParsed += breaksIn(text);
      await this.#asked((done) => this.#parser.write(text, done));
    }
  }

  #split(text: string): void {
    const lines = text.split('\n');
    const first = this.#nextLine;
    for (const [at, line] of lines.entries())
      if (line !== '') this.#rows.push(rowOf(line.split(this.#delimiter), first + at));
    this.#linesSplit += lines.length - 1;
  }

  async #asked(ask: (done: (error?: Error | null) => void) => void): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        ask((error) => (error ? reject(error) : resolve()));
      });
    } catch (error) {
      const { lines, emptyLines } = this.#last;
      this.#rows.push(endedBy(this.#failure ?? error, this.#linesSplit + lines + 1 - emptyLines));
    }
  }

  #take(): FileRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}

const breaksIn = (text: string): number => text.split('\n').length - 1;

function rowOf(cells: readonly string[], endsOnLine: number): FileRow {
  let lineBreaks = 0;
  let problem: string | null = null;
  let isGuarded = false;
  for (const cell of cells) {
    if (cell.startsWith("'")) isGuarded = true;
    if (cell.includes('\n')) lineBreaks += breaksIn(cell);
    if (cell.length > limits.cell) problem = 'A cell of this row is longer than a million characters.';
  }
  if (cells.length > limits.columns) problem = 'This row has more than 1,000 cells.';
  const read = isGuarded ? cells.map(withoutGuard) : cells;
  return { line: endsOnLine - lineBreaks, cells: problem === null ? read : [], problem };
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
  if (error.code === 'CSV_MAX_RECORD_SIZE') throw tooLong(line);
  throw error;
}

const tooLong = (line: number): FileTrouble =>
  new FileTrouble(
    `The file has a row on line ${String(line)} that is longer than 8 MB; perhaps a quotation mark is never closed`,
  );
