import { limits } from '../limits.ts';
import type { RowsPiece } from '../parseRows.ts';
import type { FileRow } from '../rowCutter.ts';
import { damaged } from './archive.ts';
import { columnLetters, columnOf } from './columns.ts';
import type { WorkbookParts } from './readParts.ts';
import { readXml, type Attributes } from './readXml.ts';
import { dateText } from './serialDates.ts';
import { plainText, textListener } from './textListener.ts';

/** Rows given on at once. */
const pieceRows = 500;
/** Characters that one piece of XML may come to: cells may all refer to the same long text. */
const pieceCharacters = 32_000_000;

/**
 * Reads the rows of a sheet as a person sees them: dates as ISO texts, formulas as their stored results. Empty rows and
 * cells that only have a look are no rows and no cells.
 * @returns rows with the number of bytes read so far
 * @throws FileTrouble when the sheet is damaged
 */
export async function* readSheet(
  bytes: AsyncIterable<Buffer>,
  workbook: Pick<WorkbookParts, 'system' | 'kinds' | 'texts'>,
): AsyncGenerator<RowsPiece> {
  const reader = new SheetReader(workbook);
  let bytesRead = 0;
  for await (bytesRead of readXml(bytes, reader)) {
    reader.newPiece();
    if (reader.rows.length >= pieceRows || reader.characters > limits.row) {
      yield { rows: reader.take(), bytesRead };
    }
  }
  yield { rows: reader.take(), bytesRead };
}

class SheetReader {
  readonly #workbook: Pick<WorkbookParts, 'system' | 'kinds' | 'texts'>;
  readonly #inline = textListener();
  #inData = false;
  rows: FileRow[] = [];
  /** Of the rows not taken yet. */
  characters = 0;
  #budget = pieceCharacters;
  // The row.
  #line = 0;
  #cells: string[] = [];
  #bad = new Map<number, string>();
  #problem: string | null = null;
  #rowCharacters = 0;
  // The cell.
  #column = -1;
  #type = '';
  #style = 0;
  #value = '';
  #inValue = false;
  #isFormula = false;

  constructor(workbook: Pick<WorkbookParts, 'system' | 'kinds' | 'texts'>) {
    this.#workbook = workbook;
  }

  newPiece(): void {
    this.#budget = pieceCharacters;
  }

  take(): FileRow[] {
    const taken = this.rows;
    this.rows = [];
    this.characters = 0;
    return taken;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'sheetData') this.#inData = true;
    if (!this.#inData) return;
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#inValue = true;
    else if (name === 'f') this.#isFormula = true;
    else this.#inline.listener.open(name);
  }

  text(text: string): void {
    if (!this.#inData) return;
    if (this.#inValue) {
      if (this.#value.length <= limits.cell) this.#value += text;
    } else {
      this.#inline.listener.text(text);
    }
  }

  close(name: string): void {
    if (!this.#inData) return;
    if (name === 'sheetData') this.#inData = false;
    else if (name === 'v') this.#inValue = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else this.#inline.listener.close(name);
  }

  #openRow({ r }: Attributes): void {
    const line = Number(r ?? this.#line + 1);
    if (!Number.isSafeInteger(line) || line < 1) throw damaged();
    this.#line = line;
    this.#cells = [];
    this.#bad = new Map();
    this.#problem = null;
    this.#rowCharacters = 0;
    this.#column = -1;
  }

  #openCell({ r, t, s }: Attributes): void {
    this.#column = r === undefined ? this.#column + 1 : columnOf(r);
    this.#type = t ?? 'n';
    this.#style = Number(s ?? 0);
    this.#value = '';
    this.#isFormula = false;
    this.#inline.text.begin();
  }

  #closeCell(): void {
    // Nothing of a row that is refused anyway is worth unpacking a long text again.
    if (this.#problem !== null) return;
    const text = this.#cellText();
    if (text === null || text.length > limits.cell) {
      this.#problem = 'A cell of this row is longer than a million characters.';
    } else if (text !== '') {
      this.#put(text);
    }
  }

  #put(text: string): void {
    this.#rowCharacters += text.length;
    this.#budget -= text.length;
    if (this.#column >= limits.columns) this.#problem = 'This row has more than 1,000 cells.';
    else if (this.#rowCharacters > limits.row || this.#budget < 0)
      this.#problem = 'This row is longer than 8 MB.';
    if (this.#problem !== null) return;
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = text;
  }

  #closeRow(): void {
    const problem = this.#problem;
    if (problem === null && this.#cells.length === 0) return;
    this.characters += this.#rowCharacters;
    const row = { line: this.#line, cells: problem === null ? this.#cells : [], problem };
    this.rows.push(this.#bad.size > 0 ? { ...row, badCells: this.#bad } : row);
  }

  /** The cell as a text; null when it is too long. */
  #cellText(): string | null {
    const value = this.#value;
    switch (this.#type) {
      case 's':
        return this.#sharedText(value);
      case 'inlineStr':
        return this.#inline.text.end();
      case 'str':
      case 'd':
        return plainText(value);
      case 'b':
        return value === '' ? this.#unstored() : value.trim() === '1' ? 'TRUE' : 'FALSE';
      case 'e':
        return this.#badCell(value, `holds the error ${value.slice(0, 20)}`);
      default:
        return value.trim() === '' ? this.#unstored() : this.#numberText(value);
    }
  }

  #sharedText(value: string): string | null {
    if (value.trim() === '') return '';
    const index = Number(value);
    if (!Number.isInteger(index) || index < 0 || index >= this.#workbook.texts.count) throw damaged();
    return this.#workbook.texts.at(index);
  }

  /** Formulas are never worked out here: their cells hold what the program that wrote them worked out, if it did. */
  #unstored(): string {
    if (!this.#isFormula) return '';
    return this.#badCell(
      '=',
      'is a formula without a stored result; open and save the workbook in Excel once',
    );
  }

  #badCell(shown: string, problem: string): string {
    if (this.#column < limits.columns) {
      this.#bad.set(this.#column, `The cell ${columnLetters(this.#column)}${String(this.#line)} ${problem}.`);
    }
    return shown;
  }

  /** With the 15 digits that Excel shows: the others are what binary fractions leave over. */
  #numberText(value: string): string {
    const number = Number(value);
    if (!Number.isFinite(number)) return value;
    const kind = this.#workbook.kinds[this.#style] ?? 'number';
    const date = kind === 'number' ? null : dateText(number, kind, this.#workbook.system);
    return date ?? String(Number(number.toPrecision(15)));
  }
}
