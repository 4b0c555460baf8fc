import type { Mapping } from '../../electron/contract/imports.ts';
import { formula, sheetOf, shown, workbook } from './workbook.ts';

/** A file of a dialect or with damage, and what it comes to. */
export interface Fixture {
  readonly name: string;
  readonly content: string | Buffer;
  readonly fileName?: string;
  readonly change?: Partial<Mapping>;
  readonly expected:
    | {
        /** `client | title | start` of each meeting, in order. */
        readonly meetings: readonly string[];
        /** `line: reason` */
        readonly refused?: readonly string[];
      }
    | { readonly problem: string };
}

const head = 'client,title,date\n';
const lunch = 'Acme | Lunch | 2026-11-21';
const call = 'Bolt | Call | 2026-11-22';
const both = { meetings: [lunch, call] };
const plain = [
  ['client', 'title', 'date'],
  ['Acme', 'Lunch', '21/11/2026'],
  ['Bolt', 'Call', '22/11/2026'],
];
const written = (delimiter: string, lineBreak = '\n', rows: readonly (readonly string[])[] = plain): string =>
  rows.map((cells) => cells.join(delimiter)).join(lineBreak);
const dated = (...dates: string[]): string => head + dates.map((date) => `Acme,Lunch,${date}\n`).join('');
const noDate = (text: string): string => `The date "${text}" does not exist or cannot be read.`;
const control = (label: string): string => `${label} holds a control character.`;

const texts: readonly Fixture[] = [
  { name: 'commas, Unix lines', content: written(','), expected: both },
  { name: 'semicolons, Windows lines', content: written(';', '\r\n'), expected: both },
  { name: 'tabs, old Mac lines', content: written('\t', '\r'), expected: both },
  { name: 'bars, a line break at the end', content: `${written('|')}\n`, expected: both },
  { name: 'a delimiter announced by Excel', content: `sep=;\r\n${written(';', '\r\n')}`, expected: both },
  { name: 'UTF-8 with a mark', content: `\ufeff${written(',')}`, expected: both },
  { name: 'UTF-16 with a mark', content: Buffer.from(`\ufeff${written('\t')}`, 'utf16le'), expected: both },
  { name: 'UTF-16 the other way round', content: Buffer.from(`\ufeff${written(',')}`, 'utf16le').swap16(), expected: both },
  { name: 'UTF-16 without a mark', content: Buffer.from(written(';'), 'utf16le'), expected: both },
  {
    name: 'Windows-1252',
    content: Buffer.from(`${head}Müller,Café \x805,21/11/2026\n`, 'latin1'),
    expected: { meetings: ['Müller | Café €5 | 2026-11-21'] },
  },
  { name: 'every cell in quotes', content: written('","').replace(/^|$/gm, '"'), expected: both },
  {
    name: 'line breaks, quotes and delimiters within quotes',
    content: `${head}"Acme, Inc","Lunch\nand ""more""",21/11/2026\nBolt,Call,22/11/2026\n`,
    expected: { meetings: ['Acme, Inc | Lunch and "more" | 2026-11-21', call] },
  },
  { name: 'empty rows and rows of delimiters', content: written(',\n,,\n\n'.slice(0, 1), '\n,,\n\n'), expected: both },
  { name: 'titles above the table', content: `Our meetings\n\n${written(',')}`, expected: both },
  { name: 'the columns in another order', content: 'date;client;title\n21.11.2026;Acme;Lunch\n22.11.2026;Bolt;Call\n', expected: both },
  { name: 'ISO dates', content: dated('2026-11-21'), expected: { meetings: [lunch] } },
  { name: 'ISO with a time and a zone', content: dated('2026-11-21T10:00:00+02:00', '2026-11-21T10:00:00Z', '2026-11-21 10:00+02'), expected: { meetings: ['08:00', '10:00', '08:00'].map((at) => `Acme | Lunch | 2026-11-21T${at}:00.000Z`) } },
  { name: 'a time without a zone is the office’s', content: dated('2026-11-21 10:00'), expected: { meetings: ['Acme | Lunch | 2026-11-21T09:00:00.000Z'] } },
  { name: 'day first with slashes', content: dated('21/11/2026', '3/4/2026'), expected: { meetings: [lunch, 'Acme | Lunch | 2026-04-03'] } },
  { name: 'day first with dots', content: dated('21.11.2026', '3.4.26'), expected: { meetings: [lunch, 'Acme | Lunch | 2026-04-03'] } },
  { name: 'day first with hyphens', content: dated('21-11-2026', '03-04-2026'), expected: { meetings: [lunch, 'Acme | Lunch | 2026-04-03'] } },
  { name: 'month first', content: dated('11/21/2026', '4/3/2026 2:30 PM'), expected: { meetings: [lunch, 'Acme | Lunch | 2026-04-03T12:30:00.000Z'] } },
  { name: 'month first because somebody said so', content: dated('03/04/2026'), change: { dateOrder: 'mdy' }, expected: { meetings: ['Acme | Lunch | 2026-03-04'] } },
  { name: 'days that do not exist', content: dated('21/11/2026', '31/02/2026', '29/02/2025', '21/11/2026'), expected: { meetings: [lunch, lunch], refused: [`3: ${noDate('31/02/2026')}`, `4: ${noDate('29/02/2025')}`] } },
  { name: 'a row without a date, one without a client', content: `${head}Acme,Lunch,21/11/2026\nAcme,Lunch,\n,Lunch,22/11/2026\n`, expected: { meetings: [lunch], refused: ['3: The row has no date.', '4: The row names no client.'] } },
  { name: 'a row cut by a delimiter in it', content: `${head}Acme,Lunch,21/11/2026\nAcme, Inc,Lunch,22/11/2026\n`, expected: { meetings: [lunch], refused: ['3: The row has 4 cells where the header has 3.'] } },
  { name: 'a row that is too short', content: `${head}Acme,Lunch,21/11/2026\nAcme\n`, expected: { meetings: [lunch], refused: ['3: The row has no date.'] } },
  { name: 'a formula stays the text it is', content: `${head}=cmd|'/C calc'!A0,@SUM(1+1),21/11/2026\n+1-2,-2,22/11/2026\n`, expected: { meetings: ["=cmd|'/C calc'!A0 | @SUM(1+1) | 2026-11-21", '+1-2 | -2 | 2026-11-22'] } },
  { name: 'a zero byte', content: `${head}Acme,Lunch,21/11/2026\nAc\0me,Lunch,22/11/2026\n`, expected: { meetings: [lunch], refused: [`3: ${control('The client')}`] } },
  { name: 'a control character in details that stand in for a title', content: 'client,title,date,notes\nAcme,Lunch,21/11/2026,\nBolt,,22/11/2026,a \u0007 bell\n', expected: { meetings: [lunch], refused: [`3: ${control('The text of the details')}`] } },
  { name: 'a byte that is no text', content: Buffer.concat([Buffer.from(`${head}${'Café,Lunch,21/11/2026\n'.repeat(20)}B`), Buffer.from([0xff]), Buffer.from('t,x,22/11/2026\n')]), expected: { meetings: Array<string>(20).fill('Café | Lunch | 2026-11-21'), refused: ['22: The row holds a broken character.'] } },
  { name: 'a quotation mark that is never closed', content: `${head}Acme,Lunch,21/11/2026\nBolt,"Call,22/11/2026\nCore,x,23/11/2026\n`, expected: { meetings: [lunch], refused: ['3: A quotation mark opens in this row and is never closed; everything after it was left out.'] } },
  { name: 'a quotation mark that is never closed, below empty lines', content: `${head}Acme,Lunch,21/11/2026\n\n\nBolt,"Call,22/11/2026\n\nCore,x,23/11/2026\n`, expected: { meetings: [lunch], refused: ['5: A quotation mark opens in this row and is never closed; everything after it was left out.'] } },
  { name: 'several clients in a cell are one', content: `${head}Acme; Bolt,Lunch,21/11/2026\n`, expected: { meetings: ['Acme; Bolt | Lunch | 2026-11-21'] } },
  { name: 'or several, when somebody said so', content: `${head}"['Acme', 'Bolt']",Lunch,21/11/2026\n`, change: { clients: 'several' }, expected: { meetings: [lunch, 'Bolt | Lunch | 2026-11-21'] } },
  { name: 'a text with the name of a workbook', content: written(';'), fileName: 'meetings.xlsx', expected: both },
  { name: 'nothing', content: '', expected: { problem: 'The file is empty' } },
  { name: 'a header alone', content: head, expected: { problem: 'The file has a header but no rows' } },
  { name: 'a picture with the name of a table', content: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), expected: { problem: 'The file is a picture' } },
  { name: 'zero bytes alone', content: Buffer.alloc(5_000), expected: { problem: 'The file is not a text file' } },
]; // prettier-ignore

const cells = [['client', 'title', 'date'], ['Acme', 'Lunch', shown(46347, 0)], ['Bolt', 'Call', shown(46348, 0)]]; // prettier-ignore
const good = { sheets: [{ rows: cells }], formats: ['dd/mm/yyyy'] };
const bytes = workbook(good);
const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const mainPart = (target: string): string =>
  `<Relationships><Relationship Id="r" Type="${types}/officeDocument" Target="${target}"/></Relationships>`;

/** The beginning of a compound file, whose directory names its streams. */
function compoundFile(stream: string): Buffer {
  const file = Buffer.alloc(2_048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  file.write(stream, 1_024, 'utf16le');
  return file;
}

/** A byte of the packed sheet changed; the archive still says what it should come to. */
function changed(archive: Buffer): Buffer {
  const copy = Buffer.from(archive);
  const at = copy.indexOf('xl/worksheets/sheet1.xml') + 120;
  copy[at] = (copy[at] ?? 0) ^ 0x55;
  return copy;
}

/** Says in both places that the parts are encrypted. */
function withEncryptedParts(archive: Buffer): Buffer {
  const copy = Buffer.from(archive);
  for (const [signature, flags] of [
    ['504b0304', 6],
    ['504b0102', 8],
  ] as const)
    // prettier-ignore
    for (let at = copy.indexOf(signature, 0, 'hex'); at >= 0; at = copy.indexOf(signature, at + 4, 'hex'))
      copy.writeUInt16LE(copy.readUInt16LE(at + flags) | 1, at + flags);
  return copy;
}

const damaged = { problem: 'The workbook is damaged' };
const books: readonly Fixture[] = [
  { name: 'a workbook', content: bytes, expected: both },
  { name: 'with the name of a text', content: bytes, fileName: 'meetings.csv', expected: both },
  { name: 'dates as texts', content: sheetOf(...plain), expected: both },
  { name: 'formulas with results', content: workbook({ ...good, sheets: [{ rows: [...cells.slice(0, 2), [formula('A2', '<v>Bolt</v>', 'str'), 'Call', { xml: 's="1"><f>C2+1</f><v>46348</v>' }]] }] }), expected: both },
  { name: 'a number without the format of a date', content: sheetOf(['client', 'title', 'date'], ['Acme', 'Lunch', '21/11/2026'], ['Bolt', 'Call', 46348]), expected: { meetings: [lunch], refused: [`3: ${noDate('46348')}`] } },
  { name: 'error cells', content: workbook({ ...good, sheets: [{ rows: [...cells, [{ xml: 't="e"><v>#REF!</v>' }, 'x', 46349]] }] }), expected: { meetings: both.meetings, refused: ['4: The cell A4 holds the error #REF!.'] } },
  { name: 'an entity that nobody declared', content: workbook({ sheets: [{ data: '<row><c t="str"><v>&bomb;</v></c></row>' }] }), expected: damaged },
  { name: 'entities that name each other', content: workbook({ sheets: [{}], parts: { 'xl/worksheets/sheet1.xml': '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>' } }), expected: damaged },
  { name: 'a workbook cut short', content: bytes.subarray(0, bytes.length - 200), expected: damaged },
  { name: 'a changed byte', content: changed(bytes), expected: damaged },
  { name: 'a sheet that is no XML', content: workbook({ ...good, parts: { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row>' } }), expected: damaged },
  { name: 'a sheet that is not there', content: workbook({ ...good, parts: { 'xl/worksheets/sheet1.xml': null } }), expected: damaged },
  { name: 'a shared text that is not there', content: sheetOf(['a'], [{ xml: 't="s"><v>7</v>' }]), expected: damaged },
  { name: 'tags within tags without end', content: workbook({ ...good, parts: { 'xl/worksheets/sheet1.xml': '<a>'.repeat(5_000) } }), expected: damaged },
  { name: 'bytes that are no text', content: workbook({ ...good, parts: { 'xl/worksheets/sheet1.xml': Buffer.from('<worksheet>\xff\xfe', 'latin1') } }), expected: damaged },
  { name: 'no sheet that can be seen', content: workbook({ sheets: [{ rows: cells, state: 'hidden' }] }), expected: { problem: 'The file holds no rows' } },
  { name: 'a sheet with a header alone', content: sheetOf(['client', 'title']), expected: { problem: 'The file has a header but no rows' } },
  { name: 'another packed file', content: workbook({ sheets: [], parts: { '_rels/.rels': null } }), expected: { problem: 'The file is a packed file but no Excel workbook' } },
  { name: 'a letter', content: workbook({ sheets: [], parts: { '_rels/.rels': mainPart('word/document.xml') } }), expected: { problem: 'The file is a packed file but no Excel workbook' } },
  { name: 'a binary workbook', content: workbook({ sheets: [], parts: { '_rels/.rels': mainPart('xl/workbook.bin') } }), expected: { problem: 'The file is a binary Excel workbook; save it as an Excel workbook (.xlsx) first' } },
  { name: 'an old workbook', content: compoundFile('Workbook'), expected: { problem: 'The file is an old Excel or Word file; save it as an Excel workbook (.xlsx) or CSV first' } },
  { name: 'a workbook with a password', content: compoundFile('EncryptedPackage'), expected: { problem: 'The file is protected with a password; save it without one first' } },
  { name: 'an archive with a password', content: withEncryptedParts(bytes), expected: { problem: 'The file is protected with a password; save it without one first' } },
]; // prettier-ignore

export const fixtures: readonly Fixture[] = [...texts, ...books];
