import { setImmediate as turn } from 'node:timers/promises';
import { nextDay } from '../calendar/nextDay.ts';
import { startOfDay } from '../calendar/startOfDay.ts';

/** More days than these leave too few bounds for splitting them. */
const mostDays = 3_000;
/** Days reckoned without a pause: a few milliseconds. */
const perTurn = 200;

/**
 * First moments of all days in which there are keys and of those between. As bounds of an order they make ranges of days
 * exact by codes alone, so that no record has to be looked at.
 * @param sorted ISO instants
 * @param zone the office's
 * @returns none when the days are too many, or the keys no instants of four-digit years
 */
export async function dayBounds(sorted: readonly string[], zone: string): Promise<string[]> {
  const [first, last] = [sorted[0], sorted.at(-1)].map((key) => Date.parse(key ?? ''));
  if (first === undefined || last === undefined || !(last - first <= mostDays * 86_400_000)) return [];
  const bounds: string[] = [];
  // A day of the zone begins up to a day before that of UTC.
  const end = sorted.at(-1)!;
  for (let day = new Date(first - 86_400_000).toISOString().slice(0, 10); ; day = nextDay(day)) {
    if (!/^[1-9]\d{3}-/.test(day)) return [];
    const bound = startOfDay(day, zone);
    if (bound > end) return bounds;
    bounds.push(bound);
    if (bounds.length % perTurn === 0) await turn();
  }
}
