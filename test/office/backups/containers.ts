import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readContainer, writeContainer } from '../../../electron/office/backups/container.ts';
import { type HeaderFacts } from '../../../electron/office/backups/header.ts';
import { type PassphraseKey } from '../../../electron/office/backups/passphrase.ts';

/** What scrypt takes little time for; the cost is a parameter of the file. */
export const quickKey: PassphraseKey = {
  ...{ n: 1_024, r: 8, p: 1, salt: '5a'.repeat(16) },
  key: 'c3'.repeat(32),
};

const facts = (bytes: number): HeaderFacts => ({
  ...{ madeAt: '2026-11-21T17:19:11.042Z', appVersion: '0.1.0', schema: 3, reason: 'daily', bytes },
  office: { id: '019aa000-0000-7000-8000-000000000000', name: 'Kantoor' },
  counts: { meetings: 3, clients: 1 },
});

/** A backup around some bytes, as the bytes of its file. */
export async function containerOf(
  folder: string,
  content: Buffer,
  key: PassphraseKey | null,
): Promise<Buffer> {
  const file = path.join(folder, `written ${String(Math.random())}`);
  const handle = await open(file, 'wx');
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < content.length; at += 100_000)
      yield await Promise.resolve(content.subarray(at, at + 100_000));
  }
  await writeContainer(handle, facts(content.length), key, pieces()).finally(() => handle.close());
  return readFile(file);
}

/** What a file with these bytes gives, or throws. */
export async function contentOf(folder: string, bytes: Buffer, key: PassphraseKey | null): Promise<Buffer> {
  const file = path.join(folder, 'read');
  await writeFile(file, bytes);
  const handle = await open(file, 'r');
  try {
    const pieces: Buffer[] = [];
    for await (const piece of readContainer(handle, key)) pieces.push(piece);
    return Buffer.concat(pieces);
  } finally {
    await handle.close();
  }
}

export const flipped = (bytes: Buffer, bit: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed[bit >> 3]! ^= 1 << (bit & 7);
  return changed;
};

/** How long the two lines at the beginning are. */
export const headerLength = (bytes: Buffer): number => bytes.indexOf(0x0a) + 1 + 65;
