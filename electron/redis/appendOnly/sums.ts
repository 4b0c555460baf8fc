import { open, readFile, type FileHandle } from 'node:fs/promises';
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
 * before it, and is passed over. An engine that writes sums may have gone on in a file of one that did not: then its
 * first sum is of its own first write alone, and what stands before is judged by the engine when it loads it.
 */
export async function checkSums(file: string): Promise<Summed> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const reading = await readAll(handle);
    return { bytes: size, goodBytes: reading.goodEnd, isSummed: reading.hasForm };
  } finally {
    await handle.close();
  }
}

/**
 * The sum that makes a file good to its end, after its end was taken off between two commands.
 * @returns null when there is nothing to sum
 */
export async function sumOfRest(file: string): Promise<string | null> {
  const handle = await open(file);
  try {
    const reading = await readAll(handle);
    return reading.hasForm ? reading.restSum() : null;
  } finally {
    await handle.close();
  }
}

async function readAll(handle: FileHandle): Promise<Reading> {
  let reading = await readFrom(handle, 0);
  const { candidates } = reading;
  for (let next = candidates.shift(); next && reading.goodEnd === 0; next = candidates.shift())
    if (await isOfOneWrite(handle, next)) reading = await readFrom(handle, next.at - next.length);
  return reading;
}

/** A line that has the form of a sum, and where it stands. */
interface Candidate {
  readonly at: number;
  readonly sum: number;
  readonly length: number;
}

/** The first sums of a file are enough to find the one that an engine began with. */
const mostCandidates = 100;
const largestWrite = 268_435_456;

/** Whether a sum is one of the bytes right before it, and of nothing else. */
async function isOfOneWrite(handle: FileHandle, { at, sum, length }: Candidate): Promise<boolean> {
  if (length >= at || length > largestWrite) return false;
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, at - length);
  return crc32(buffer, 0) === sum;
}

/** @param start where the sums begin */
async function readFrom(handle: FileHandle, start: number): Promise<Reading> {
  const reading = new Reading(start);
  const chunk = Buffer.alloc(chunkBytes + lineLength);
  let kept = 0;
  for (let at = start; ;) {
    const { bytesRead } = await handle.read(chunk, kept, chunkBytes, at);
    at += bytesRead;
    const length = kept + bytesRead;
    const isLast = bytesRead === 0;
    const used = reading.take(chunk.subarray(0, length), isLast);
    if (isLast) return reading;
    chunk.copyWithin(0, used, length);
    kept = length - used;
  }
}

class Reading {
  goodEnd: number;
  hasForm = false;
  readonly candidates: Candidate[] = [];
  /** Where in the file the next byte stands, and the sum of everything up to it but for sums. */
  #at: number;
  #sum = 0;

  constructor(start: number) {
    this.goodEnd = start;
    this.#at = start;
  }

  restSum(): string | null {
    const rest = this.#at - this.goodEnd;
    if (rest === 0) return null;
    const sum = this.#sum.toString(16).padStart(8, '0');
    return `#SUM:${sum}:${String(rest).padStart(10, '0')}\r\n`;
  }

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
    if (sum !== undefined) {
      this.hasForm = true;
      if (this.candidates.length < mostCandidates)
        this.candidates.push({ at: this.#at, sum: parseInt(sum, 16), length: Number(length) });
    }
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
