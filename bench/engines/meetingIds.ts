import type { Redis } from 'ioredis';

const perChunk = 8_192;
const width = 16;

const packed = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

function written(bytes: Buffer): string {
  const text = bytes.toString('hex');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    '-',
  );
}

/** Ids that Daybook gave the benchmark's meetings, which were loaded in the order of their numbers. */
export class MeetingIds {
  /** Of the loaded ones, ascending, one behind the other. */
  readonly #loaded: Buffer;
  readonly #added = new Map<number, string>();
  readonly #numbers = new Map<string, number>();

  private constructor(loaded: Buffer) {
    this.#loaded = loaded;
  }

  /** Reads the engine's table of ids. @param size how many meetings were loaded */
  static async of(redis: Redis, size: number): Promise<MeetingIds> {
    const chunks: Buffer[] = [];
    for (let chunk = 0; chunk * perChunk < size; chunk += 1)
      chunks.push((await redis.getBuffer(`{ins:1}:ids:meetings:${String(chunk)}`))!);
    return new MeetingIds(Buffer.concat(chunks).subarray(0, size * width));
  }

  add(number: number, id: string): void {
    this.#added.set(number, id);
    this.#numbers.set(id, number);
  }

  id(number: number): string {
    return this.#added.get(number) ?? written(this.#loaded.subarray(number * width, (number + 1) * width));
  }

  /** @throws Error when no meeting of the benchmark has the id */
  number(id: string): number {
    const added = this.#numbers.get(id);
    if (added !== undefined) return added;
    const wanted = packed(id);
    let low = 0;
    let high = this.#loaded.length / width - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = this.#loaded.compare(wanted, 0, width, middle * width, (middle + 1) * width);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    throw new Error(`no meeting has the id ${id}`);
  }
}
