import { readWholeXml } from './readXml.ts';

/** What a number stands for, by the format of its cell: a date (with or without a time), a time of day, or hours that may pass 24. */
export type NumberKind = 'number' | 'date' | 'time' | 'elapsed';

const mostFormats = 100_000;

/** Formats that every workbook has without naming them. 27 to 36 and 50 to 58 are dates of East Asian offices. */
function builtIn(id: number): NumberKind {
  if (id === 46) return 'elapsed';
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return 'time';
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date';
  return 'number';
}

/**
 * Reads the kinds of numbers by cell style.
 * @param bytes of the part with the styles
 */
export async function readNumberKinds(bytes: AsyncIterable<Buffer>): Promise<NumberKind[]> {
  const named = new Map<number, NumberKind>();
  const kinds: NumberKind[] = [];
  let inCells = false;
  await readWholeXml(bytes, {
    open: (name, attributes) => {
      if (name === 'cellXfs') {
        inCells = true;
      } else if (name === 'numFmt' && named.size < mostFormats) {
        named.set(Number(attributes['numFmtId']), kindOf(attributes['formatCode'] ?? ''));
      } else if (name === 'xf' && inCells && kinds.length < mostFormats) {
        const id = Number(attributes['numFmtId'] ?? 0);
        kinds.push(named.get(id) ?? builtIn(id));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return kinds;
}

/** What a format such as `dd/mm/yyyy;@` or `[h]:mm` stands for. */
export function kindOf(format: string): NumberKind {
  // Only the first section is for numbers of this kind; the others are for negative ones, zero and text.
  const bare = (format.replace(/"[^"]*"|\\.|[_*]./g, '').split(';', 1)[0] ?? '').toLowerCase();
  if (/\[(h+|m+|s+)\]/.test(bare)) return 'elapsed';
  const letters = bare.replace(/\[[^\]]*\]/g, '').replace(/am\/pm|a\/p|general|e[+-]/g, '');
  if (/[yd]/.test(letters)) return 'date';
  if (/[hs]/.test(letters)) return 'time';
  return letters.includes('m') ? 'date' : 'number';
}
