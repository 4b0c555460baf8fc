import { unmarkedUtf16 } from './encoding.ts';

/** How files that people take for a table begin, in hexadecimal. */
const kinds: readonly (readonly [start: string, name: string])[] = [
  ['25504446', 'a PDF'],
  ['89504e47', 'a picture'],
  ['ffd8ff', 'a picture'],
  ['47494638', 'a picture'],
  ['1f8b', 'a packed file'],
  ['7f454c46', 'a program'],
  ['4d5a9000', 'a program'],
];

const isControl = (byte: number): boolean => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d;

/** Workbooks are zip archives. `PK` alone begins texts too. */
export const isZip = (head: Buffer): boolean => head.toString('hex', 0, 4) === '504b0304';

/**
 * What is wrong with the beginning of a file that is no text, or null. A few control characters do not make it
 * another kind of file: the rows that hold them are refused one by one.
 * @returns `is a picture`, the end of a sentence
 */
export function notText(head: Buffer): string | null {
  const start = head.subarray(0, 8).toString('hex');
  const kind = kinds.find(([begins]) => start.startsWith(begins));
  if (kind) return `is ${kind[1]}`;
  if (start.startsWith('fffe') || start.startsWith('feff') || unmarkedUtf16(head) !== null) return null;
  let controls = 0;
  for (const byte of head) if (isControl(byte)) controls += 1;
  return controls > 16 && controls > head.length * 0.05 ? 'is not a text file' : null;
}
