import { Command } from 'ioredis';
import type { RecordBytes } from './store.ts';

/**
 * An MSET that is encoded already. ioredis would look at each of thousands of arguments several times and copy them
 * twice, on the thread that also answers the windows.
 */
class EncodedCommand extends Command {
  readonly #encoded: Buffer;

  constructor(encoded: Buffer) {
    super('MSET', [], { replyEncoding: 'utf8' });
    this.#encoded = encoded;
  }

  override toWritable(): Buffer {
    return this.#encoded;
  }
}

/** Records of one command: a megabyte at most in any usual file, so that the main process never stops for long. */
const recordsPerCommand = 1_000;

/**
 * The commands that write records.
 * @param keyOf key of the n-th record; ASCII
 */
export function* recordCommands(records: RecordBytes, keyOf: (number: number) => string): Generator<Command> {
  const { lengths } = records;
  const bytes = Buffer.from(records.bytes.buffer, records.bytes.byteOffset, records.bytes.byteLength);
  let from = 0;
  for (let first = 0; first < lengths.length; first += recordsPerCommand) {
    const some = lengths.subarray(first, first + recordsPerCommand);
    const to = some.reduce((end, length) => end + length, from);
    yield new EncodedCommand(encoded(bytes.subarray(from, to), some, (at) => keyOf(first + at)));
    from = to;
  }
}

/** The command in the engine's protocol: the number of words, then of each its length and its bytes. */
function encoded(bytes: Buffer, lengths: Uint32Array, keyOf: (at: number) => string): Buffer {
  const heads = Array.from(lengths, (length, at) => {
    const key = keyOf(at);
    return `\r\n$${String(key.length)}\r\n${key}\r\n$${String(length)}\r\n`;
  });
  const begin = `*${String(1 + lengths.length * 2)}\r\n$4\r\nMSET`;
  const headBytes = heads.reduce((sum, head) => sum + head.length, 0);
  const command = Buffer.allocUnsafe(begin.length + headBytes + bytes.length + 2);
  let place = command.write(begin, 'latin1');
  let from = 0;
  for (const [at, head] of heads.entries()) {
    const to = from + lengths[at]!;
    place += command.write(head, place, 'latin1');
    place += bytes.copy(command, place, from, to);
    from = to;
  }
  command.write('\r\n', place, 'latin1');
  return command;
}
