/** One item of a bracketed list: quoted with either mark, or bare. */
const item = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^'",[\]]+))\s*(,|$)/y;

/**
 * The items of a cell written as programs write lists: `['ENVI', 'ITRE']` or `["a", "b"]`. Empty items are left out.
 * @returns null when the cell is no such list
 */
export function bracketedList(cell: string): { items: string[]; quoted: boolean } | null {
  const text = cell.trim();
  if (!text.startsWith('[') || !text.endsWith(']')) return null;
  const inner = text.slice(1, -1).trim();
  const items: string[] = [];
  let quoted = true;
  item.lastIndex = 0;
  for (let at = 0; at < inner.length; at = item.lastIndex) {
    const found = item.exec(inner);
    if (!found) return null;
    if (found[3] !== undefined) quoted = false;
    const value = (found[1] ?? found[2] ?? '').replace(/\\(.)/g, '$1') + (found[3] ?? '');
    if (value.trim() !== '') items.push(value.trim());
  }
  return { items, quoted };
}

/** Values of a cell that may hold several: a bracketed list, or values between semicolons, bars or line breaks. Commas stay: names hold them. */
export const severalOf = (cell: string): string[] =>
  bracketedList(cell)?.items ??
  cell
    .split(/[;|\n]/)
    .map((value) => value.trim())
    .filter((value) => value !== '');

/** A cell as one text: a list of quoted items is written as people would, `ENVI, ITRE`; anything else stays as it is. */
export function oneText(cell: string): string {
  const text = cell.trim();
  const list = text.startsWith('[') ? bracketedList(text) : null;
  return list?.quoted ? list.items.join(', ') : text;
}

/** White space other than single spaces, which most texts do not have. */
const crowded = /[^\S ]|\s\s/;

/** The same on one line. */
export function oneLine(cell: string): string {
  const text = oneText(cell);
  return crowded.test(text) ? text.replace(/\s+/g, ' ') : text;
}
