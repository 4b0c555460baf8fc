import { SaxesParser } from 'saxes';
import { FileTrouble } from '../fileTrouble.ts';
import { limits } from '../limits.ts';
import { damaged } from './archive.ts';

export type Attributes = Readonly<Record<string, string>>;

/** Hears what stands in an XML part. Names come without the prefix that stands for their namespace. */
export interface XmlListener {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Bytes given to the parser at once; so little that what one piece comes to stays small. */
const pieceBytes = 16_384;
const mostNested = 100;

/**
 * Reads a part and tells a listener what stands in it, piece by piece.
 * @returns how many bytes have been read, after each piece
 * @throws FileTrouble when it is no XML, or holds a text or tag of megabytes
 */
export async function* readXml(bytes: AsyncIterable<Buffer>, listener: XmlListener): AsyncGenerator<number> {
  const parser = new SaxesParser({ position: false });
  let unheard = 0;
  let depth = 0;
  parser.on('error', () => {
    throw damaged();
  });
  parser.on('opentag', ({ name, attributes }) => {
    unheard = 0;
    depth += 1;
    if (depth > mostNested) throw damaged();
    // Without namespaces, as here, all attributes are texts.
    listener.open?.(localName(name), attributes as Attributes);
  });
  parser.on('closetag', ({ name }) => {
    unheard = 0;
    depth -= 1;
    listener.close?.(localName(name));
  });
  const heard = (text: string): void => {
    unheard = 0;
    listener.text?.(text);
  };
  parser.on('text', heard);
  parser.on('cdata', heard);
  const decode = decoderOf();
  let read = 0;
  for await (const block of bytes) {
    for (let at = 0; at < block.length; at += pieceBytes) {
      const piece = block.subarray(at, at + pieceBytes);
      parser.write(decode(piece));
      read += piece.length;
      // The parser keeps a text or a tag until it is whole.
      unheard += piece.length;
      if (unheard > limits.row) throw new FileTrouble('The workbook holds a text that is longer than 8 MB');
      yield read;
    }
  }
  parser.close();
}

/** Reads a small part to its end. */
export async function readWholeXml(bytes: AsyncIterable<Buffer>, listener: XmlListener): Promise<void> {
  for await (const _read of readXml(bytes, listener)) continue;
}

const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** UTF-8, unless a mark says UTF-16; other encodings are allowed to XML but not to workbooks. */
function decoderOf(): (bytes: Buffer) => string {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  return (bytes) => {
    const mark = bytes.toString('hex', 0, 2);
    decoder ??= new TextDecoder(mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8', {
      fatal: true,
    });
    try {
      return decoder.decode(bytes, { stream: true });
    } catch {
      throw damaged();
    }
  };
}
