import type { FileHandle } from 'node:fs/promises';
import { FileTrouble } from '../fileTrouble.ts';
import { findHeader } from '../findHeader.ts';
import type { RowsPiece } from '../parseRows.ts';
import type { FileRow } from '../rowCutter.ts';
import { assertUnchanged, firstRows, rowsFrom, type Opened, type Table } from '../table.ts';
import { Archive } from './archive.ts';
import { readParts, type Sheet, type WorkbookParts } from './readParts.ts';
import { readSheet } from './readSheet.ts';

/**
 * Opens an Excel workbook.
 * @param wanted name of the sheet; null for the first visible one that has rows under a header
 * @throws FileTrouble when there is none, or the file is no workbook
 */
export async function openWorkbook(
  file: FileHandle,
  path: string,
  opened: Opened,
  wanted: string | null,
): Promise<Table> {
  const archive = await Archive.open(file);
  const workbook = await readParts(archive);
  const rowsOf = (sheet: Sheet): AsyncGenerator<RowsPiece> => rowsOfSheet(archive, workbook, sheet, opened);
  const { sheet, headers, firstLine } = await chosenSheet(workbook.sheets, wanted, rowsOf);
  return {
    format: { kind: 'workbook', sheet: sheet.name, sheets: workbook.sheets.map(({ name }) => name) },
    headers,
    size: opened.size,
    rows: () => unlessChanged(rowsFrom(firstLine, rowsOf(sheet)), () => assertUnchanged(path, opened)),
    assertUnchanged: () => assertUnchanged(path, opened),
    close: () => file.close(),
  };
}

/** A workbook that was changed while it was read looks damaged, and is said to have been changed. */
async function* unlessChanged(
  pieces: AsyncGenerator<RowsPiece>,
  assertSame: () => Promise<void>,
): AsyncGenerator<RowsPiece> {
  try {
    yield* pieces;
  } catch (error) {
    await assertSame();
    throw error;
  }
}

/** Rows of a sheet, with the share of it that was read told as bytes of the file. */
async function* rowsOfSheet(
  archive: Archive,
  workbook: WorkbookParts,
  { part }: Sheet,
  { size }: Opened,
): AsyncGenerator<RowsPiece> {
  const unpacked = Math.max(1, archive.size(part));
  for await (const { rows, bytesRead } of readSheet(archive.read(part), workbook)) {
    yield { rows, bytesRead: size * Math.min(1, bytesRead / unpacked) };
  }
}

interface ChosenSheet {
  readonly sheet: Sheet;
  readonly headers: string[];
  readonly firstLine: number;
}

async function chosenSheet(
  sheets: readonly Sheet[],
  wanted: string | null,
  rowsOf: (sheet: Sheet) => AsyncGenerator<RowsPiece>,
): Promise<ChosenSheet> {
  const candidates = wanted === null ? sheets : sheets.filter(({ name }) => name === wanted);
  let trouble: FileTrouble | null = null;
  for (const sheet of candidates) {
    const rows = await firstRows(rowsOf(sheet), 1);
    if (rows.length === 0) continue;
    try {
      return { sheet, ...findHeader(sameWidth(rows)) };
    } catch (error) {
      if (!(error instanceof FileTrouble)) throw error;
      trouble ??= error;
    }
  }
  if (wanted !== null && candidates.length === 0)
    throw new FileTrouble('The workbook no longer has that sheet');
  throw trouble ?? new FileTrouble('The file holds no rows');
}

/** Sheets leave out empty cells at the end of a row, so the header may be shorter than the rows under it. */
function sameWidth(rows: readonly FileRow[]): FileRow[] {
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  return rows.map((row) =>
    row.problem === null
      ? { ...row, cells: Array.from({ length: width }, (_, column) => row.cells[column] ?? '') }
      : row,
  );
}
