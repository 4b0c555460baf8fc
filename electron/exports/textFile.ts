import { open, type FileHandle } from 'node:fs/promises';

/** So much text waits before it is written. */
const bufferLength = 128 * 1024;

/** A new text file in UTF-8 that is written piece by piece. */
export class TextFile {
  readonly #handle: FileHandle;
  #waiting: string[] = [];
  #length = 0;
  /** Bytes written so far. */
  bytes = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** @throws like open, also when there is such a file */
  static async create(path: string): Promise<TextFile> {
    return new TextFile(await open(path, 'wx', 0o600));
  }

  /** @throws like write */
  async write(text: string): Promise<void> {
    this.#waiting.push(text);
    this.#length += text.length;
    if (this.#length >= bufferLength) await this.#flush();
  }

  /** Writes what waits and brings all of it to the disk. @throws like write; it is closed all the same */
  async finish(): Promise<void> {
    try {
      await this.#flush();
      await this.#handle.datasync();
    } finally {
      await this.#handle.close();
    }
  }

  /** Leaves it as it is, for being removed. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }

  async #flush(): Promise<void> {
    if (this.#length === 0) return;
    const bytes = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#length = 0;
    await this.#handle.writeFile(bytes);
    this.bytes += bytes.length;
  }
}
