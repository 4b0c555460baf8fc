import type { Mapping } from '../contract/imports.ts';
import { FileTrouble } from './file/fileTrouble.ts';
import { guessMapping } from './mapping/guessMapping.ts';
import { openTable, type Table } from './file/openTable.ts';
import { shorten } from './cells/shorten.ts';

/** What the beginning of a file tells about it. */
export interface Inspection {
  readonly columns: { header: string; samples: string[] }[];
  readonly guess: Mapping;
  /** For people: `UTF-8`, `Windows-1252`. */
  readonly encoding: string;
  /** For people: `comma`, `tab`. */
  readonly delimiter: string;
}

const sampledRows = 3_000;
const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'vertical bar' } as const;

/**
 * @param today `YYYY-MM-DD` in the office's zone
 * @throws FileTrouble
 */
export async function inspectFile(path: string, today: string): Promise<Inspection> {
  const table = await openTable(path);
  try {
    const rows = await sampleRows(table);
    return {
      columns: table.headers.map((header, column) => ({
        header: shown(header),
        samples: samplesOf(rows.map((cells) => cells[column] ?? '')),
      })),
      guess: guessMapping(table.headers, rows, today),
      encoding: table.encoding,
      delimiter: delimiterNames[table.delimiter],
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
