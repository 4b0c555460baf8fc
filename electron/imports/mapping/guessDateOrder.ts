import type { DateOrder } from '../cells/dates.ts';
import { openDate } from '../cells/dates.ts';

/**
 * The order of day and month, from values in which one of the two is above twelve. Where the values leave it open, or
 * speak for both, day before month is assumed, as nearly all countries write.
 * @param values cells of the date column
 */
export function guessDateOrder(values: readonly string[]): DateOrder {
  const open = values.map(openDate).filter((date) => date !== null);
  if (open.length === 0) return values.some((value) => /^\s*\d{4}[/.]/.test(value)) ? 'ymd' : 'iso';
  const dayFirst = open.filter(({ first, second }) => first > 12 && second <= 12).length;
  const monthFirst = open.filter(({ first, second }) => second > 12 && first <= 12).length;
  return monthFirst > dayFirst ? 'mdy' : 'dmy';
}
