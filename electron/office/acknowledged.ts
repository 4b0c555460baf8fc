import { closeSync, constants, fdatasync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const fileName = 'acknowledged';
const counted = z.tuple([z.int().min(1), z.int().min(1)]);
const mark = z.strictObject({
  entry: z.int().min(0),
  at: z.iso.datetime(),
  /** The latest entries that concerned more than one record, imports, and how many; latest last. */
  large: z.array(counted).default([]),
});
/** The last journal entry that was acknowledged, and when. */
export type Acknowledged = z.infer<typeof mark>;

/** Always as long, so that writing it anew leaves nothing of what was there. */
const length = 256;
/** As many as fit into that length; should more be lost, fewer records are told than there were. */
const mostLarge = 6;
const syncEveryMs = 1_000;

/** @returns null where there is none, or none that can be read */
export function readAcknowledged(dataFolder: string): Acknowledged | null {
  try {
    const read = mark.safeParse(JSON.parse(readFileSync(path.join(dataFolder, fileName), 'utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/**
 * Remembers outside the engine up to where its journal went: what the engine's file lost at its end, and no sum tells of, is
 * found by it at the next start. Written with each acknowledged entry, which costs microseconds and survives the end of
 * every process; brought to the disk once a second, so that only a power cut leaves it a little behind.
 */
export class AcknowledgedMark {
  readonly #file: number;
  #entry: number;
  #large: Acknowledged['large'];
  #isDirty = false;
  readonly #timer: NodeJS.Timeout;

  /** @param entry the journal's last one now */
  constructor(dataFolder: string, entry: number) {
    const before = readAcknowledged(dataFolder);
    this.#file = openSync(path.join(dataFolder, fileName), constants.O_RDWR | constants.O_CREAT, 0o600);
    this.#entry = entry;
    this.#large = (before?.large ?? []).filter(([number]) => number <= entry);
    this.#write();
    this.#timer = setInterval(() => this.#sync(), syncEveryMs);
    this.#timer.unref();
  }

  /** To be called with each entry that the engine has answered. @param records that it concerned */
  note(entry: number, records: number): void {
    if (entry <= this.#entry) return;
    this.#entry = entry;
    if (records > 1) this.#large = [...this.#large, [entry, records] as [number, number]].slice(-mostLarge);
    this.#write();
  }

  close(): void {
    clearInterval(this.#timer);
    closeSync(this.#file);
  }

  #write(): void {
    const now: Acknowledged = { entry: this.#entry, at: new Date().toISOString(), large: this.#large };
    const text = JSON.stringify(now);
    try {
      writeSync(this.#file, `${text.padEnd(length - 1)}\n`, 0);
      this.#isDirty = true;
    } catch {
      // What was acknowledged stays so: a mark that lags behind on a full disk only tells of less.
    }
  }

  #sync(): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    fdatasync(this.#file, () => undefined);
  }
}
