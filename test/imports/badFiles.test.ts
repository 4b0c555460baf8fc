import { appendFileSync, mkdirSync, rmSync, truncateSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FileTrouble } from '../../electron/imports/file/fileTrouble.ts';
import { inspectFile } from '../../electron/imports/inspectFile.ts';
import { readMeetings } from '../../electron/imports/readMeetings.ts';
import type { Mapping } from '../../electron/contract/imports.ts';
import { plainRules } from './plainMapping.ts';
import { readAll } from './readAll.ts';
import { temporaryFiles } from './temporaryFile.ts';

const file = temporaryFiles();
const inspect = (path: string): Promise<unknown> => inspectFile(path, '2026-11-21');

const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  deflateSync(Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 251))),
]);
const noise = Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * at * 31 + at * 17) % 256));

describe('a file that holds no rows is refused with one sentence', () => {
  const cases: [name: string, content: string | Buffer, problem: string][] = [
    ['an empty file', '', 'The file is empty'],
    ['a byte order mark alone', '\ufeff', 'The file holds no rows'],
    ['line breaks alone', '\n\r\n\n', 'The file holds no rows'],
    ['empty cells alone', ',,,\n,,,\n', 'The file holds no rows'],
    ['a header alone', 'client,title,date\n', 'The file has a header but no rows'],
    ['a header and empty rows', 'client,title,date\n,,\n\n', 'The file has a header but no rows'],
    ['a picture', png, 'The file is a picture'],
    ['a workbook cut short', Buffer.from('504b030414000600080000002100', 'hex'), 'The workbook is damaged'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n', 'The file is a PDF'],
    ['noise', noise, 'The file is not a text file'],
    ['a row of ten thousand columns', `${'a,'.repeat(9_999)}a\n${'1,'.repeat(9_999)}1\n`, 'The file has no readable row; a row may have 1,000 cells'],
  ]; // prettier-ignore
  it.each(cases)('%s', async (_name, content, problem) => {
    await expect(inspect(file(content))).rejects.toThrow(new FileTrouble(problem));
  });

  it('a folder, and a file that is gone', async () => {
    const folder = file('');
    rmSync(folder);
    await expect(inspect(folder)).rejects.toThrow('The file is no longer there');
    mkdirSync(folder);
    await expect(inspect(folder)).rejects.toThrow(/^The file (is not an ordinary file|cannot be opened)$/);
  });
});

describe('rows that no person wrote', () => {
  const header = 'client,title,date\n';
  const good = 'Acme,Lunch,21/11/2026\n';

  it('with more than a thousand cells are refused, the others come in', async () => {
    const read = await readAll(file(`${header}${good}${'x,'.repeat(10_000)}x\n${good}`));
    expect(read.refused).toEqual([{ line: 3, reason: 'This row has more than 1,000 cells.' }]);
    expect(read.meetings).toHaveLength(2);
  });

  it('with a cell of more than a million characters are refused, the others come in', async () => {
    const read = await readAll(file(`${header}${good}Acme,"${'x\n'.repeat(600_000)}",21/11/2026\n${good}`));
    expect(read.refused).toEqual([
      { line: 3, reason: 'A cell of this row is longer than a million characters.' },
    ]);
    expect(read.meetings).toHaveLength(2);
  });

  it('and that run on for megabytes end the import, in bounded memory', async () => {
    const path = file(`${header}${good.repeat(10)}Acme,"${'x'.repeat(50_000_000)}",21/11/2026\n${good}`);
    const before = process.memoryUsage().rss;
    await expect(readAll(path, mapping)).rejects.toThrow(
      'The file has a row on line 12 that is longer than 8 MB',
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });
});

const mapping: Mapping = { ...plainRules, columns: ['client', 'title', 'start'] };

describe('a file that changes while it is read', () => {
  const content =
    'client,title,date\n' + 'Acme,Lunch with somebody from far away,21/11/2026\n'.repeat(20_000);

  /** Reads the first batch, lets `change` happen, and reads on. */
  async function readAround(path: string, change: () => void): Promise<void> {
    const batches = readMeetings({ path, mapping, zone: 'UTC' });
    await batches.next();
    change();
    for await (const _batch of batches) continue;
  }

  it.each<[string, (path: string) => void, string]>([
    [
      'grows',
      (path) => appendFileSync(path, 'Bolt,Call,22/11/2026\n'),
      'The file was changed while it was read',
    ],
    ['becomes shorter', (path) => truncateSync(path, 300_000), 'The file was changed while it was read'],
    ['vanishes', (path) => rmSync(path), 'The file vanished while it was read'],
  ])('and %s is given up on', async (_name, change, problem) => {
    const path = file(content);
    await expect(readAround(path, () => change(path))).rejects.toThrow(problem);
  });

  it('and has other columns than were mapped is not read at all', async () => {
    const path = file('client,title,place,date\nAcme,Lunch,Gent,21/11/2026\n');
    await expect(readAll(path, mapping)).rejects.toThrow(
      'The file no longer has the columns that were mapped',
    );
  });
});
