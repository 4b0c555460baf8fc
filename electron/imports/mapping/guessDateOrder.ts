import type { DateOrder } from '../cells/dates.ts';
import { openDate, readStart } from '../cells/dates.ts';

/** A value that is one day when the day comes first, and another one when the month does. */
export interface OpenDate {
  readonly sample: string;
  /** `YYYY-MM-DD` */
  readonly dmy: string;
  readonly mdy: string;
}

export interface GuessedDateOrder {
  readonly order: DateOrder;
  /** Not null when the values do not say whether the day or the month comes first, so that a person has to. */
  readonly open: OpenDate | null;
}

/**
 * The order of day and month, from values in which one of the two is above twelve, or that are written with dots or
 * dashes: whoever puts the month first writes slashes. Where the values leave it open, or
 * speak for both alike, day before month is assumed, as nearly all countries write, and said to be open.
 * @param values cells of the date column
 */
export function guessDateOrder(values: readonly string[]): GuessedDateOrder {
  const short = values.flatMap((text) => {
    const parts = openDate(text);
    return parts ? [{ text: text.trim(), ...parts }] : [];
  });
  if (short.length === 0) {
    return { order: values.some((value) => /^\s*\d{4}[/.]/.test(value)) ? 'ymd' : 'iso', open: null };
  }
  const dayFirst = short.filter(
    ({ first, second, mark }) => second <= 12 && (first > 12 || mark !== '/'),
  ).length;
  const monthFirst = short.filter(({ first, second }) => second > 12 && first <= 12).length;
  if (dayFirst !== monthFirst) return { order: monthFirst > dayFirst ? 'mdy' : 'dmy', open: null };
  const either = short.filter(({ first, second }) => first <= 12 && second <= 12);
  // A value such as 03/03/2026 reads alike both ways and shows the least.
  const telling = either.find(({ first, second }) => first !== second) ?? either[0];
  return { order: 'dmy', open: telling ? readings(telling.text) : null };
}

function readings(sample: string): OpenDate | null {
  const dmy = dayOf(sample, 'dmy');
  const mdy = dayOf(sample, 'mdy');
  return dmy === null || mdy === null ? null : { sample, dmy, mdy };
}

/** The day as it is written, whatever the time and the zone. */
function dayOf(text: string, order: DateOrder): string | null {
  const start = readStart(text.replace(/[T\s,]+\d{1,2}[:.h]\d{2}.*$/i, ''), order, 'UTC');
  return start !== null && 'date' in start ? start.date : null;
}
