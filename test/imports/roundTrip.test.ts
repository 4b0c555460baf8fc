import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decoderOf } from '../../electron/imports/file/decoder.ts';
import type { Encoding } from '../../electron/imports/file/encoding.ts';
import { delimiters } from '../../electron/imports/file/delimiter.ts';
import { parseRows } from '../../electron/imports/file/parseRows.ts';
import type { FileRow } from '../../electron/imports/file/rowCutter.ts';

/** Cells with everything that has a meaning in such files. */
const cell = fc.string({
  unit: fc.constantFrom(
    'a',
    'é',
    '😀',
    ' ',
    ',',
    ';',
    '\t',
    '|',
    '"',
    '\n',
    "'",
    '[',
    '€',
    '=',
    '+',
    '-',
    '@',
  ),
});
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }),
  );

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
/** So that no spreadsheet runs it: as exports write what looks like a formula. */
const guarded = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function bytesOf(text: string, encoding: Encoding): Buffer {
  const bytes = Buffer.from(text, encoding === 'UTF-8' ? 'utf8' : 'utf16le');
  return encoding === 'UTF-16BE' ? bytes.swap16() : bytes;
}

describe('any table written as a file', () => {
  it('is read back as it was, with the line each row begins on, wherever the file is cut', async () => {
    const dialect = fc.record({
      delimiter: fc.constantFrom(...delimiters),
      lineBreak: fc.constantFrom('\n', '\r\n', '\r'),
      encoding: fc.constantFrom<Encoding>('UTF-8', 'UTF-16LE', 'UTF-16BE'),
      cut: fc.integer({ min: 1, max: 17 }),
    });
    await fc.assert(
      fc.asyncProperty(table, dialect, async (rows, { delimiter, lineBreak, encoding, cut }) => {
        const text = rows
          .map((cells) => cells.map((text) => quoted(guarded(text))).join(delimiter))
          .join('\n')
          .replaceAll('\n', lineBreak);
        const bytes = bytesOf(text, encoding);
        const decoder = decoderOf(encoding);
        const pieces: string[] = [];
        for (let at = 0; at < bytes.length; at += cut)
          pieces.push(decoder.write(bytes.subarray(at, at + cut)));
        const decoded = (pieces.join('') + decoder.end()).replace(/\r\n?/g, '\n');
        expect(decoded).toBe(text.replace(/\r\n?/g, '\n'));

        const read: FileRow[] = [];
        const inPieces = Array.from({ length: Math.ceil(decoded.length / cut) }, (_, n) => ({
          text: decoded.slice(n * cut, (n + 1) * cut),
          bytesRead: 0,
        }));
        for await (const piece of parseRows(Readable.from(whole(inPieces)), delimiter))
          read.push(...piece.rows);
        let line = 1;
        const expected = rows.map((cells) => {
          const row = { line, cells, problem: null };
          line += cells.join('').split('\n').length;
          return row;
        });
        expect(read).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

/** Text is never cut between the two halves of a character; the decoder sees to that. */
function whole(pieces: { text: string; bytesRead: number }[]): { text: string; bytesRead: number }[] {
  return pieces.reduce<{ text: string; bytesRead: number }[]>((joined, piece) => {
    const last = joined.at(-1);
    if (last && /[\ud800-\udbff]$/.test(last.text)) last.text += piece.text;
    else joined.push({ ...piece });
    return joined;
  }, []);
}
