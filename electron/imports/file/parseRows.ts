import type { Delimiter } from './delimiter.ts';
import type { TextPiece } from './readText.ts';
import { RowCutter, type FileRow } from './rowCutter.ts';

export interface RowsPiece {
  readonly rows: readonly FileRow[];
  readonly bytesRead: number;
}

/**
 * Cuts the pieces of a file into rows; see `RowCutter`.
 * @throws FileTrouble when a row is larger than anything a person wrote
 */
export async function* parseRows(
  pieces: AsyncIterable<TextPiece>,
  delimiter: Delimiter,
): AsyncGenerator<RowsPiece> {
  const cutter = new RowCutter(delimiter);
  let bytesRead = 0;
  try {
    for await (const piece of pieces) {
      ({ bytesRead } = piece);
      yield { rows: await cutter.write(piece.text), bytesRead };
    }
    const rows = await cutter.end();
    if (rows.length > 0) yield { rows, bytesRead };
  } finally {
    cutter.close();
  }
}
