import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chunkBytes } from '../../../electron/office/backups/container.ts';
import { DamagedBackup, WrongPassphrase, backupHeader } from '../../../electron/office/backups/header.ts';
import { keyForBackup, newPassphraseKey } from '../../../electron/office/backups/passphrase.ts';
import { Random } from '../../support/random.ts';
import { newFolder, removeFolders } from '../../support/engine.ts';
import { containerOf, contentOf, flipped, headerLength, quickKey } from './containers.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(removeFolders);

const sizes = [0, 1, 1_000, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes];

describe.each([
  ['without a passphrase', null],
  ['with a passphrase', quickKey],
])('The file of a backup %s', (_name, key) => {
  it('gives back what was put in, whatever its length', async () => {
    for (const size of sizes) {
      const content = randomBytes(size);
      const read = await contentOf(folder, await containerOf(folder, content, key), key);
      expect(read.equals(content), String(size)).toBe(true);
    }
  });

  it('is refused when one bit of its header or a byte of it is another', async () => {
    const bytes = await containerOf(folder, randomBytes(500), key);
    for (let at = 0; at < headerLength(bytes); at += 1)
      await expect(contentOf(folder, flipped(bytes, at * 8 + (at % 8)), key), String(at)).rejects.toThrow(
        DamagedBackup,
      );
  });

  it('is refused when one bit of what it holds is another', async () => {
    const bytes = await containerOf(folder, randomBytes(40_000), key);
    const random = new Random(7);
    const first = headerLength(bytes) * 8;
    const bits = Array.from({ length: 300 }, () => first + random.between(0, bytes.length * 8 - first - 1));
    for (const bit of [first, first + 7, bytes.length * 8 - 1, ...bits])
      await expect(contentOf(folder, flipped(bytes, bit), key), String(bit)).rejects.toThrow(DamagedBackup);
  });

  it('is refused when it ends anywhere before its end, or goes on behind it', async () => {
    const bytes = await containerOf(folder, randomBytes(300), key);
    for (let length = 0; length < bytes.length; length += 1)
      await expect(contentOf(folder, bytes.subarray(0, length), key), String(length)).rejects.toThrow(
        DamagedBackup,
      );
    await expect(contentOf(folder, Buffer.concat([bytes, Buffer.alloc(1)]), key)).rejects.toThrow(
      DamagedBackup,
    );
  });

  it('is refused when its chunks were swapped, left out, or come from another backup', async () => {
    const bytes = await containerOf(folder, randomBytes(4 * chunkBytes), key);
    const other = await containerOf(folder, randomBytes(4 * chunkBytes), key);
    const start = headerLength(bytes);
    const length = 4 + chunkBytes + (key ? 16 : 32);
    const chunk = (of: Buffer, at: number): Buffer =>
      of.subarray(start + at * length, start + (at + 1) * length);
    const head = bytes.subarray(0, start);
    const end = bytes.subarray(start + 4 * length);
    const put = (...chunks: Buffer[]): Buffer => Buffer.concat([head, ...chunks, end]);
    const [one, two, three, four] = [0, 1, 2, 3].map((at) => chunk(bytes, at));
    expect(put(one!, two!, three!, four!).equals(bytes)).toBe(true);
    for (const changed of [
      put(two!, one!, three!, four!),
      put(one!, two!, four!),
      put(one!, two!, three!),
      put(one!, one!, two!, three!, four!),
      put(one!, chunk(other, 1), three!, four!),
    ])
      await expect(contentOf(folder, changed, key)).rejects.toThrow(DamagedBackup);
  });
});

describe('A passphrase', () => {
  it('that is wrong is told apart from damage, and the right one opens the file on any machine', async () => {
    const key = await newPassphraseKey('Grüße aus Gent');
    expect(key).toMatchObject({ n: 131_072, r: 8, p: 1 });
    const content = randomBytes(2_000);
    const bytes = await containerOf(folder, content, key);
    const header = backupHeader.parse(JSON.parse(bytes.subarray(0, bytes.indexOf(0x0a)).toString()));
    expect(header.counts).toBeNull();
    expect(JSON.stringify(header)).not.toContain(key.key);
    const wrong = await keyForBackup('Grüße aus Genf', header);
    await expect(contentOf(folder, bytes, wrong)).rejects.toThrow(WrongPassphrase);
    await expect(contentOf(folder, bytes, null)).rejects.toThrow(WrongPassphrase);
    // The same letters in another form, as another system's keyboard may type them.
    const right = await keyForBackup('Grüße aus Gent'.normalize('NFD'), header);
    expect((await contentOf(folder, bytes, right)).equals(content)).toBe(true);
  });

  it('never encrypts two backups alike, and nothing of them can be read without it', async () => {
    const content = Buffer.from('Janssens '.repeat(200));
    const [one, other] = await Promise.all([1, 2].map(() => containerOf(folder, content, quickKey)));
    expect(one!.includes('Janssens')).toBe(false);
    expect(one!.subarray(headerLength(one!)).equals(other!.subarray(headerLength(other!)))).toBe(false);
  });
});
