import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { DamagedBackup } from '../../electron/office/backups/header.ts';
import { type PassphraseKey } from '../../electron/office/backups/passphrase.ts';
import { containerOf, contentOf, flipped, headerLength, quickKey } from '../office/backups/containers.ts';
import { restoreMany } from '../office/backups/restoreMany.ts';
import { newFolder, removeFolders } from '../support/engine.ts';
import { Random } from '../support/random.ts';

afterEach(removeFolders);

/** Each office is backed up a few times while it grows. */
const offices = 10;
const restoresEach = 10;
const tampers = 10_000;
const headerTampers = 200;

/** How many of these changed bits were found as damage. */
async function found(bytes: Buffer, bits: readonly number[], key: PassphraseKey | null): Promise<number> {
  const folder = newFolder();
  let count = 0;
  for (const bit of bits) {
    const answer = await contentOf(folder, flipped(bytes, bit), key).catch((error: unknown) => error);
    if (answer instanceof DamagedBackup) count += 1;
  }
  return count;
}

describe('Backups, again and again', () => {
  it('are restored in another folder with an equal digest while somebody writes', async () => {
    const restores = offices * restoresEach;
    let equal = 0;
    let written = 0;
    for (let at = 0; at < offices; at += 1) {
      const some = await restoreMany(restoresEach);
      equal += some.equal;
      written += some.written;
    }
    console.info(`equal: ${String(equal)} of ${String(restores)}, ${String(written)} writes meanwhile`);
    expect(equal).toBe(restores);
    expect(written).toBeGreaterThan(restores);
  });

  it.each([
    ['without a passphrase', null],
    ['with a passphrase', quickKey],
  ])('%s show every single bit that was changed', async (_name, key) => {
    const random = new Random(13);
    const bytes = await containerOf(newFolder(), randomBytes(60_000), key);
    const header = headerLength(bytes) * 8;
    const somewhere =
      (from: number, to: number): (() => number) =>
      () =>
        random.between(from, to - 1);
    const inBody = Array.from({ length: tampers / 2 }, somewhere(header, bytes.length * 8));
    const inHeader = Array.from({ length: headerTampers / 2 }, somewhere(0, header));
    expect(await found(bytes, inBody, key)).toBe(tampers / 2);
    expect(await found(bytes, inHeader, key)).toBe(headerTampers / 2);
  });
});
