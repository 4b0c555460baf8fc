const quarterMs = 15 * 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, number>();

/** The calendar day on the wall in a zone at an instant. */
function dayAt(instantMs: number, zone: string): string {
  let format = formats.get(zone);
  // Swedish writes a date as ISO does.
  if (!format)
    formats.set(zone, (format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })));
  return format.format(instantMs).padStart(10, '0');
}

/**
 * The first instant at which the calendar in the zone shows this day or a later one, found by looking: quarter by
 * quarter, then closer. Offsets of today's zones are whole quarters; the closer look is for those of long ago.
 * @param day `YYYY-MM-DD`, years 1000 to 9999
 * @returns milliseconds since 1970
 */
export function dayStart(day: string, zone: string): number {
  const key = `${day} ${zone}`;
  const found = known.get(key) ?? search(day, zone);
  known.set(key, found);
  return found;
}

function search(day: string, zone: string): number {
  let at = Date.parse(`${day}T00:00:00Z`) - 18 * 3_600_000;
  while (dayAt(at, zone) < day) at += quarterMs;
  let [before, after] = [at - quarterMs, at];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayAt(middle, zone) < day) before = middle;
    else after = middle;
  }
  return after;
}

export const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
