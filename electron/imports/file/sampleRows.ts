import { open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { decoderOf } from './decoder.ts';
import { limits } from './limits.ts';
import type { FileRow } from './rowCutter.ts';
import type { Table, TableFormat } from './table.ts';

type TextFormat = Extract<TableFormat, { kind: 'text' }>;

const mostOfWorkbook = 20_000;
const places = 64;
const bytesPerPlace = 32 * 1024;

export interface SampledRows {
  readonly rows: readonly FileRow[];
  /** Share of the file they stand in, above 0 and at most 1. */
  readonly share: number;
}

/**
 * Rows from places all over a file. A guess: a row cut off at a place, or one within a quoted cell, may be read wrongly,
 * so the rows are good for statistics only. Small files are read whole, and of a workbook, which can only be read from
 * its beginning, the first rows.
 * @param path of the open table
 * @throws FileTrouble when a small file cannot be read
 */
export async function sampleRows(table: Table, path: string): Promise<SampledRows> {
  const { format } = table;
  if (format.kind === 'workbook' || table.size <= places * bytesPerPlace) return firstRows(table);
  const file = await open(path, 'r');
  try {
    const rows: FileRow[] = [];
    let bytes = 0;
    for (let place = 0; place < places; place += 1) {
      // UTF-16 has two bytes to a letter.
      const from = Math.floor((place * (table.size - bytesPerPlace)) / (places - 1) / 2) * 2;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytesPerPlace), 0, bytesPerPlace, from);
      bytes += bytesRead;
      rows.push(...wholeRows(buffer.subarray(0, bytesRead), format, table.headers.length));
    }
    return { rows, share: bytes / table.size };
  } finally {
    await file.close();
  }
}

async function firstRows(table: Table): Promise<SampledRows> {
  const found: FileRow[] = [];
  for await (const { rows, bytesRead } of table.rows()) {
    found.push(...rows);
    if (found.length > mostOfWorkbook && bytesRead < table.size)
      return { rows: found, share: Math.max(bytesRead, 1) / table.size };
  }
  return { rows: found, share: 1 };
}

/** Without the first and the last line, which are cut off. */
function wholeRows(bytes: Buffer, { encoding, delimiter }: TextFormat, columns: number): FileRow[] {
  const lines = decoderOf(encoding)
    .write(bytes)
    .split(/\r\n?|\n/);
  const text = lines.slice(1, -1).join('\n');
  try {
    const options = { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true };
    const found = parse(text, { ...options, max_record_size: limits.row }) as unknown as string[][];
    return found
      .filter((cells) => cells.length === columns)
      .map((cells) => ({ line: 0, cells, problem: null }));
  } catch {
    return []; // a quotation mark that was opened before the place
  }
}
