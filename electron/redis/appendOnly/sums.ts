import { open, readFile } from 'node:fs/promises';
import { crc32 } from './crc32.ts';

/** What an incremental append-only file holds, judged by the sums the engine wrote into it. */
export interface Summed {
  readonly bytes: number;
  /** So many from the beginning are as they were written. */
  readonly goodBytes: number;
  /** Whether there is any sum: an engine without ours wrote none, and neither did a first write that never finished. */
  readonly isSummed: boolean;
}

/** Whether an engine writes sums: what it writes them by stands in the program. */
export const writesSums = async (redisServer: string): Promise<boolean> =>
  (await readFile(redisServer)).includes('#SUM:%08x:');

/** `#SUM:0a1b2c3d:0000000123` and the end of the line; see resources/redis-patches/daybook-log-sums.patch. */
const lineLength = 26;
const mark = Buffer.from('#SUM:');
const form = /^#SUM:([0-9a-f]{8}):(\d{10})\r\n$/;
const chunkBytes = 1_048_576;

/**
 * Reads a file from one sum to the next. What looks like a sum but stands in somebody's text does not fit the bytes
 * before it, and is passed over.
 */
export async function checkSums(file: string): Promise<Summed> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const reading = new Reading();
    const chunk = Buffer.alloc(chunkBytes + lineLength);
    let kept = 0;
    for (let at = 0; ;) {
      const { bytesRead } = await handle.read(chunk, kept, chunkBytes, at);
      at += bytesRead;
      const length = kept + bytesRead;
      const isLast = bytesRead === 0;
      const used = reading.take(chunk.subarray(0, length), isLast);
      if (isLast) break;
      chunk.copyWithin(0, used, length);
      kept = length - used;
    }
    return { bytes: size, goodBytes: reading.goodEnd, isSummed: reading.isSummed };
  } finally {
    await handle.close();
  }
}

class Reading {
  goodEnd = 0;
  isSummed = false;
  /** Where in the file the next byte stands, and the sum of everything up to it but for sums. */
  #at = 0;
  #sum = 0;

  /** @returns how many bytes were used; the rest is needed again, with what follows it */
  take(bytes: Buffer, isLast: boolean): number {
    let used = 0;
    for (;;) {
      const found = bytes.indexOf(mark, used);
      // A mark may begin in the last bytes, and a line may end behind them.
      const until =
        found >= 0 ? found : isLast ? bytes.length : Math.max(used, bytes.length - mark.length + 1);
      this.#add(bytes.subarray(used, until));
      used = until;
      if (found < 0 || (bytes.length - used < lineLength && !isLast)) return used;
      used += this.#judge(bytes.subarray(used, used + lineLength));
    }
  }

  #judge(line: Buffer): number {
    const [, sum, length] = form.exec(line.toString('latin1')) ?? [];
    if (sum !== undefined) this.isSummed = true;
    if (parseInt(sum ?? '', 16) === this.#sum && Number(length) === this.#at - this.goodEnd) {
      this.#at += lineLength;
      this.goodEnd = this.#at;
      return lineLength;
    }
    this.#add(line.subarray(0, 1));
    return 1;
  }

  #add(bytes: Buffer): void {
    if (bytes.length > 0) this.#sum = crc32(bytes, this.#sum);
    this.#at += bytes.length;
  }
}
