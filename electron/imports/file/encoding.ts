import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { brokenUtf8, completeUtf8 } from './utf8.ts';

export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';
export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Bytes of the mark at the beginning of the file, which is not text. */
  readonly markBytes: number;
}

const blockBytes = 1 << 20;

/**
 * By its mark; without one, UTF-16 when the zero bytes of plain letters stand where it has them, else UTF-8 unless too
 * much of the file is not, then Windows-1252, as older office programs write.
 */
export async function detectEncoding(file: FileHandle): Promise<DetectedEncoding> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4_096), 0, 4_096, 0);
  const head = buffer.subarray(0, bytesRead);
  const mark = head.toString('hex', 0, 3);
  if (mark === 'efbbbf') return { encoding: 'UTF-8', markBytes: 3 };
  if (mark.startsWith('fffe')) return { encoding: 'UTF-16LE', markBytes: 2 };
  if (mark.startsWith('feff')) return { encoding: 'UTF-16BE', markBytes: 2 };
  const unmarked = unmarkedUtf16(head);
  if (unmarked !== null) return { encoding: unmarked, markBytes: 0 };
  return { encoding: (await looksLikeUtf8(file)) ? 'UTF-8' : 'Windows-1252', markBytes: 0 };
}

/** The whole file is looked at: its only accent may be in its last line. A few damaged places do not make it another encoding. */
async function looksLikeUtf8(file: FileHandle): Promise<boolean> {
  let good = 0;
  let broken = 0;
  const block = Buffer.alloc(blockBytes);
  for (let at = 0, rest = 0; ;) {
    const { bytesRead } = await file.read(block, rest, blockBytes - rest, at);
    at += bytesRead;
    const filled = rest + bytesRead;
    const end = bytesRead === 0 ? filled : completeUtf8(block.subarray(0, filled));
    const part = block.subarray(0, end);
    if (isUtf8(part)) {
      good += part.length - part.toString('utf8').length;
    } else {
      const found = brokenUtf8(part);
      good += found.good;
      broken += found.broken;
    }
    if (bytesRead === 0) return broken * 10 <= good;
    if (broken > 1_000 && broken > good) return false;
    rest = filled - end;
    block.copyWithin(0, end, filled);
  }
}

/** UTF-16 without a mark: nearly every second byte of a table is zero, always the same one of each pair. */
export function unmarkedUtf16(head: Buffer): 'UTF-16LE' | 'UTF-16BE' | null {
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const pairs = head.length / 2;
  if (odd > pairs * 0.7 && even < pairs * 0.02) return 'UTF-16LE';
  if (even > pairs * 0.7 && odd < pairs * 0.02) return 'UTF-16BE';
  return null;
}
