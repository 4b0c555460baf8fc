import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { DamagedBackup } from './header.ts';

/** Only names that the engine and the journal give: an archive never says where else something goes. */
const fileName = z
  .string()
  .max(200)
  .regex(/^(data\/appendonlydir|journal)\/[A-Za-z0-9][A-Za-z0-9._-]*$/);

/** The first line of an archive; behind it lie the files, one after the other. */
const contents = z.strictObject({
  /** Of the office at the moment of the backup; see ContentDigest. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  counts: z.strictObject({ meetings: z.int().min(0), clients: z.int().min(0) }),
  name: z.string(),
  zone: z.string(),
  files: z.array(z.strictObject({ file: fileName, bytes: z.int().min(0) })).max(1_000_000),
});
export type ArchiveContents = z.infer<typeof contents>;

/** A file as it was at one moment: what was appended later is left out. */
export interface ArchivedFile {
  readonly file: string;
  readonly bytes: number;
  /** Opened at that moment, and closed by whoever took the snapshot; a path where the file never changes. */
  readonly from: FileHandle | string;
}

const readAtOnce = 1024 * 1024;
const longestLine = 256 * 1024 * 1024;

const lineOf = (told: ArchiveContents): Buffer => Buffer.from(`${JSON.stringify(told)}\n`);

/** @returns how long the archive is, and the archive piece by piece */
export function packArchive(
  told: Omit<ArchiveContents, 'files'>,
  files: readonly ArchivedFile[],
): { bytes: number; pieces: AsyncGenerator<Buffer> } {
  const line = lineOf({ ...told, files: files.map(({ file, bytes }) => ({ file, bytes })) });
  const bytes = files.reduce((sum, each) => sum + each.bytes, line.length);
  return { bytes, pieces: pack(line, files) };
}

async function* pack(line: Buffer, files: readonly ArchivedFile[]): AsyncGenerator<Buffer> {
  yield line;
  for (const { from, ...each } of files) {
    if (typeof from !== 'string') {
      yield* bytesOf(from, each);
      continue;
    }
    const handle = await open(from, 'r');
    try {
      yield* bytesOf(handle, each);
    } finally {
      await handle.close();
    }
  }
}

async function* bytesOf(
  handle: FileHandle,
  { file, bytes }: Omit<ArchivedFile, 'from'>,
): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes;) {
    const buffer = Buffer.allocUnsafe(Math.min(readAtOnce, bytes - at));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) throw new Error(`${file} became shorter while it was copied`);
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** Takes as many bytes as are asked for from pieces of any size. */
class Taker {
  readonly #pieces: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#pieces.next();
    if (done === true) return false;
    this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value]);
    return true;
  }

  async line(): Promise<Buffer> {
    for (;;) {
      const end = this.#held.indexOf(0x0a);
      if (end >= 0) return this.#take(end);
      if (this.#held.length > longestLine || !(await this.#more()))
        throw new DamagedBackup('it does not say what is in it');
    }
  }

  /** At most so many, at least one. */
  async some(most: number): Promise<Buffer> {
    while (this.#held.length === 0)
      if (!(await this.#more())) throw new DamagedBackup('a file in it ends too soon');
    return this.#take(Math.min(most, this.#held.length));
  }

  #take(count: number): Buffer {
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }

  skipLineBreak(): void {
    this.#take(1);
  }

  /** Reads on to the end, where the pieces are proved to be all. */
  async needEnd(): Promise<void> {
    while (this.#held.length === 0) if (!(await this.#more())) return;
    throw new DamagedBackup('more is in it than it says');
  }
}

function contentsIn(line: Buffer): ArchiveContents {
  try {
    return contents.parse(JSON.parse(line.toString('utf8')));
  } catch {
    throw new DamagedBackup('it does not say what is in it');
  }
}

/**
 * Writes an archive's files into an empty folder, on the disk when this resolves.
 * @throws DamagedBackup, and what `pieces` throws; what was written until then stays, for the caller to remove
 */
export async function unpackArchive(pieces: AsyncIterable<Buffer>, folder: string): Promise<ArchiveContents> {
  const taker = new Taker(pieces);
  const told = contentsIn(await taker.line());
  taker.skipLineBreak();
  for (const part of ['data/appendonlydir', 'journal'])
    await mkdir(path.join(folder, part), { recursive: true, mode: 0o700 });
  for (const { file, bytes } of told.files) await unpackFile(taker, path.join(folder, file), bytes);
  await taker.needEnd();
  return told;
}

async function unpackFile(taker: Taker, target: string, bytes: number): Promise<void> {
  const handle = await open(target, 'wx', 0o600);
  try {
    for (let left = bytes; left > 0;) {
      const some = await taker.some(left);
      await handle.writeFile(some);
      left -= some.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
