import { open, type FileHandle } from 'node:fs/promises';
import { guessDelimiter, type Delimiter } from './delimiter.ts';
import { detectEncoding, type DetectedEncoding } from './encoding.ts';
import { FileTrouble } from './fileTrouble.ts';
import { findHeader } from './findHeader.ts';
import { limits } from './limits.ts';
import { isZip, notText } from './notText.ts';
import { officeFileTrouble } from './officeFileTrouble.ts';
import { parseRows, type RowsPiece } from './parseRows.ts';
import { readText } from './readText.ts';
import { assertUnchanged, firstRows, rowsFrom, type Opened, type Table } from './table.ts';
import { openWorkbook } from './workbook/openWorkbook.ts';

/**
 * Opens a file and finds out how it is written, by what stands in it and not by its name.
 * @param sheet of a workbook; null for the first one that has rows
 * @throws FileTrouble when it cannot hold rows: gone, no file, empty, too large, no table, no row under the header
 */
export async function openTable(path: string, sheet: string | null = null): Promise<Table> {
  const file = await openFile(path);
  try {
    return await understood(file, path, sheet);
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

async function understood(file: FileHandle, path: string, sheet: string | null): Promise<Table> {
  const opened = await file.stat();
  if (!opened.isFile()) throw new FileTrouble('The file is not an ordinary file');
  if (opened.size === 0) throw new FileTrouble('The file is empty');
  if (opened.size > limits.fileBytes) throw new FileTrouble('The file is larger than 1 GB; split it first');
  const head = await beginning(file, 64 * 1024);
  if (isZip(head)) return openWorkbook(file, path, opened, sheet);
  const wrongKind = (await officeFileTrouble(file, head)) ?? notText(head);
  if (wrongKind !== null) throw new FileTrouble(`The file ${wrongKind}`);
  return openText(file, path, opened);
}

async function openText(file: FileHandle, path: string, opened: Opened): Promise<Table> {
  const detected = await detectEncoding(file);
  const sample = await sampleText(file, detected, opened.size);
  const announced = /^sep=([,;\t|])\n/i.exec(sample)?.[1] as Delimiter | undefined;
  const delimiter = announced ?? guessDelimiter(sample);
  const allRows = (): AsyncGenerator<RowsPiece> =>
    parseRows(readText(file, detected, opened.size), delimiter);
  const { headers, firstLine } = findHeader(await firstRows(allRows(), announced ? 2 : 1));
  return {
    format: { kind: 'text', encoding: detected.encoding, delimiter },
    headers,
    size: opened.size,
    rows: () => rowsFrom(firstLine, allRows()),
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
