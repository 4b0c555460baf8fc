import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../electron/imports/inspectFile.ts';
import { kindOf } from '../../electron/imports/file/workbook/numberFormats.ts';
import { readAll, readTable } from './readAll.ts';
import { temporaryFiles } from './temporaryFile.ts';
import {
  formula,
  rowsXml,
  shared,
  sheetOf,
  shown,
  workbook,
  type TestCell,
  type TestWorkbook,
} from './workbook.ts';

const temporary = temporaryFiles();
const file = (bytes: Buffer): string => temporary(bytes, 'meetings.xlsx');

/** The cells of a sheet's rows below its header. */
async function cellsOf(content: TestWorkbook): Promise<(readonly string[])[]> {
  return (await readTable(file(workbook(content)))).rows.map(({ cells }) => cells);
}
const oneRow = async (cell: TestCell, more: Partial<TestWorkbook> = {}): Promise<string | undefined> =>
  (await cellsOf({ ...more, sheets: [{ rows: [['a', 'b'], ['x', cell]] }] }))[0]?.[1]; // prettier-ignore

describe('a cell of a workbook is read as a person sees it', () => {
  it.each<[string, TestCell, string]>([
    ['a text in the cell', 'Café & <Söhne> "x"', 'Café & <Söhne> "x"'],
    ['a text in runs', { xml: 't="inlineStr"><is><r><t>Café </t></r><r><rPr><b/></rPr><t>Zoë</t></r></is>' }, 'Café Zoë'],
    ['a text with a reading above it', { xml: 't="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is>' }, '東京'],
    ['a text as CDATA', { xml: 't="inlineStr"><is><t><![CDATA[a < b]]></t></is>' }, 'a < b'],
    ['line breaks as workbooks write them', 'one_x000D_\ntwo', 'one\ntwo'],
    ['a whole number', 42, '42'],
    ['a number with what binary fractions leave over', { xml: '><v>1.1000000000000001</v>' }, '1.1'],
    ['a number with a power of ten', { xml: '><v>1.5E3</v>' }, '1500'],
    ['true', { xml: 't="b"><v>1</v>' }, 'TRUE'],
    ['false', { xml: 't="b"><v>0</v>' }, 'FALSE'],
    ['an ISO date', { xml: 't="d"><v>2026-11-21T09:30:00</v>' }, '2026-11-21T09:30:00'],
    ['the result of a formula', formula('SUM(A1:A9)', '<v>7</v>'), '7'],
    ['the text a formula came to', formula('A1&"x"', '<v>Acme x</v>', 'str'), 'Acme x'],
    ['an empty text a formula came to', formula('""', '<v></v>', 'str'), ''],
    ['a text that looks like a formula', "=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0"],
  ])('%s', async (_name, cell, text) => {
    expect((await oneRow(cell)) ?? '').toBe(text);
  }); // prettier-ignore

  it('from texts that cells share, in runs and with spaces', async () => {
    const texts = ['  Acme ', '<r><t>Bolt</t></r><r><t xml:space="preserve"> Ltd</t></r>', ''];
    const rows = [['a', 'b'], [shared(0), shared(1)], ['x', shared(2)]]; // prettier-ignore
    expect(await cellsOf({ sheets: [{ rows }], shared: texts })).toEqual([
      ['  Acme ', 'Bolt Ltd'],
      ['x', ''],
    ].map((cells) => cells.filter((cell) => cell !== ''))); // prettier-ignore
  });

  it('wherever it stands, and without a place of its own in the next column', async () => {
    const header = Array.from({ length: 28 }, (_, at) => `h${String(at)}`);
    const data =
      rowsXml([header]) +
      '<row r="3"><c r="A3"><v>1</v></c><c><v>2</v></c><c r="AB3"><v>3</v></c></row>' +
      '<row><c><v>4</v></c></row><row r="9"><c r="AB9"><v>5</v></c><c r="AC9" s="0"/></row>';
    const { headers, rows } = await readTable(file(workbook({ sheets: [{ data }] })));
    expect(headers).toEqual(header);
    const filled = rows.map(({ line, cells }) => [
      line,
      ...cells.flatMap((cell, at) => (cell ? [at, cell] : [])),
    ]);
    expect(filled).toEqual([
      [3, 0, '1', 1, '2', 27, '3'],
      [4, 0, '4'],
      [9, 27, '5'],
    ]);
  });
});

describe('a number is a date by the format of its cell', () => {
  const formats = ['dd/mm/yyyy', 'yyyy-mm-dd hh:mm', '[h]:mm', 'h:mm AM/PM', '#,##0.00', '[Red]0.0;[Blue]-0'];
  it.each<[number, number, string]>([
    [46347, 0, '2026-11-21'],
    [46347.395833333336, 1, '2026-11-21T09:30:00'],
    [46347.39583, 1, '2026-11-21T09:30:00'],
    [46347.9999999, 1, '2026-11-22'],
    [1, 0, '1900-01-01'],
    [59, 0, '1900-02-28'],
    [61, 0, '1900-03-01'],
    [60, 0, '60'],
    [-1, 0, '-1'],
    [2_958_466, 0, '2958466'],
    [1.5, 2, '36:00'],
    [0.0625, 3, '1:30'],
    [46347.5, 3, '2026-11-21T12:00:00'],
    [46347.5, 4, '46347.5'],
    [46347.5, 5, '46347.5'],
  ])('%s in format %s is %s', async (value, format, text) => {
    expect(await oneRow(shown(value, format), { formats })).toBe(text);
  });

  it('and in a workbook that counts days from 1904 four years later', async () => {
    expect(await oneRow(shown(44885, 0), { formats, date1904: true })).toBe('2026-11-21');
    expect(await oneRow(shown(0, 0), { formats, date1904: true })).toBe('1904-01-01');
  });

  it.each([
    ['dd/mm/yyyy;@', 'date'],
    ['[$-409]d-mmm-yy;@', 'date'],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'date'],
    ['mmmm', 'date'],
    ['yyyy"年"m"月"', 'date'],
    ['mm:ss.0', 'time'],
    ['[mm]:ss', 'elapsed'],
    ['General', 'number'],
    ['0.00E+00', 'number'],
    ['"day "0', 'number'],
    ['0 \\d', 'number'],
    ['[Red]#,##0', 'number'],
    ['_-* #,##0.00 "€"_-', 'number'],
    ['0%', 'number'],
    ['0;dd', 'number'],
  ])('%s stands for a %s', (format, kind) => {
    expect(kindOf(format)).toBe(kind);
  });

  it('which workbooks need not name for the usual formats', async () => {
    const styles =
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="46"/></cellXfs></styleSheet>';
    const cells = [1, 2, 3].map((style) => shown(46347.25, style - 1));
    const read = await cellsOf({
      sheets: [{ rows: [['a', 'b', 'c'], cells] }],
      parts: { 'xl/styles.xml': styles },
    });
    expect(read[0]).toEqual(['2026-11-21T06:00:00', '2026-11-21T06:00:00', '1112334:00']);
  });
});

describe('the sheet of a workbook', () => {
  const table = [['client', 'date'], ['Acme', '21/11/2026']]; // prettier-ignore
  const sheets = [
    { name: 'Old', state: 'hidden' as const, rows: [['x', 'y'], ['hidden', '1']] },
    { name: 'Secret', state: 'veryHidden' as const, rows: [['x', 'y'], ['hidden', '1']] },
    { name: 'Cover', rows: [] },
    { name: 'Only a header', rows: [['client', 'date']] },
    { name: 'Meetings & more', rows: table },
    { name: 'Notes', rows: [['n', 'm'], ['a note', '2']] },
  ]; // prettier-ignore

  it('is the first one that is not hidden and has rows under a header; the others are named', async () => {
    const read = await readTable(file(workbook({ sheets })));
    expect(read.format).toEqual({
      kind: 'workbook',
      sheet: 'Meetings & more',
      sheets: ['Cover', 'Only a header', 'Meetings & more', 'Notes'],
    });
    expect(read.rows).toEqual([{ line: 2, cells: ['Acme', '21/11/2026'], problem: null }]);
  });

  it('may be another one, and the import reads the one that was mapped', async () => {
    const path = file(workbook({ sheets }));
    expect((await readTable(path, 'Notes')).rows[0]?.cells).toEqual(['a note', '2']);
    const { guess } = await inspectFile(path, '2026-11-21', 'Meetings & more');
    expect(guess.sheet).toBe('Meetings & more');
    expect((await readAll(path, guess)).meetings).toHaveLength(1);
    await expect(readAll(path, { ...guess, sheet: 'Notes' })).resolves.toMatchObject({ meetings: [] });
    await expect(readTable(path, 'Old')).rejects.toThrow('The workbook no longer has that sheet');
  });

  it('is found whatever its part is called, and with any prefix', async () => {
    const parts = {
      '_rels/.rels':
        '<p:Relationships xmlns:p="urn:p"><p:Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/Book/Main.xml"/></p:Relationships>',
      'Book/main.xml':
        '<x:workbook xmlns:x="urn:x" xmlns:q="urn:q"><x:sheets><x:sheet name="A" sheetId="1" q:id="z"/></x:sheets></x:workbook>',
      'Book/_rels/Main.xml.rels':
        '<Relationships><Relationship Id="z" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="../data.xml"/></Relationships>',
      'data.xml':
        '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row><x:row><x:c t="str"><x:v>two</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    };
    const read = await readTable(file(workbook({ sheets: [], parts })));
    expect(read.headers).toEqual(['1']);
    expect(read.rows).toEqual([{ line: 2, cells: ['two'], problem: null }]);
  });

  it('keeps its rows and cells in other places out of the table', async () => {
    const sheet =
      '<worksheet><cols><c r="A1"><v>1</v></c></cols><sheetData><row r="1"><c r="A1" t="str"><v>h</v></c></row><row r="2"><c r="A2"><v>5</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells><ext><row r="3"><c r="A3"><v>9</v></c></row></ext></worksheet>';
    const read = await readTable(
      file(workbook({ sheets: [{}], parts: { 'xl/worksheets/sheet1.xml': sheet } })),
    );
    expect(read.rows).toEqual([{ line: 2, cells: ['5'], problem: null }]);
  });
});

describe('a row of a workbook', () => {
  const header = ['client', 'title', 'date', 'note'];
  const good = ['Acme', 'Lunch', 46347];
  const formats = ['dd/mm/yyyy'];

  it('becomes a meeting of that day, all day unless it has a time', async () => {
    const rows = [header, ['Acme', 'Lunch', shown(46347, 0)], ['Acme', 'Talk', shown(46347.395833333336, 0)]];
    const { meetings, refused } = await readAll(file(workbook({ sheets: [{ rows }], formats })));
    expect(refused).toEqual([]);
    expect(meetings.map(({ start }) => start)).toEqual([
      { date: '2026-11-21' },
      { at: '2026-11-21T08:30:00.000Z', zone: 'Europe/Brussels' },
    ]);
  });

  it('with an error in a mapped cell is refused with its place, and comes in when the cell is left out', async () => {
    const rows = [
      header,
      ['Acme', 'Lunch', shown(46347, 0), 'a'],
      ['Acme', { xml: 't="e"><v>#REF!</v>' }, shown(46347, 0), 'b'],
      ['Acme', 'Lunch', shown(46347, 0), { xml: 't="e"><v>#N/A</v>' }],
      [formula('B1', ''), 'Lunch', shown(46347, 0), 'c'],
      [formula('B1', '<v/>'), 'Lunch', shown(46347, 0), 'c'],
    ];
    const path = file(workbook({ sheets: [{ rows }], formats }));
    const { guess } = await inspectFile(path, '2026-11-21');
    const columns = ['client', 'title', 'start', null] as const;
    const { meetings, refused } = await readAll(path, { ...guess, columns: [...columns] });
    const unstored = 'is a formula without a stored result; open and save the workbook in Excel once.';
    expect(refused).toEqual([
      { line: 3, reason: 'The cell B3 holds the error #REF!.' },
      { line: 5, reason: `The cell A5 ${unstored}` },
      { line: 6, reason: `The cell A6 ${unstored}` },
    ]);
    expect(meetings).toHaveLength(2);
  });

  it('beyond the width of a table or a cell is refused, the others come in', async () => {
    const wide = Array.from({ length: 10_000 }, (_, at) => at);
    const path = file(
      workbook({
        sheets: [{ rows: [header, good, wide, ['x'.repeat(1_000_001)], [shared(0)], good] }],
        shared: [`<t>${'y'.repeat(1_000_001)}</t>`],
      }),
    );
    const { rows } = await readTable(path);
    expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
      [2, null],
      [3, 'This row has more than 1,000 cells.'],
      [4, 'A cell of this row is longer than a million characters.'],
      [5, 'A cell of this row is longer than a million characters.'],
      [6, null],
    ]);
  });

  it('that comes to megabytes by referring to one text again and again is refused', async () => {
    const many = Array.from({ length: 900 }, () => shared(0));
    const path = file(
      workbook({
        sheets: [{ rows: [['a', 'b'], ['x', 'y'], ...Array.from({ length: 50 }, () => many)] }],
        shared: ['z'.repeat(900_000)],
      }),
    );
    const before = process.memoryUsage().rss;
    const { rows } = await readTable(path);
    expect(rows.filter(({ problem }) => problem === 'This row is longer than 8 MB.')).toHaveLength(50);
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  it('is one of many that are read piece by piece', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => [`Client ${String(at)}`, at]);
    const read = await readTable(file(sheetOf(['client', 'number'], ...rows)));
    expect(read.rows.map(({ line, cells }) => [line, ...cells])).toEqual(
      rows.map(([client], at) => [at + 2, client, String(at)]),
    );
  });
});
