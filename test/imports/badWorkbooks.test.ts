import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Zip, ZipDeflate, strToU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../electron/imports/file/openTable.ts';
import { inspectFile } from '../../electron/imports/inspectFile.ts';
import { readSharedTexts } from '../../electron/imports/file/workbook/sharedTexts.ts';
import { readMeetings } from '../../electron/imports/readMeetings.ts';
import { readAll, readTable } from './readAll.ts';
import { temporaryFiles } from './temporaryFile.ts';
import { sheetOf, workbook } from './workbook.ts';

const temporary = temporaryFiles();
const file = (bytes: Buffer | string): string => temporary(bytes, 'meetings.xlsx');
const inspect = (bytes: Buffer): Promise<unknown> => inspectFile(file(bytes), '2026-11-21');
const sheetPart = 'xl/worksheets/sheet1.xml';

/** What the archive claims about its first sheet, in the list of its parts, changed. */
function claiming(archive: Buffer, sizes: { packed?: number; unpacked?: number }): Buffer {
  const copy = Buffer.from(archive);
  const entry = copy.lastIndexOf(sheetPart) - 46;
  expect(copy.toString('hex', entry, entry + 4)).toBe('504b0102');
  if (sizes.packed !== undefined) copy.writeUInt32LE(sizes.packed, entry + 20);
  if (sizes.unpacked !== undefined) copy.writeUInt32LE(sizes.unpacked, entry + 24);
  return copy;
}

/** A workbook whose sheet ends in megabytes of one letter within a tag. */
async function endless(before: string, megabytes: number, after: string): Promise<Buffer> {
  const small = workbook({ sheets: [{}], parts: { [sheetPart]: null } });
  const blocks: Uint8Array[] = [];
  // The other parts are added anew: archives cannot be appended to.
  await new Promise<void>((resolve, reject) => {
    const zip = new Zip((error, block, last) => {
      if (error) reject(error);
      blocks.push(block);
      if (last) resolve();
    });
    for (const [name, part] of partsOf(small)) {
      const entry = new ZipDeflate(name, { level: 1 });
      zip.add(entry);
      entry.push(part, true);
    }
    const sheet = new ZipDeflate(sheetPart, { level: 1 });
    zip.add(sheet);
    sheet.push(strToU8(before));
    const megabyte = new Uint8Array(1_000_000).fill(0x78);
    for (let at = 0; at < megabytes; at += 1) sheet.push(megabyte);
    sheet.push(strToU8(after), true);
    zip.end();
  });
  return Buffer.concat(blocks);
}

const partsOf = (archive: Buffer): [string, Uint8Array][] => Object.entries(unzipSync(archive));

describe('a workbook that would fill memory and time is refused with one sentence', () => {
  it('when it unpacks to far more than a table would', async () => {
    const bomb = await endless(
      '<worksheet><sheetData><row><c t="str"><v>',
      150,
      '</v></c></row></sheetData>',
    );
    expect(bomb.length).toBeLessThan(2_000_000);
    await expect(inspect(bomb)).rejects.toThrow(
      'The workbook unpacks to far more than a table would; it is damaged or made to harm',
    );
  });

  it('when a sheet unpacks to two gigabytes', async () => {
    const claims = claiming(sheetOf(['a'], ['b']), { packed: 100_000_000, unpacked: 2_000_000_000 });
    await expect(inspect(claims)).rejects.toThrow('The workbook unpacks to more than 1.5 GB; split it first');
  });

  it('when more comes out than it claims', async () => {
    const rows = Array.from({ length: 200 }, (_, at) => [`Client ${String(at)}`, at]);
    await expect(inspect(claiming(sheetOf(...rows), { unpacked: 300 }))).rejects.toThrow(
      'The workbook is damaged',
    );
  });

  it('when a cell has fifty megabytes, in bounded memory', async () => {
    const book = await endless(
      '<worksheet><sheetData><row><c t="str"><v>',
      50,
      '</v></c></row></sheetData></worksheet>',
    );
    const before = process.memoryUsage().rss;
    await expect(inspect(book)).rejects.toThrow('The workbook holds a text that is longer than 8 MB');
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  it('when its cells share more text than fits in memory', async () => {
    function* texts(): Generator<Buffer> {
      yield Buffer.from('<sst>');
      const text = Buffer.from(`<si><t>${'x'.repeat(999_000)}</t></si>`);
      for (let at = 0; at < 210; at += 1) yield text;
    }
    const before = process.memoryUsage().rss;
    // An array of blocks would need the memory that is to be saved.
    const blocks = { [Symbol.asyncIterator]: () => asyncOf(texts()) };
    await expect(readSharedTexts(blocks)).rejects.toThrow(
      'The workbook holds more than 200 MB of text; split it or save it as CSV first',
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  });

  it('when it has two gigabytes', async () => {
    const sparse = file('');
    truncateSync(sparse, 2 ** 31);
    await expect(inspectFile(sparse, '2026-11-21')).rejects.toThrow(
      'The file is larger than 1 GB; split it first',
    );
  });
});

const asyncOf = <T>(items: Iterator<T>): AsyncIterator<T> => ({ next: () => Promise.resolve(items.next()) });

describe('a workbook that changes while it is read', () => {
  const random = (at: number): string => ((at * 2_654_435_761) % 4_294_967_296).toString(36);
  const rows = Array.from({ length: 20_000 }, (_, at) => [
    `Client ${random(at)}`,
    random(at * 7),
    '2026-11-21',
  ]);
  const bytes = sheetOf(['client', 'title', 'date'], ...rows);

  it.each<[string, (path: string) => void, string]>([
    ['grows', (book) => appendFileSync(book, 'x'), 'The file was changed while it was read'],
    ['becomes shorter', (book) => truncateSync(book, 50_000), 'The file was changed while it was read'],
    ['is written anew', (book) => writeFileSync(book, Buffer.alloc(bytes.length)), 'The file was changed while it was read'],
    ['vanishes', (book) => rmSync(book), 'The file vanished while it was read'],
  ])('and %s is given up on', async (_name, change, problem) => {
    const book = file(bytes);
    const { guess } = await inspectFile(book, '2026-11-21');
    const batches = readMeetings({ path: book, mapping: guess, zone: 'UTC' });
    await batches.next();
    change(book);
    await expect(
      (async () => {
        for await (const _batch of batches) continue;
      })(),
    ).rejects.toThrow(problem);
  }); // prettier-ignore

  it('is not said to be damaged', async () => {
    const book = file(bytes);
    const table = await openTable(book);
    const pieces = table.rows();
    await pieces.next();
    truncateSync(book, 50_000);
    await expect(
      (async () => {
        for await (const _piece of pieces) continue;
      })(),
    ).rejects.toThrow('The file was changed while it was read');
    await table.close();
  });

  it('and no longer has the sheet that was mapped is not read at all', async () => {
    const book = file(
      workbook({
        sheets: [
          {
            name: 'One',
            rows: [
              ['client', 'date'],
              ['Acme', '2026-11-21'],
            ],
          },
        ],
      }),
    );
    const { guess } = await inspectFile(book, '2026-11-21');
    writeFileSync(
      book,
      workbook({
        sheets: [
          {
            name: 'Two',
            rows: [
              ['client', 'date'],
              ['Acme', '2026-11-21'],
            ],
          },
        ],
      }),
    );
    await expect(readAll(book, guess)).rejects.toThrow('The workbook no longer has that sheet');
  });
});

describe('a workbook that another program wrote', () => {
  const written = (name: string): string => path.join(import.meta.dirname, 'workbooks', name);

  it.each([
    ['exceljs.xlsx', 2, ['90', '1500']],
    ['exceljs-1904.xlsx', 2, ['90', '1500']],
    ['exceljs-stream.xlsx', 2, ['90', '1500']],
    ['xlsxwriter.xlsx', 4, ['1:30', '25:00']],
  ])('%s is read as it was meant', async (name, line, [short, long]) => {
    const { format, headers, rows } = await readTable(written(name));
    expect(format).toEqual({ kind: 'workbook', sheet: 'Meetings', sheets: ['Meetings'] });
    expect(headers).toEqual(['Client', 'Subject', 'Date', 'Duration', 'Channel', 'Notes']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['Müller & Söhne', 'Jahresabschluss', '2026-11-21', short, 'call', 'two\nlines'],
      ['Café Zoë', 'Visit', '2026-11-22T09:30:00', long, 'call', 'TRUE'],
      ['Bolt', 'Broken', '2026-11-23', '', '', '#DIV/0!'],
    ]);
    expect(rows[0]?.line).toBe(line);
    expect([...(rows[2]?.badCells?.values() ?? [])]).toEqual([
      `The cell F${String(rows[2]?.line)} holds the error #DIV/0!.`,
    ]);
  });
});
