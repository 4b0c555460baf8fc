import type { FileHandle } from 'node:fs/promises';

const readAtOnce = 1024 * 1024;
const lineBreak = 0x0a;

/** A command of an append-only file, and where in the file it begins. */
export interface LoggedCommand {
  readonly at: number;
  readonly arguments: readonly Buffer[];
}

/** Where lines and texts stand in a part of the file that came piece by piece. */
class Pieces {
  #held: Buffer = Buffer.alloc(0);
  /** Of the next byte, in the file. */
  at: number;
  readonly #more: () => Promise<Buffer | null>;

  constructor(from: number, more: () => Promise<Buffer | null>) {
    this.at = from;
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
    this.at += count;
    return taken;
  }
}

const numberIn = (form: RegExp, line: string | null): number => {
  const digits = form.exec(line ?? '')?.[1];
  if (digits === undefined) throw new Error('the engine’s log holds something that is no command');
  return Number(digits);
};

/**
 * The commands in a part of an incremental append-only file.
 * @param from where a command begins
 * @param to where one ends
 * @throws when the part is no sequence of whole commands
 */
export async function* commandsIn(file: FileHandle, from: number, to: number): AsyncGenerator<LoggedCommand> {
  let read = from;
  const pieces = new Pieces(from, async () => {
    const buffer = Buffer.allocUnsafe(Math.min(readAtOnce, to - read));
    if (buffer.length === 0) return null;
    const { bytesRead } = await file.read(buffer, 0, buffer.length, read);
    read += bytesRead;
    return bytesRead === 0 ? null : buffer.subarray(0, bytesRead);
  });
  for (;;) {
    const { at } = pieces;
    const line = await pieces.line();
    if (line === null) return;
    if (line.startsWith('#')) continue;
    const texts: Buffer[] = [];
    for (let left = numberIn(/^\*(\d+)$/, line); left > 0; left -= 1) {
      const length = numberIn(/^\$(\d+)$/, await pieces.line());
      const text = await pieces.bytes(length + 2);
      if (text.toString('latin1', length) !== '\r\n')
        throw new Error('the engine’s log holds something that is no command');
      texts.push(text.subarray(0, length));
    }
    yield { at, arguments: texts };
  }
}

/** Whether a file is nothing but whole commands, and whole transactions. */
export async function holdsWholeCommands(file: FileHandle, to: number): Promise<boolean> {
  let isWithin = false;
  try {
    for await (const { arguments: words } of commandsIn(file, 0, to)) {
      const name = words[0]?.toString('latin1').toUpperCase();
      if (name === 'MULTI') isWithin = true;
      else if (name === 'EXEC') isWithin = false;
    }
    return !isWithin;
  } catch {
    return false;
  }
}

/**
 * Where the last transaction begins that sets a key.
 * @returns null when none does
 */
export async function lastTransactionSetting(
  file: FileHandle,
  to: number,
  key: string,
): Promise<number | null> {
  let found: number | null = null;
  let begun: number | null = null;
  for await (const { at, arguments: words } of commandsIn(file, 0, to)) {
    const name = words[0]?.toString('latin1').toUpperCase();
    if (name === 'MULTI') begun = at;
    else if (name === 'EXEC') begun = null;
    else if (name === 'SET' && words[1]?.toString('latin1') === key) found = begun ?? at;
  }
  return found;
}
