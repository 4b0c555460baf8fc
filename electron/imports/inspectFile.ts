import type { contract, OutputOf } from '../contract/index.ts';
import { FileTrouble } from './file/fileTrouble.ts';
import { guessMapping } from './mapping/guessMapping.ts';
import { guessDateOrder } from './mapping/guessDateOrder.ts';
import { openTable } from './file/openTable.ts';
import type { Table } from './file/table.ts';
import { looksLikeDate } from './cells/dates.ts';
import { oneLine, oneText } from './cells/lists.ts';
import { shorten } from './cells/shorten.ts';

/** What the beginning of a file tells about it. */
export type Inspection = Omit<OutputOf<(typeof contract)['imports']['inspect']>, 'template'>;

const sampledRows = 3_000;
const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/**
 * @param today `YYYY-MM-DD` in the office's zone
 * @param sheet of a workbook; null for the first one that has rows
 * @throws FileTrouble
 */
export async function inspectFile(
  path: string,
  today: string,
  sheet: string | null = null,
): Promise<Inspection> {
  const table = await openTable(path, sheet);
  try {
    const rows = await sampleRows(table);
    return {
      columns: table.headers.map((header, column) => {
        const cells = rows.map((row) => row[column] ?? '');
        return {
          header: shown(header),
          samples: samplesOf(cells),
          names: namesOf(cells),
          dates: datesOf(cells),
        };
      }),
      guess: {
        ...guessMapping(table.headers, rows, today),
        sheet: table.format.kind === 'workbook' ? table.format.sheet : null,
      },
      format: shownFormat(table.format),
    };
  } finally {
    await table.close();
  }
}

async function sampleRows(table: Table): Promise<(readonly string[])[]> {
  const sample: (readonly string[])[] = [];
  for await (const { rows } of table.rows()) {
    for (const row of rows) if (row.problem === null) sample.push(row.cells);
    if (sample.length >= sampledRows) break;
  }
  if (sample.length === 0) throw new FileTrouble('The file has no row that can be read');
  return sample;
}

/** How the dates of a column are written, or null for a column of other things. */
function datesOf(cells: readonly string[]): Inspection['columns'][number]['dates'] {
  const filled = cells.map(oneText).filter((cell) => cell !== '');
  const dates = filled.filter(looksLikeDate).length;
  return dates > 0 && dates >= filled.length / 2 ? guessDateOrder(filled) : null;
}

const shownFormat = (format: Table['format']): Inspection['format'] =>
  format.kind === 'text'
    ? { ...format, delimiter: delimiterNames[format.delimiter] }
    : { ...format, sheets: [...format.sheets] };

const mostNames = 100;
const longestName = 100;

function namesOf(cells: readonly string[]): string[] {
  const names = new Set<string>();
  for (const cell of cells) {
    const name = oneLine(cell);
    if (name.length > longestName) return [];
    if (name !== '' && names.size < mostNames) names.add(shown(name));
  }
  return [...names];
}

function samplesOf(cells: readonly string[]): string[] {
  const found = new Set<string>();
  for (const cell of cells) {
    const text = shown(cell);
    if (text !== '') found.add(text);
    if (found.size === 5) break;
  }
  return [...found];
}

/** Long and broken values in a form that fits a screen. */
const shown = (cell: string): string => shorten(cell.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim(), 200);
