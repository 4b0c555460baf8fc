import { CsvError, parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { RowCutter, type FileRow } from '../../electron/imports/file/rowCutter.ts';
import { Random } from '../support/random.ts';

/** Texts of a few letters that mean something in a CSV file, so that every order of them comes up. */
const letters = ['"', '"', ',', '\n', 'a', 'b', ' ', '\0', 'é', ';'];

async function cut(pieces: readonly string[]): Promise<FileRow[]> {
  const cutter = new RowCutter(',');
  const rows: FileRow[] = [];
  for (const piece of pieces) rows.push(...(await cutter.write(piece)));
  rows.push(...(await cutter.end()));
  cutter.close();
  return rows;
}

/** Rows as csv-parse has them when it is given all of the text; null for a row that is never closed. */
function expectedRows(text: string): (string[] | null)[] {
  const rows: string[][] = [];
  const options = { record_delimiter: '\n', relax_quotes: true, relax_column_count: true };
  try {
    parse(text, {
      ...options,
      skip_empty_lines: true,
      on_record: (cells: string[]) => void rows.push(cells),
    });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
    return [...rows, null];
  }
}

describe('cutting text into rows', () => {
  it('gives the cells that csv-parse gives, wherever the pieces are cut', async () => {
    const random = new Random(7);
    let open = 0;
    let inQuotes = 0;
    for (let run = 0; run < 6_000; run += 1) {
      const text = Array.from({ length: random.between(0, 24) }, () => random.pick(letters)).join('');
      const expected = expectedRows(text);
      const whole = await cut([text]);
      const place = random.between(0, text.length);
      for (const pieces of [[text], [text.slice(0, place), text.slice(place)], [...text]]) {
        const rows = await cut(pieces);
        expect(
          rows.map(({ cells, problem }) => (problem === null ? cells : null)),
          JSON.stringify(pieces),
        ).toEqual(expected);
        expect(rows.map(({ line }) => line)).toEqual(whole.map(({ line }) => line));
      }
      if (expected.includes(null)) open += 1;
      else if (text.includes('"')) inQuotes += 1;
    }
    expect(open).toBeGreaterThan(600);
    expect(inQuotes).toBeGreaterThan(600);
  });

  it('counts the lines on which rows begin', async () => {
    const rows = await cut(['a\n\n"b\n\nc",d\n\n"e"\nf,"g\n"\n']);
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 7, 8]);
  });
});
