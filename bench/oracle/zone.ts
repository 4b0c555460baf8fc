/** Zone of the benchmark's office, in which days begin. */
export const zone = 'Europe/Brussels';

const format = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  hourCycle: 'h23',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** @returns milliseconds since 1970 at which a day begins there */
export function dayBegins(day: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Brussels is one or two hours ahead of UTC, and never changes its clocks at midnight.
  for (const hours of [2, 1]) {
    const at = midnight - hours * 3_600_000;
    if (format.format(at) === `${day}, 00:00:00`) return at;
  }
  throw new Error(`${day} begins at no known time`);
}

/** @returns milliseconds since 1970 at which the day after begins */
export const dayEnds = (day: string): number =>
  dayBegins(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10));
