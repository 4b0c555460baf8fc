import { wallTime } from '../calendar/wallTime.ts';

const dayMs = 86_400_000;
const offsetAt = (instantMs: number, zone: string): number => wallTime(instantMs, zone) - instantMs;

/** The first moment of (from, to] with another offset than `from` has. @returns milliseconds since 1970, to the second */
function changeBetween(from: number, to: number, zone: string): number {
  const before = offsetAt(from, zone);
  let [low, high] = [from, to];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `+0100`, with seconds where there are any */
function offsetText(offsetMs: number): string {
  const seconds = Math.abs(offsetMs) / 1_000;
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const sign = offsetMs < 0 ? '-' : '+';
  return `${sign}${twoDigits(hours)}${twoDigits(minutes)}${rest === 0 ? '' : twoDigits(rest)}`;
}

const compact = (wallMs: number): string => new Date(wallMs).toISOString().replaceAll(/[-:]|\.\d+Z$/g, '');

/** A time that begins at an instant and goes on until the next one. */
function observance(atMs: number, before: number, after: number): string[] {
  const name = after > before ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${name}`,
    `DTSTART:${compact(atMs + before)}`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(after)}`,
    `END:${name}`,
  ];
}

/**
 * How clocks go in a zone, as calendars want to be told (VTIMEZONE), change by change as the runtime knows them: programs
 * name their zones differently, and a table of our own would grow old.
 * @param fromMs,toMs milliseconds since 1970; outside, the zone is not described
 */
export function zoneRules(zone: string, fromMs: number, toMs: number): string {
  const first = offsetAt(fromMs, zone);
  const lines = observance(fromMs, first, first);
  // No zone changed its clocks twice within two weeks since the zones were introduced, but for a Ramadan or two.
  const step = 7 * dayMs;
  for (let at = fromMs; at < toMs; at += step) {
    if (offsetAt(at, zone) === offsetAt(at + step, zone)) continue;
    const change = changeBetween(at, at + step, zone);
    lines.push(...observance(change, offsetAt(at, zone), offsetAt(change, zone)));
  }
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...lines, 'END:VTIMEZONE', ''].join('\r\n');
}
