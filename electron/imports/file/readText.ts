import type { FileHandle } from 'node:fs/promises';
import { decoderOf } from './decoder.ts';
import type { DetectedEncoding } from './encoding.ts';
import { FileTrouble } from './fileTrouble.ts';

const blockBytes = 128 * 1024;

/** A piece of the file as text with `\n` as its only line break. */
export interface TextPiece {
  readonly text: string;
  /** Bytes of the file read so far. */
  readonly bytesRead: number;
}

/**
 * Reads a file as text, piece by piece; the next piece is read only when it is asked for.
 * @param size bytes the file had when it was opened
 * @throws FileTrouble when the file ends earlier or goes on longer than that
 */
export async function* readText(
  file: FileHandle,
  { encoding, markBytes }: DetectedEncoding,
  size: number,
): AsyncGenerator<TextPiece> {
  const decoder = decoderOf(encoding);
  const lineBreaks = unixLineBreaks();
  let at = markBytes;
  for (;;) {
    // A fresh block each time: decoders may keep a view of the last one.
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(blockBytes), 0, blockBytes, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    if (at > size) throw new FileTrouble('The file was changed while it was read');
    yield { text: lineBreaks.write(decoder.write(buffer.subarray(0, bytesRead))), bytesRead: at };
  }
  if (at < size) throw new FileTrouble('The file was changed while it was read');
  yield { text: lineBreaks.write(decoder.end()) + lineBreaks.end(), bytesRead: at };
}

/** Makes `\r\n` and `\r` into `\n`, across pieces: programs mix them, and each is one line. */
function unixLineBreaks(): { write(text: string): string; end(): string } {
  let returned = false;
  return {
    write(text) {
      if (text === '') return '';
      const whole = returned ? `\r${text}` : text;
      returned = whole.endsWith('\r');
      return (returned ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n');
    },
    end: () => (returned ? '\n' : ''),
  };
}
