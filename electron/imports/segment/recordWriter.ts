import type { RecordBytes } from '../../redis/store.ts';

/** Collects the records of a segment. Its own memory serves one segment after the other. */
export class RecordWriter {
  #bytes = Buffer.allocUnsafeSlow(1 << 20);
  #end = 0;
  #lengths: number[] = [];

  write(text: string): void {
    // A UTF-16 unit has three bytes at most.
    const needed = this.#end + text.length * 3;
    if (needed > this.#bytes.length) this.#grow(needed);
    const length = this.#bytes.write(text, this.#end);
    this.#end += length;
    this.#lengths.push(length);
  }

  /** Hands over what was written and begins anew. */
  take(): RecordBytes {
    const taken = {
      bytes: new Uint8Array(this.#bytes.subarray(0, this.#end)),
      lengths: new Uint32Array(this.#lengths),
    };
    this.#end = 0;
    this.#lengths = [];
    return taken;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}
