import { FileTrouble } from '../fileTrouble.ts';
import { limits } from '../limits.ts';
import { readXml } from './readXml.ts';
import { textListener } from './textListener.ts';

/** Texts that cells refer to by number. */
export interface SharedTexts {
  readonly count: number;
  /** Null for a text that is longer than a cell may be. */
  at(index: number): string | null;
}

const blockBytes = 1 << 20;
const tooLong = 0xffff_ffff;

/** Reads the texts that the sheets of a workbook share. */
export async function readSharedTexts(bytes: AsyncIterable<Buffer>): Promise<SharedTexts> {
  const texts = new PackedTexts();
  const { listener, text } = textListener();
  const pieces = readXml(bytes, {
    open: (name) => {
      if (name === 'si') text.begin();
      listener.open(name);
    },
    text: listener.text,
    close: (name) => {
      listener.close(name);
      if (name === 'si') texts.add(text.end());
    },
  });
  for await (const _read of pieces) continue;
  return texts;
}

export const noSharedTexts: SharedTexts = { count: 0, at: () => null };

/**
 * Texts one after the other in blocks of UTF-8, each after its length: a million of them are a few blocks, not a million
 * strings.
 */
class PackedTexts implements SharedTexts {
  #positions = new Uint32Array(1 << 12);
  readonly #blocks: Buffer[] = [];
  #room = 0;
  #bytes = 0;
  count = 0;

  add(text: string | null): void {
    const length = text === null ? 0 : Buffer.byteLength(text);
    this.#bytes += length + 8;
    if (this.#bytes > limits.sharedBytes) {
      throw new FileTrouble('The workbook holds more than 200 MB of text; split it or save it as CSV first');
    }
    if (this.#room < length + 4) {
      this.#room = Math.max(blockBytes, length + 4);
      this.#blocks.push(Buffer.allocUnsafeSlow(this.#room));
    }
    const block = this.#blocks.at(-1);
    if (!block) return;
    const at = block.length - this.#room;
    block.writeUInt32LE(text === null ? tooLong : length, at);
    if (text !== null) block.write(text, at + 4);
    this.#room -= length + 4;
    if (this.count === this.#positions.length) {
      const more = new Uint32Array(this.count * 2);
      more.set(this.#positions);
      this.#positions = more;
    }
    this.#positions[this.count] = (this.#blocks.length - 1) * blockBytes + at;
    this.count += 1;
  }

  at(index: number): string | null {
    const position = this.#positions[index] ?? 0;
    const block = this.#blocks[Math.floor(position / blockBytes)];
    const at = position % blockBytes;
    const length = block?.readUInt32LE(at) ?? tooLong;
    return length === tooLong ? null : (block?.toString('utf8', at + 4, at + 4 + length) ?? null);
  }
}
