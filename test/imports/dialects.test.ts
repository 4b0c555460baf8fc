import { describe, expect, it } from 'vitest';
import { readAll, readTable } from './readAll.ts';
import { temporaryFiles } from './temporaryFile.ts';

const file = temporaryFiles();

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const windows1252 = (text: string): Buffer =>
  Buffer.from(
    [...text].map((letter) => (letter === '€' ? 0x80 : letter === '’' ? 0x92 : letter.charCodeAt(0))),
  );

const accents = 'client,title,date\nŠkoda,Café at Zoë’s for 5 €,2026-11-21\n';
const western = 'client,title,date\nMüller,Café at Zoë’s for 5 €,2026-11-21\n';

describe('the encoding of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(accents)],
    ['UTF-8', Buffer.from(`\ufeff${accents}`)],
    ['UTF-16LE', utf16(accents)],
    ['UTF-16BE', utf16(accents).swap16()],
    ['UTF-16LE', Buffer.from(accents, 'utf16le')],
    ['UTF-16BE', Buffer.from(accents, 'utf16le').swap16()],
  ])('%s is recognised, with or without a mark', async (encoding, bytes) => {
    const table = await readTable(file(bytes));
    expect(table.format).toMatchObject({ encoding });
    expect(table.headers).toEqual(['client', 'title', 'date']);
    expect(table.rows[0]?.cells).toEqual(['Škoda', 'Café at Zoë’s for 5 €', '2026-11-21']);
  });

  it('is Windows-1252 when it is not UTF-8', async () => {
    const table = await readTable(file(windows1252(western)));
    expect(table.format).toMatchObject({ encoding: 'Windows-1252' });
    expect(table.rows[0]?.cells).toEqual(['Müller', 'Café at Zoë’s for 5 €', '2026-11-21']);
  });

  it('is found by an accent that stands only at the very end of a long file', async () => {
    const plain = 'client,title,date\n' + 'Acme,Called about the offer,2026-11-21\n'.repeat(60_000);
    const last = 'Café,Visit,2026-11-21\n';
    const inUtf8 = await readTable(file(Buffer.from(plain + last)));
    const inWindows = await readTable(file(windows1252(plain + last)));
    expect(inUtf8.format).toMatchObject({ encoding: 'UTF-8' });
    expect(inWindows.format).toMatchObject({ encoding: 'Windows-1252' });
    expect([inUtf8, inWindows].map(({ rows }) => rows.at(-1)?.cells[0])).toEqual(['Café', 'Café']);
  });

  it('stays UTF-8 when one place is damaged, and only that row is refused', async () => {
    const good = 'Café,Réunion,2026-11-21\n'.repeat(50);
    const bytes = Buffer.concat([
      Buffer.from(`client,title,date\n${good}Acme,R`),
      Buffer.from([0xff]),
      Buffer.from(`sum,2026-11-21\n${good}`),
    ]);
    const read = await readAll(file(bytes));
    expect(read.refused).toEqual([{ line: 52, reason: 'The row holds a broken character.' }]);
    expect(read.meetings).toHaveLength(100);
    expect(read.meetings[0]?.client).toBe('Café');
  });

  it('keeps characters whole that lie across the blocks a file is read in', async () => {
    const cell = 'é€😀'.repeat(20_000);
    for (const bytes of [
      Buffer.from(`a,b\n${cell},x\n`),
      utf16(`a,b\n${cell},x\n`),
      utf16(`a,b\n${cell},x\n`).swap16(),
    ]) {
      expect((await readTable(file(bytes))).rows[0]?.cells).toEqual([cell, 'x']);
    }
  });

  it('a broken half of a character in UTF-16 refuses its row', async () => {
    const read = await readAll(
      file(utf16('client,title,date\nAcme,a \ud83d b,2026-11-21\nAcme,c,2026-11-21\n')),
    );
    expect(read.refused).toEqual([{ line: 2, reason: 'The row holds a broken character.' }]);
    expect(read.meetings).toHaveLength(1);
  });
});

describe('the delimiter of a file', () => {
  it.each([',', ';', '\t', '|'])('%j is recognised', async (delimiter) => {
    const rows = [
      ['client', 'title', 'date'],
      ['Acme', 'Lunch', '21.11.2026'],
      ['Bolt', 'Call', '22.11.2026'],
    ];
    const table = await readTable(file(rows.map((cells) => cells.join(delimiter)).join('\r\n')));
    expect(table.format).toMatchObject({ delimiter });
    expect(table.rows.map((row) => row.cells)).toEqual(rows.slice(1));
  });

  it('is not mistaken for commas within texts', async () => {
    const text =
      'client;title;date\nAcme, Inc;Lunch, then a walk, then tea;21.11.2026\nBolt;Call, short;22.11.2026\n';
    expect((await readTable(file(text))).format).toMatchObject({ delimiter: ';' });
  });

  it('may be announced in the first line, as Excel does', async () => {
    const table = await readTable(file('sep=;\nclient;date\nAcme;21.11.2026\n'));
    expect(table.headers).toEqual(['client', 'date']);
    expect(table.rows).toEqual([{ line: 3, cells: ['Acme', '21.11.2026'], problem: null }]);
  });
});

describe('rows and the lines they begin on', () => {
  it.each([
    ['\n', 'Unix'],
    ['\r\n', 'Windows'],
    ['\r', 'old Mac'],
  ])('%j (%s) breaks lines, also within quotes', async (lineBreak) => {
    const text = [
      'client,title',
      'Acme,"first',
      'second',
      'third"',
      '',
      'Bolt,"a ""quoted"" word, and a comma"',
      'Core,x',
    ];
    const { rows } = await readTable(file(text.join(lineBreak)));
    expect(rows).toEqual([
      { line: 2, cells: ['Acme', 'first\nsecond\nthird'], problem: null },
      { line: 6, cells: ['Bolt', 'a "quoted" word, and a comma'], problem: null },
      { line: 7, cells: ['Core', 'x'], problem: null },
    ]);
  });

  it('line breaks may be mixed in one file', async () => {
    const { rows } = await readTable(file('client,title\r\nAcme,"a\nb"\nBolt,c\rCore,d\r\n'));
    expect(rows.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [2, 'Acme'],
      [4, 'Bolt'],
      [5, 'Core'],
    ]);
  });

  it('quotation marks inside a cell that is not quoted are kept', async () => {
    const { rows } = await readTable(file('client,title\nAcme,5" pipe and 6" pipe\n"Bolt" Ltd,x\nCore,y\n'));
    expect(rows.map((row) => row.cells)).toEqual([
      ['Acme', '5" pipe and 6" pipe'],
      ['"Bolt" Ltd', 'x'],
      ['Core', 'y'],
    ]);
  });

  it('a quotation mark that is never closed refuses the row it opens in', async () => {
    const { rows } = await readTable(file('client,title\nAcme,x\nBolt,"open\nCore,y\n'));
    expect(rows.map(({ line }) => line)).toEqual([2, 3]);
    expect(rows[1]?.problem).toContain('never closed');
  });

  it('rows of empty cells, and titles above the table, are passed over', async () => {
    const text =
      'Meetings of the office,,\n,,\nclient,title,date\nAcme,Lunch,21/11/2026\n,,\n"","",""\nBolt,Call,22/11/2026\n,,\n';
    const table = await readTable(file(text));
    expect(table.headers).toEqual(['client', 'title', 'date']);
    expect(table.rows.map(({ line }) => line)).toEqual([4, 7]);
  });

  it('a file without a header gets names for its columns and loses no row', async () => {
    const table = await readTable(file('Acme;Lunch;21/11/2026\nBolt;Call;22/11/2026\n'));
    expect(table.headers).toEqual(['Column 1', 'Column 2', 'Column 3']);
    expect(table.rows).toHaveLength(2);
  });

  it('rows are the same however the blocks of the file fall', async () => {
    const cells = (n: number): string[] => [
      `Client ${String(n)}`,
      `line "one"\nline ${'é'.repeat(n % 700)}`,
      '2026-11-21',
    ];
    const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
    const lines = Array.from({ length: 3_000 }, (_, n) => cells(n).map(quoted).join(','));
    const { rows } = await readTable(file(['a,b,c', ...lines].join('\r\n')));
    expect(rows.map((row) => row.cells)).toEqual(lines.map((_, n) => cells(n)));
    expect(rows.map((row) => row.line)).toEqual(lines.map((_, n) => 2 + 2 * n));
  });
});
