import { StringDecoder } from 'node:string_decoder';
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
      return utf8Decoder();
    case 'UTF-16LE':
      return utf16Decoder((bytes) => bytes);
    case 'UTF-16BE':
      return bigEndian(utf16Decoder((bytes) => Buffer.from(bytes).swap16()));
    case 'Windows-1252':
      return { write: textOfWindows1252, end: () => '' };
  }
}

function utf8Decoder(): Decoder {
  let kept: Buffer = Buffer.alloc(0);
  return {
    write(bytes) {
      const all = kept.length > 0 ? Buffer.concat([kept, bytes]) : bytes;
      const end = completeUtf8(all);
      kept = Buffer.from(all.subarray(end));
      return textOfUtf8(all.subarray(0, end));
    },
    end: () => textOfUtf8(kept),
  };
}

const loneSurrogate = /\p{Surrogate}/gu;

function utf16Decoder(inOrder: (bytes: Buffer) => Buffer): Decoder {
  const decoder = new StringDecoder('utf16le');
  return {
    write: (bytes) => decoder.write(inOrder(bytes)).replace(loneSurrogate, substitute),
    end: () => decoder.end().replace(loneSurrogate, substitute),
  };
}

/** Bytes can only be swapped in pairs. */
function bigEndian(decoder: Decoder): Decoder {
  let kept: Buffer = Buffer.alloc(0);
  return {
    write(bytes) {
      const all = Buffer.concat([kept, bytes]);
      const end = all.length - (all.length % 2);
      kept = all.subarray(end);
      return decoder.write(all.subarray(0, end));
    },
    end: () => decoder.end() + (kept.length > 0 ? substitute : ''),
  };
}

/** 0x80 to 0x9f, where Windows-1252 differs from Latin-1; five of them mean nothing. */
const windowsLetters = [...'€\u001a‚ƒ„…†‡ˆ‰Š‹Œ\u001aŽ\u001a\u001a‘’“”•–—˜™š›œ\u001ažŸ'];

const textOfWindows1252 = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (letter) => windowsLetters[letter.charCodeAt(0) - 0x80] ?? substitute);
