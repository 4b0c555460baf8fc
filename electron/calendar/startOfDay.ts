import { wallTime } from './wallTime.ts';

const hourMs = 3_600_000;
/** Sorts after every instant that can be written down; ISO 8601 allows the hour 24 for the end of a day. */
const endOfTime = '9999-12-31T24:00:00.000Z';

/** Zone maths costs some ten microseconds a day, and lists ask for the same days again and again. */
const cache = new Map<string, string>();
const cacheSize = 50_000;

/**
 * The first moment of a calendar day in a zone, as people there would see it on the clock. It is midnight, except
 * where the clock was put forward over midnight. A day the zone skipped begins when the next one does.
 * @param day `YYYY-MM-DD`, years 1000 to 9999 (and `10000-01-01` as the end of the last day)
 * @param zone IANA name, `Europe/Brussels`
 * @returns ISO instant with milliseconds, `2026-11-20T23:00:00.000Z`; sorts as text
 * @throws RangeError when the zone is unknown
 */
export function startOfDay(day: string, zone: string): string {
  const key = `${day} ${zone}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const found = asText(firstMoment(midnightUtc(day), zone));
  if (cache.size >= cacheSize) cache.clear();
  cache.set(key, found);
  return found;
}

const midnightUtc = (day: string): number =>
  day === '10000-01-01' ? Date.UTC(10_000, 0, 1) : Date.parse(`${day}T00:00:00.000Z`);

const asText = (instantMs: number): string => {
  const text = new Date(instantMs).toISOString();
  return text.startsWith('+') ? endOfTime : text;
};

/** @param wallMs the wanted wall time, written as if it were UTC */
function firstMoment(wallMs: number, zone: string): number {
  const offsetAfter = (hours: number): number => {
    const instantMs = wallMs + hours * hourMs;
    return wallTime(instantMs, zone) - instantMs;
  };
  const before = offsetAfter(-24);
  const after = offsetAfter(24);
  if (before === after) return wallMs - before;
  // The clock changes near this day. Two of the offsets fit when it is put back over midnight, none when it is put
  // forward over midnight.
  const candidates = [before, offsetAfter(-12), offsetAfter(0), offsetAfter(12), after]
    .map((offset) => wallMs - offset)
    .filter((instantMs) => wallTime(instantMs, zone) === wallMs);
  return candidates.length > 0 ? Math.min(...candidates) : endOfGap(wallMs, zone);
}

/** The moment at which the clock jumps over `wallMs`. No zone was ever 17 hours away from UTC. */
function endOfGap(wallMs: number, zone: string): number {
  let before = wallMs - 17 * hourMs;
  let after = wallMs + 17 * hourMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallTime(middle, zone) >= wallMs) after = middle;
    else before = middle;
  }
  return after;
}
