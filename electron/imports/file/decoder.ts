import type { Encoding } from './encoding.ts';
import { completeUtf8, substitute, textOfUtf8 } from './utf8.ts';

/** Turns the blocks of a file into text; a character cut by the end of a block is kept for the next one. */
export interface Decoder {
  write(bytes: Buffer): string;
  /** What was kept at the end of the file. */
  end(): string;
}

export function decoderOf(encoding: Encoding): Decoder {
  switch (encoding) {
    case 'UTF-8':
      return decoder(completeUtf8, textOfUtf8);
    case 'UTF-16LE':
      return decoder((bytes) => completeUtf16(bytes, 1), textOfUtf16);
    case 'UTF-16BE':
      return decoder(
        (bytes) => completeUtf16(bytes, 0),
        (bytes) => textOfUtf16(swapped(bytes)),
      );
    case 'Windows-1252':
      return decoder((bytes) => bytes.length, textOfWindows1252);
  }
}

/** @param complete where the last complete character of some bytes ends */
function decoder(complete: (bytes: Buffer) => number, textOf: (bytes: Buffer) => string): Decoder {
  let kept: Buffer = Buffer.alloc(0);
  return {
    write(bytes) {
      const all = kept.length > 0 ? Buffer.concat([kept, bytes]) : bytes;
      const end = complete(all);
      kept = Buffer.from(all.subarray(end));
      return textOf(all.subarray(0, end));
    },
    end: () => textOf(kept),
  };
}

/** Units have two bytes, and the first half of a character waits for its second. @param high index of a unit's high byte */
function completeUtf16(bytes: Buffer, high: 0 | 1): number {
  const even = bytes.length - (bytes.length % 2);
  const last = even > 0 ? (bytes[even - 2 + high] ?? 0) : 0;
  return last >= 0xd8 && last <= 0xdb ? even - 2 : even;
}

const textOfUtf16 = (bytes: Buffer): string =>
  bytes.toString('utf16le').replace(/\p{Surrogate}/gu, substitute) +
  (bytes.length % 2 === 1 ? substitute : '');

/** A last byte without its pair stays as it is. */
const swapped = (bytes: Buffer): Buffer => {
  const even = bytes.length - (bytes.length % 2);
  return Buffer.concat([Buffer.from(bytes.subarray(0, even)).swap16(), bytes.subarray(even)]);
};

/** 0x80 to 0x9f, where Windows-1252 differs from Latin-1; five of them mean nothing. */
const windowsLetters = [...'€\u001a‚ƒ„…†‡ˆ‰Š‹Œ\u001aŽ\u001a\u001a‘’“”•–—˜™š›œ\u001ažŸ'];

const textOfWindows1252 = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (letter) => windowsLetters[letter.charCodeAt(0) - 0x80] ?? substitute);
