import { strToU8, zipSync, type Zippable } from 'fflate';

/** A cell as it stands in a sheet; a text stands for an inline one. */
export type TestCell = string | number | { readonly xml: string } | null;

export interface TestSheet {
  readonly name?: string;
  readonly state?: 'hidden' | 'veryHidden';
  readonly rows?: readonly (readonly TestCell[])[];
  /** In place of rows: everything within `sheetData`. */
  readonly data?: string;
}

export interface TestWorkbook {
  readonly sheets: readonly TestSheet[];
  /** Each the inside of an `si`, or a text. */
  readonly shared?: readonly string[];
  /** The format of each style after the first, plain one. */
  readonly formats?: readonly string[];
  readonly date1904?: boolean;
  /** Parts to add or replace. */
  readonly parts?: Readonly<Record<string, string | Uint8Array | null>>;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

/** A cell that refers to a shared text. */
export const shared = (index: number): TestCell => ({ xml: `t="s"><v>${String(index)}</v>` });
/** A number shown in one of the workbook's formats, counting from 0. */
export const shown = (value: number, format: number): TestCell => ({
  xml: `s="${String(format + 1)}"><v>${String(value)}</v>`,
});
export const formula = (text: string, result: string, type = 'n'): TestCell => ({
  xml: `t="${type}"><f>${escaped(text)}</f>${result}`,
});

function cellXml(cell: TestCell, column: number, row: number): string {
  if (cell === null) return '';
  const place = `<c r="${letters(column)}${String(row)}"`;
  if (typeof cell === 'string') {
    return `${place} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  }
  return typeof cell === 'number' ? `${place}><v>${String(cell)}</v></c>` : `${place} ${cell.xml}</c>`;
}

/** Rows as they stand in a sheet, the first one in row 1. */
export const rowsXml = (rows: readonly (readonly TestCell[])[]): string =>
  rows
    .map((cells, at) => {
      const inside = cells.map((cell, column) => cellXml(cell, column, at + 1)).join('');
      return `<row r="${String(at + 1)}">${inside}</row>`;
    })
    .join('');

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${related}/${type}" Target="${target}"/>`;
const relations = (...each: string[]): string =>
  `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;

const sheetXml = ({ rows = [], data }: TestSheet): string =>
  `${head}<worksheet xmlns="${main}"><sheetData>${data ?? rowsXml(rows)}</sheetData></worksheet>`;

function partsOf({ sheets, shared: texts, formats, date1904 }: TestWorkbook): Record<string, string> {
  const listed = sheets.map(({ name, state }, at) => {
    const stateXml = state ? ` state="${state}"` : '';
    const n = String(at + 1);
    return `<sheet name="${escaped(name ?? `Sheet${n}`)}" sheetId="${n}"${stateXml} r:id="s${n}"/>`;
  });
  const codes = formats ?? [];
  return {
    '_rels/.rels': relations(relation('r1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${related}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ...sheets.map((_, at) =>
        relation(`s${String(at + 1)}`, 'worksheet', `worksheets/sheet${String(at + 1)}.xml`),
      ),
      relation('t', 'sharedStrings', 'sharedStrings.xml'),
      relation('f', 'styles', '/xl/styles.xml'),
    ),
    'xl/styles.xml': `${head}<styleSheet xmlns="${main}"><numFmts>${codes.map((code, at) => `<numFmt numFmtId="${String(164 + at)}" formatCode="${escaped(code)}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${codes.map((_, at) => `<xf numFmtId="${String(164 + at)}"/>`).join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${head}<sst xmlns="${main}">${(texts ?? []).map((text) => `<si>${text.startsWith('<') ? text : `<t>${escaped(text)}</t>`}</si>`).join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map((sheet, at) => [`xl/worksheets/sheet${String(at + 1)}.xml`, sheetXml(sheet)]),
    ),
  };
}

/** The bytes of a workbook as Excel writes one, with what a test needs in it. */
export function workbook(content: TestWorkbook): Buffer {
  const parts: Zippable = {};
  for (const [name, part] of Object.entries({ ...partsOf(content), ...content.parts })) {
    if (part !== null) parts[name] = typeof part === 'string' ? strToU8(part) : part;
  }
  return Buffer.from(zipSync(parts));
}

/** A workbook of one sheet. */
export const sheetOf = (...rows: (readonly TestCell[])[]): Buffer => workbook({ sheets: [{ rows }] });
