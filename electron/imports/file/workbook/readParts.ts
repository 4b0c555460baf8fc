import path from 'node:path';
import { FileTrouble } from '../fileTrouble.ts';
import type { Archive } from './archive.ts';
import { readNumberKinds, type NumberKind } from './numberFormats.ts';
import { readWholeXml, type Attributes } from './readXml.ts';
import type { DateSystem } from './serialDates.ts';
import { noSharedTexts, readSharedTexts, type SharedTexts } from './sharedTexts.ts';

export interface Sheet {
  readonly name: string;
  readonly part: string;
}

/** What all sheets of a workbook need to be read. */
export interface WorkbookParts {
  /** The sheets that a person sees, in their order. */
  readonly sheets: readonly Sheet[];
  readonly system: DateSystem;
  readonly kinds: readonly NumberKind[];
  readonly texts: SharedTexts;
}

interface Relation {
  readonly id: string;
  /** The last word of its type: `worksheet`. Strict workbooks write other words before it. */
  readonly type: string;
  readonly part: string;
}

const mostSheets = 1_000;

/** @throws FileTrouble when the archive is no workbook, or one of another kind */
export async function readParts(archive: Archive): Promise<WorkbookParts> {
  const main = (await relations(archive, '')).find(({ type }) => type === 'officeDocument')?.part;
  if (main === undefined || !/\.(xml|bin)$/i.test(main) || /^(word|ppt)\//i.test(main)) {
    throw new FileTrouble('The file is a packed file but no Excel workbook');
  }
  if (/\.bin$/i.test(main)) {
    throw new FileTrouble('The file is a binary Excel workbook; save it as an Excel workbook (.xlsx) first');
  }
  const related = await relations(archive, main);
  const partOf = (type: string): string | undefined => related.find((each) => each.type === type)?.part;
  const { system, listed } = await readList(archive, main);
  const sheets = listed.flatMap(({ name, id }) => {
    const found = related.find((each) => each.id === id && each.type === 'worksheet');
    return found ? [{ name, part: found.part }] : [];
  });
  const styles = partOf('styles');
  const texts = partOf('sharedStrings');
  return {
    sheets,
    system,
    kinds: styles !== undefined && archive.has(styles) ? await readNumberKinds(archive.read(styles)) : [],
    texts:
      texts !== undefined && archive.has(texts) ? await readSharedTexts(archive.read(texts)) : noSharedTexts,
  };
}

/** What a part points to; `` stands for the whole file. */
async function relations(archive: Archive, part: string): Promise<Relation[]> {
  const folder = path.posix.dirname(part);
  const name = path.posix.join(folder, '_rels', `${path.posix.basename(part)}.rels`);
  const found: Relation[] = [];
  if (!archive.has(name)) return found;
  await readWholeXml(archive.read(name), {
    open: (tag, { Id = '', Type = '', Target = '', TargetMode = '' }) => {
      if (tag !== 'Relationship' || TargetMode === 'External' || found.length >= mostSheets * 10) return;
      found.push({
        id: Id,
        type: Type.slice(Type.lastIndexOf('/') + 1),
        part: path.posix.resolve('/', folder, Target).slice(1),
      });
    },
  });
  return found;
}

async function readList(
  archive: Archive,
  part: string,
): Promise<{ system: DateSystem; listed: { name: string; id: string }[] }> {
  let system: DateSystem = 'from1900';
  const listed: { name: string; id: string }[] = [];
  await readWholeXml(archive.read(part), {
    open: (tag, attributes) => {
      if (tag === 'workbookPr' && isOn(attributes['date1904'])) system = 'from1904';
      if (tag !== 'sheet' || listed.length >= mostSheets) return;
      const hidden = (attributes['state'] ?? 'visible') !== 'visible';
      if (!hidden) listed.push({ name: attributes['name'] ?? '', id: relationId(attributes) });
    },
  });
  return { system, listed };
}

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';

/** `r:id`, whatever the prefix is. */
const relationId = (attributes: Attributes): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
