import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import {
  backupHeader,
  DamagedBackup,
  formatVersion,
  magic,
  NewerBackup,
  NotABackup,
  WrongPassphrase,
  type BackupHeader,
  type HeaderFacts,
} from './header.ts';
import { checkOf, fileKey, type PassphraseKey } from './passphrase.ts';

// The file: a line of JSON (the header), a line with its SHA-256 in hexadecimal digits, chunks, and the SHA-256 of all
// before. A chunk is four bytes (length, the highest bit set in the last chunk), the bytes, and a mark: 16 bytes of
// AES-256-GCM, or without a passphrase a SHA-256 of 32 bytes. What is marked is more than the bytes: the header, the
// chunk's number and those four bytes go in, so that nothing can be swapped, left out or put behind the end.

export const chunkBytes = 1024 * 1024;
const lastMark = 0x8000_0000;
const digestBytes = 32;
const gcmTagBytes = 16;
const longestHeader = 64 * 1024;
const headerStart = Buffer.from(`{"magic":"${magic}"`);

const sha256 = (...parts: Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

function numbered(number: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(BigInt(number), 4);
  return bytes;
}

/** Marks chunks and proves them; one for each backup. */
interface Seal {
  readonly tagBytes: number;
  close(number: number, frame: Buffer, plain: Buffer): Buffer[];
  /** @throws DamagedBackup */
  open(number: number, frame: Buffer, body: Buffer, tag: Buffer): Buffer;
}

function plainSeal(headerDigest: Buffer): Seal {
  const tagOf = (number: number, frame: Buffer, body: Buffer): Buffer =>
    sha256(headerDigest, numbered(number), frame, body);
  return {
    tagBytes: digestBytes,
    close: (number, frame, plain) => [plain, tagOf(number, frame, plain)],
    open(number, frame, body, tag) {
      if (!timingSafeEqual(tagOf(number, frame, body), tag)) throw new DamagedBackup('a chunk was changed');
      return body;
    },
  };
}

function secretSeal(headerDigest: Buffer, key: Buffer): Seal {
  const marked = (number: number, frame: Buffer): Buffer =>
    Buffer.concat([headerDigest, numbered(number), frame]);
  return {
    tagBytes: gcmTagBytes,
    close(number, frame, plain) {
      const cipher = createCipheriv('aes-256-gcm', key, numbered(number));
      cipher.setAAD(marked(number, frame));
      return [cipher.update(plain), cipher.final(), cipher.getAuthTag()];
    },
    open(number, frame, body, tag) {
      const cipher = createDecipheriv('aes-256-gcm', key, numbered(number), { authTagLength: gcmTagBytes });
      cipher.setAAD(marked(number, frame));
      cipher.setAuthTag(tag);
      try {
        return Buffer.concat([cipher.update(body), cipher.final()]);
      } catch {
        throw new DamagedBackup('a chunk was changed');
      }
    },
  };
}

function sealOf(header: BackupHeader, headerDigest: Buffer, key: PassphraseKey | null): Seal {
  if (!header.encryption) return plainSeal(headerDigest);
  const { fileSalt, check } = header.encryption;
  if (!key || checkOf(key, fileSalt) !== check) throw new WrongPassphrase();
  return secretSeal(headerDigest, fileKey(key, fileSalt));
}

function newEncryption(key: PassphraseKey): NonNullable<BackupHeader['encryption']> {
  const { n, r, p, salt } = key;
  const fileSalt = randomBytes(32).toString('hex');
  return { n, r, p, salt, fileSalt, check: checkOf(key, fileSalt) };
}

/** Pieces of any size as chunks of one size; the last one is told apart, and may be empty. */
async function* inChunks(pieces: AsyncIterable<Buffer>): AsyncGenerator<{ plain: Buffer; isLast: boolean }> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length <= chunkBytes) continue;
    const all = Buffer.concat(held);
    let from = 0;
    for (; all.length - from > chunkBytes; from += chunkBytes)
      yield { plain: all.subarray(from, from + chunkBytes), isLast: false };
    held = [all.subarray(from)];
    length = all.length - from;
  }
  yield { plain: Buffer.concat(held), isLast: true };
}

/** Writes a backup into an empty file. @param pieces the archive, `facts.bytes` long */
export async function writeContainer(
  file: FileHandle,
  facts: HeaderFacts,
  key: PassphraseKey | null,
  pieces: AsyncIterable<Buffer>,
): Promise<void> {
  const whole = createHash('sha256');
  const write = async (...parts: Buffer[]): Promise<void> => {
    for (const part of parts) whole.update(part);
    await file.writeFile(Buffer.concat(parts));
  };
  const header: BackupHeader = backupHeader.parse({
    ...{ magic, version: formatVersion },
    ...facts,
    ...(key ? { counts: null } : {}),
    encryption: key ? newEncryption(key) : null,
  });
  const line = Buffer.from(`${JSON.stringify(header)}\n`);
  const headerDigest = sha256(line);
  await write(line, Buffer.from(`${headerDigest.toString('hex')}\n`));
  const seal = sealOf(header, headerDigest, key);
  let number = 0;
  for await (const { plain, isLast } of inChunks(pieces)) {
    const frame = Buffer.alloc(4);
    frame.writeUInt32BE(plain.length + (isLast ? lastMark : 0));
    await write(frame, ...seal.close(number, frame, plain));
    number += 1;
  }
  await file.writeFile(whole.digest());
}

/** Reads a file from its beginning to its end. */
class Reader {
  readonly #file: FileHandle;
  readonly whole: Hash = createHash('sha256');
  #at = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @throws DamagedBackup when there are not so many any more */
  async exactly(count: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(count);
    for (let filled = 0; filled < count;) {
      const { bytesRead } = await this.#file.read(buffer, filled, count - filled, this.#at);
      if (bytesRead === 0) throw new DamagedBackup('it ends too soon');
      filled += bytesRead;
      this.#at += bytesRead;
    }
    return buffer;
  }

  async counted(count: number): Promise<Buffer> {
    const bytes = await this.exactly(count);
    this.whole.update(bytes);
    return bytes;
  }

  async isAtEnd(): Promise<boolean> {
    return (await this.#file.read(Buffer.alloc(1), 0, 1, this.#at)).bytesRead === 0;
  }

  /** With its line break. */
  async firstLine(): Promise<Buffer> {
    const start = Buffer.alloc(longestHeader);
    const { bytesRead } = await this.#file.read(start, 0, longestHeader, 0);
    const line = start.subarray(0, bytesRead);
    // What is there of a header tells whose it is, also when the rest is gone.
    if (!line.subarray(0, headerStart.length).equals(headerStart)) throw new NotABackup('it is no backup');
    const end = line.indexOf(0x0a);
    if (end < 0) throw new DamagedBackup('its header is cut off');
    return this.counted(end + 1);
  }
}
type Hash = ReturnType<typeof createHash>;

interface OpenedHeader {
  readonly header: BackupHeader;
  readonly digest: Buffer;
  readonly reader: Reader;
}

async function openHeader(file: FileHandle): Promise<OpenedHeader> {
  const reader = new Reader(file);
  const line = await reader.firstLine();
  const digest = sha256(line);
  const said = await reader.counted(2 * digestBytes + 1);
  if (said.toString('latin1') !== `${digest.toString('hex')}\n`)
    throw new DamagedBackup('its header was changed');
  let parsed: unknown;
  try {
    parsed = JSON.parse(line.toString('utf8'));
  } catch {
    throw new DamagedBackup('it is no backup');
  }
  const { success: isOurs, data } = z.object({ magic: z.literal(magic), version: z.int() }).safeParse(parsed);
  if (isOurs && data.version > formatVersion) throw new NewerBackup();
  const known = backupHeader.safeParse(parsed);
  if (!known.success) throw new DamagedBackup('its header cannot be read');
  return { header: known.data, digest, reader };
}

/** Size of a whole file with this header; one of another size is damaged. */
export async function sizeOfContainer(file: FileHandle): Promise<{ header: BackupHeader; bytes: number }> {
  const { header } = await openHeader(file);
  const line = Buffer.byteLength(`${JSON.stringify(header)}\n`);
  const chunks = Math.max(1, Math.ceil(header.bytes / chunkBytes));
  const tag = header.encryption ? gcmTagBytes : digestBytes;
  return { header, bytes: line + 2 * digestBytes + 1 + chunks * (4 + tag) + header.bytes + digestBytes };
}

/**
 * Reads a backup's archive piece by piece; each piece is proved before it is handed over, and that nothing is missing
 * when the last one was.
 * @throws DamagedBackup, NewerBackup, WrongPassphrase
 */
export async function* readContainer(file: FileHandle, key: PassphraseKey | null): AsyncGenerator<Buffer> {
  const { header, digest, reader } = await openHeader(file);
  const seal = sealOf(header, digest, key);
  let left = header.bytes;
  for (let number = 0, isLast = false; !isLast; number += 1) {
    const frame = await reader.counted(4);
    const told = frame.readUInt32BE();
    isLast = told >= lastMark;
    const length = isLast ? told - lastMark : told;
    if (length > chunkBytes) throw new DamagedBackup('a chunk is too long');
    const body = await reader.counted(length);
    const plain = seal.open(number, frame, body, await reader.counted(seal.tagBytes));
    left -= plain.length;
    yield plain;
  }
  const whole = reader.whole.digest();
  if (!whole.equals(await reader.exactly(digestBytes)) || left !== 0 || !(await reader.isAtEnd()))
    throw new DamagedBackup('its end is not the one that was written');
}
