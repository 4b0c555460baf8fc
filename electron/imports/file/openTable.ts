import { open, stat, type FileHandle } from 'node:fs/promises';
import { guessDelimiter, type Delimiter } from './delimiter.ts';
import { detectEncoding, type DetectedEncoding, type Encoding } from './encoding.ts';
import { FileTrouble } from './fileTrouble.ts';
import { findHeader } from './findHeader.ts';
import { limits } from './limits.ts';
import { notText } from './notText.ts';
import { parseRows, type FileRow, type RowsPiece } from './parseRows.ts';
import { readText } from './readText.ts';

/** A file of rows, opened and understood. */
export interface Table {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
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

/**
 * Opens a file and finds out how it is written.
 * @throws FileTrouble when it cannot hold rows: gone, no file, empty, too large, not a text, no row under the header
 */
export async function openTable(path: string): Promise<Table> {
  const file = await openFile(path);
  try {
    return await understood(file, path);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const gone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new FileTrouble(gone ? 'The file is no longer there' : 'The file cannot be opened');
  }
}

async function understood(file: FileHandle, path: string): Promise<Table> {
  const opened = await file.stat();
  if (!opened.isFile()) throw new FileTrouble('The file is not an ordinary file');
  if (opened.size === 0) throw new FileTrouble('The file is empty');
  if (opened.size > limits.fileBytes) throw new FileTrouble('The file is larger than 1 GB; split it first');
  const wrongKind = notText(await beginning(file, 64 * 1024));
  if (wrongKind !== null) throw new FileTrouble(`The file ${wrongKind}`);

  const detected = await detectEncoding(file);
  const sample = await sampleText(file, detected, opened.size);
  const announced = /^sep=([,;\t|])\n/i.exec(sample)?.[1] as Delimiter | undefined;
  const delimiter = announced ?? guessDelimiter(sample);
  const allRows = (): AsyncGenerator<RowsPiece> =>
    parseRows(readText(file, detected, opened.size), delimiter);
  const { headers, firstLine } = findHeader(await firstRows(allRows(), announced ? 2 : 1));
  return {
    encoding: detected.encoding,
    delimiter,
    headers,
    size: opened.size,
    rows: () => from(firstLine, allRows()),
    assertUnchanged: () => assertUnchanged(path, opened),
    close: () => file.close(),
  };
}

async function beginning(file: FileHandle, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
  return buffer.subarray(0, bytesRead);
}

/** Whole lines from the first block. */
async function sampleText(file: FileHandle, detected: DetectedEncoding, size: number): Promise<string> {
  for await (const { text, bytesRead } of readText(file, detected, size)) {
    const end = text.lastIndexOf('\n');
    return bytesRead < size && end > 0 ? text.slice(0, end + 1) : text;
  }
  return '';
}

/** Enough rows to tell the header from what stands above and below it. */
async function firstRows(pieces: AsyncGenerator<RowsPiece>, fromLine: number): Promise<FileRow[]> {
  const found: FileRow[] = [];
  for await (const { rows } of from(fromLine, pieces)) {
    found.push(...rows.slice(0, 100));
    if (found.length >= 100) break;
  }
  return found;
}

/** Rows from a line on. Rows of empty cells only are left out: spreadsheets write them below their data. */
async function* from(line: number, pieces: AsyncGenerator<RowsPiece>): AsyncGenerator<RowsPiece> {
  for await (const piece of pieces) {
    const rows = piece.rows.filter((row) => row.line >= line && !isBlank(row));
    yield { ...piece, rows };
  }
}

const isBlank = (row: FileRow): boolean =>
  row.problem === null && row.cells.every((cell) => cell.trim() === '');

async function assertUnchanged(
  path: string,
  opened: { size: number; mtimeMs: number; ino: number },
): Promise<void> {
  const now = await stat(path).catch(() => null);
  if (now === null) throw new FileTrouble('The file vanished while it was read');
  if (now.size !== opened.size || now.mtimeMs !== opened.mtimeMs || now.ino !== opened.ino) {
    throw new FileTrouble('The file was changed while it was read');
  }
}
