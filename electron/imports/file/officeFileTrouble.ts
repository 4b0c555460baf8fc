import type { FileHandle } from 'node:fs/promises';

const signature = 'd0cf11e0';
/** The stream that holds a workbook which is protected with a password. */
const encrypted = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * What is wrong with a compound file, the container of old Office programs, or null for any other file. A workbook
 * with a password is kept in one too, and its directory of streams says so.
 * @returns `is protected with a password; …`, the end of a sentence
 */
export async function officeFileTrouble(file: FileHandle, head: Buffer): Promise<string | null> {
  if (head.toString('hex', 0, 4) !== signature) return null;
  return (await directoryOf(file, head)).includes(encrypted)
    ? 'is protected with a password; save it without one first'
    : 'is an old Excel or Word file; save it as an Excel workbook (.xlsx) or CSV first';
}

/** The first sector of the directory: the streams of an encrypted workbook all fit in it, or in the next ones beside it. */
async function directoryOf(file: FileHandle, head: Buffer): Promise<Buffer> {
  if (head.length < 512) return Buffer.alloc(0);
  const sectorBytes = head.readUInt16LE(30) === 12 ? 4_096 : 512;
  const at = (head.readUInt32LE(48) + 1) * sectorBytes;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(8_192), 0, 8_192, at);
  return buffer.subarray(0, bytesRead);
}
