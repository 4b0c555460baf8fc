import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bytesIn } from '../../electron/health/figures.ts';
import { redacted } from '../../electron/health/redact.ts';
import { newFolder, removeFolders } from '../support/engine.ts';

afterEach(removeFolders);

describe('a text without names', () => {
  it.each([
    ['listening at /tmp/daybook-0/a1.sock now', 'listening at <path> now'],
    ['reading C:\\Users\\Ada\\office, then D:/x', 'reading <path>, then <path>'],
    ["can't open '/home/ada/a' (13)", "can't open '<path>' (13)"],
    ['in /home/Ada Min/My (own) office/data: 3', 'in <name><path> 3'],
    ['host ADA-PC of ada min', 'host <name> of <name>'],
    ['1:M 22 Nov 2026 01:02:03.004 * DB loaded from base file', '1:M 22 Nov 2026 01:02:03.004 * DB loaded from base file'],
  ])('%s', (text, left) => {
    expect(redacted(text, ['/home/Ada Min/My (own) office', 'ada-pc', 'Ada Min', '', 'x'])).toBe(left);
  }); // prettier-ignore
});

describe('figures of a folder', () => {
  it('are the bytes of all files in it, and none when it is not there', async () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'a', 'b'), { recursive: true });
    writeFileSync(path.join(folder, 'one'), 'x'.repeat(1_000));
    writeFileSync(path.join(folder, 'a', 'b', 'two'), 'x'.repeat(234));
    expect(await bytesIn(folder)).toBe(1_234);
    expect(await bytesIn(path.join(folder, 'none'))).toBe(0);
  });
});
