import { nextDay } from './nextDay.ts';
import { startOfDay } from './startOfDay.ts';
import { wallTime } from './wallTime.ts';

const dayMs = 86_400_000;

/**
 * The instant at which the clock on the wall shows a time of a day. A time shown twice (clock put back) means the
 * first; one never shown (clock put forward) is read as if the clock had not been changed, so 02:30 becomes 03:30.
 * @param day `YYYY-MM-DD`, years 1000 to 9999
 * @param timeMs milliseconds since midnight, less than a day
 * @param zone IANA name
 * @returns ISO instant with milliseconds
 * @throws RangeError when the zone is unknown
 */
export function instantOf(day: string, timeMs: number, zone: string): string {
  const begins = beginningOfUsualDay(day, zone);
  return new Date(begins === null ? onDayOfChange(day, timeMs, zone) : begins + timeMs).toISOString();
}

/** Nearly every day has 24 hours, and its beginning is remembered; null for the others. */
function beginningOfUsualDay(day: string, zone: string): number | null {
  const key = `${day} ${zone}`;
  const known = usualDays.get(key);
  if (known !== undefined) return known;
  const begins = Date.parse(startOfDay(day, zone));
  const ends = Date.parse(startOfDay(nextDay(day), zone));
  const found = ends - begins === dayMs ? begins : null;
  if (usualDays.size >= mostDays) usualDays.clear();
  usualDays.set(key, found);
  return found;
}
const usualDays = new Map<string, number | null>();
const mostDays = 50_000;

function onDayOfChange(day: string, timeMs: number, zone: string): number {
  const wallMs = Date.parse(`${day}T00:00:00.000Z`) + timeMs;
  const offset = (instantMs: number): number => wallTime(instantMs, zone) - instantMs;
  const before = wallMs - offset(wallMs - dayMs);
  if (wallTime(before, zone) === wallMs) return before;
  const after = wallMs - offset(wallMs + dayMs);
  return wallTime(after, zone) === wallMs ? after : before;
}
