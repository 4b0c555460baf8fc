import type { FileHandle } from 'node:fs/promises';

const readAtOnce = 1024 * 1024;
/** Every key of an office begins so; a value that does is read again needlessly, and nothing is missed. */
const keyStart = '{ins:';
const lineBreak = 0x0a;

/** Where lines and texts stand in a part of the file that came piece by piece. */
class Pieces {
  #held: Buffer = Buffer.alloc(0);
  readonly #more: () => Promise<Buffer | null>;

  constructor(more: () => Promise<Buffer | null>) {
    this.#more = more;
  }

  async #grow(): Promise<boolean> {
    const piece = await this.#more();
    if (piece) this.#held = Buffer.concat([this.#held, piece]);
    return piece !== null;
  }

  /** Without its line break; null at the end. @throws when the end comes in the middle of it */
  async line(): Promise<string | null> {
    let end = this.#held.indexOf(lineBreak);
    while (end < 0) {
      if (!(await this.#grow())) {
        if (this.#held.length > 0) throw new Error('the engine’s log ends in the middle of a line');
        return null;
      }
      end = this.#held.indexOf(lineBreak);
    }
    return this.#take(end + 1)
      .toString('latin1')
      .trimEnd();
  }

  /** @throws when the end comes in the middle of it */
  async bytes(count: number): Promise<Buffer> {
    while (this.#held.length < count)
      if (!(await this.#grow())) throw new Error('the engine’s log ends in the middle of a text');
    return this.#take(count);
  }

  #take(count: number): Buffer {
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }
}

/**
 * The keys that commands in a part of the engine's append-only file name, as texts of a letter for each byte.
 * @param from where a command begins
 * @param to where one ends
 * @throws when the part is no sequence of whole commands
 */
export async function keysInLog(file: FileHandle, from: number, to: number): Promise<Set<string>> {
  let at = from;
  const pieces = new Pieces(async () => {
    const buffer = Buffer.allocUnsafe(Math.min(readAtOnce, to - at));
    if (buffer.length === 0) return null;
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    at += bytesRead;
    return bytesRead === 0 ? null : buffer.subarray(0, bytesRead);
  });
  const keys = new Set<string>();
  for (let line = await pieces.line(); line !== null; line = await pieces.line()) {
    if (line.startsWith('#')) continue;
    const count = Number(/^\*(\d+)$/.exec(line)?.[1] ?? Number.NaN);
    if (Number.isNaN(count)) throw new Error('the engine’s log holds something that is no command');
    for (let argument = 0; argument < count; argument += 1) {
      const length = Number(/^\$(\d+)$/.exec((await pieces.line()) ?? '')?.[1] ?? Number.NaN);
      if (Number.isNaN(length)) throw new Error('the engine’s log holds something that is no command');
      const text = await pieces.bytes(length + 2);
      if (text.toString('latin1', 0, keyStart.length) === keyStart)
        keys.add(text.toString('latin1', 0, length));
    }
  }
  return keys;
}
