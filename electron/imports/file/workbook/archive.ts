import zlib from 'node:zlib';
import type { FileHandle } from 'node:fs/promises';
import { fromFdPromise, type Entry, type ZipFile } from 'yauzl';
import { FileTrouble } from '../fileTrouble.ts';
import { limits } from '../limits.ts';

export const damaged = (): FileTrouble => new FileTrouble('The workbook is damaged');

/** Absent from older runtimes, which then rely on the parser to notice damage. */
const { crc32 }: { crc32?: typeof zlib.crc32 } = zlib;

const mostParts = 10_000;
/** No sheet is packed more tightly; what is was made to fill memory and time. */
const mostPacked = { ratio: 300, bytes: 100_000_000 };

/** The parts of a workbook, by their names in small letters: names are not told apart by case. */
export class Archive {
  readonly #zip: ZipFile;
  readonly #parts: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, parts: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#parts = parts;
  }

  /** @param file stays the caller's to close */
  static async open(file: FileHandle): Promise<Archive> {
    const parts = new Map<string, Entry>();
    try {
      const zip = await fromFdPromise(file.fd, { autoClose: false, lazyEntries: true });
      if (zip.entryCount > mostParts) throw damaged();
      for await (const entry of zip.eachEntry()) parts.set(entry.fileName.toLowerCase(), entry);
      return new Archive(zip, parts);
    } catch {
      throw damaged();
    }
  }

  has(name: string): boolean {
    return this.#parts.has(name.toLowerCase());
  }

  /** Bytes of a part, unpacked; 0 for one that is not there. */
  size(name: string): number {
    return this.#parts.get(name.toLowerCase())?.uncompressedSize ?? 0;
  }

  /**
   * Unpacks a part, piece by piece; the next piece is unpacked only when it is asked for.
   * @throws FileTrouble when it is damaged, protected, or unpacks to too much
   */
  async *read(name: string): AsyncGenerator<Buffer> {
    const part = this.#parts.get(name.toLowerCase());
    if (!part) throw damaged();
    refuseUnreadable(part);
    let sum = 0;
    const stream = await this.#zip.openReadStreamPromise(part).catch(() => {
      throw damaged();
    });
    // Not `for await`: what goes wrong here is damage, what goes wrong where the bytes are used is not.
    const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    try {
      for (;;) {
        const next = await pieces.next().catch(() => {
          throw damaged();
        });
        if (next.done) break;
        if (crc32) sum = crc32(next.value, sum);
        yield next.value;
      }
    } finally {
      stream.destroy();
    }
    if (crc32 && sum !== part.crc32) throw damaged();
  }
}

/** Sizes are those the archive claims; yauzl ends the stream with an error when more comes out. */
function refuseUnreadable(part: Entry): void {
  if (part.isEncrypted()) {
    throw new FileTrouble('The file is protected with a password; save it without one first');
  }
  if (!part.canDecodeFileData()) throw damaged();
  const { compressedSize, uncompressedSize } = part;
  if (uncompressedSize > mostPacked.bytes && uncompressedSize > compressedSize * mostPacked.ratio) {
    throw new FileTrouble(
      'The workbook unpacks to far more than a table would; it is damaged or made to harm',
    );
  }
  if (uncompressedSize > limits.partBytes) {
    throw new FileTrouble('The workbook unpacks to more than 1.5 GB; split it first');
  }
}
