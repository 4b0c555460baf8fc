import { looksLikeDate } from '../cells/dates.ts';
import { minutesOf } from '../cells/durations.ts';
import { bracketedList, oneText } from '../cells/lists.ts';
import { choiceOf, type ChoiceField } from '../cells/vocabulary.ts';

/** What the values of a column look like. Shares are of the cells that hold something, 0 to 1. */
export interface ColumnProfile {
  /** Share of all rows in which the cell holds something. */
  readonly filled: number;
  readonly dates: number;
  readonly minutes: number;
  readonly numbers: number;
  readonly lists: number;
  /** Share whose text has letters, and is no date and no address of a page or mailbox. */
  readonly prose: number;
  /** Share known as a word for a type, a status, a priority. */
  readonly choices: Readonly<Record<ChoiceField, number>>;
  /** Different values, as a number and as a share of the filled cells. */
  readonly different: number;
  readonly distinct: number;
  /** Whether the cells count the rows: 1, 2, 3 ... */
  readonly serial: boolean;
  /** Mean length in characters. */
  readonly length: number;
}

/** @param cells the column's cells in a sample of rows */
export function columnProfile(cells: readonly string[]): ColumnProfile {
  const texts = cells.map(oneText).filter((text) => text !== '');
  const share = (test: (text: string) => boolean): number =>
    texts.filter(test).length / Math.max(1, texts.length);
  const different = new Set(texts).size;
  return {
    filled: texts.length / Math.max(1, cells.length),
    dates: share(looksLikeDate),
    minutes: share((text) => (minutesOf(text) ?? Infinity) <= 10_080),
    numbers: share((text) => /^[-+]?[\d.,\s]+$/.test(text)),
    lists:
      cells.filter((cell) => bracketedList(cell) !== null || /[;|]/.test(cell)).length /
      Math.max(1, texts.length),
    prose: share(
      (text) =>
        /\p{L}{2}/u.test(text) && !/^(https?:|www\.|[^\s@]+@[^\s@]+$)/i.test(text) && !looksLikeDate(text),
    ),
    choices: {
      type: share((text) => choiceOf('type', text) !== null),
      status: share((text) => choiceOf('status', text) !== null),
      priority: share((text) => choiceOf('priority', text) !== null),
    },
    different,
    distinct: different / Math.max(1, texts.length),
    serial: texts.every((text, at) => Number(text) === Number(texts[0]) + at) && Number(texts[0]) < 2,
    length: texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length),
  };
}
