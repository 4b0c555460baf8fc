import { isUtf8 } from 'node:buffer';

/** Stands for bytes that are no text. It is what ASCII has it for, and the contract refuses it as a control character. */
export const substitute = '\u001a';

/** One character beyond ASCII as UTF-8 allows it, or else one byte that does not belong there; over bytes read as Latin-1. */
const sequences =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g;

/** How many characters beyond ASCII, and how many bytes that are no text. */
export function brokenUtf8(bytes: Buffer): { good: number; broken: number } {
  const found = { good: 0, broken: 0 };
  for (const [sequence] of bytes.toString('latin1').matchAll(sequences)) {
    if (sequence.length > 1) found.good += 1;
    else found.broken += 1;
  }
  return found;
}

/** Where the last complete character ends: a block of a file may end within one. */
export function completeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.length - back : bytes.length;
    }
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/** UTF-8 as text; bytes that are no text become `substitute`, so that a damaged row is told from one that always held U+FFFD. */
export function textOfUtf8(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return bytes
    .toString('latin1')
    .replace(sequences, (sequence) =>
      sequence.length > 1 ? Buffer.from(sequence, 'latin1').toString('utf8') : substitute,
    );
}
