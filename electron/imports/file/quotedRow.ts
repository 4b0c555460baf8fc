import type { Delimiter } from './delimiter.ts';

/** A row with quotation marks in it. */
interface QuotedRow {
  readonly cells: readonly string[];
  /** Where its line break stands; the length of the text when it has none. */
  readonly end: number;
  /** Whether the text ends within a quoted cell. */
  readonly isOpen: boolean;
}

interface Cell {
  readonly value: string;
  /** Where the delimiter or line break behind it stands; the length of the text when there is none. */
  readonly end: number;
  readonly isOpen: boolean;
}

/** @param from where the row begins */
export function quotedRow(text: string, from: number, delimiter: Delimiter): QuotedRow {
  const cells: string[] = [];
  for (let at = from; ;) {
    const { value, end, isOpen } =
      text[at] === '"' ? quotedCell(text, at, delimiter) : plainCell(text, at, delimiter);
    cells.push(value);
    if (isOpen || text[end] !== delimiter) return { cells, end, isOpen };
    at = end + 1;
  }
}

function quotedCell(text: string, from: number, delimiter: Delimiter): Cell {
  let value = '';
  for (let at = from + 1; ;) {
    const mark = text.indexOf('"', at);
    if (mark < 0) return { value: '', end: text.length, isOpen: true };
    value += text.slice(at, mark);
    const next = text[mark + 1];
    if (next !== '"') {
      const rest = plainCell(text, mark + 1, delimiter);
      // Text behind the closing mark: the marks belong to the cell, as in `"Bolt" Ltd`. A NUL is no text.
      const isWhole = rest.value === '' || next === '\0';
      return { ...rest, value: isWhole ? value + rest.value : `"${value}"${rest.value}` };
    }
    value += '"';
    at = mark + 2;
  }
}

function plainCell(text: string, from: number, delimiter: Delimiter): Cell {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end += 1;
  return { value: text.slice(from, end), end, isOpen: false };
}
