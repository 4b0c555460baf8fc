const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than a thousand uses of it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/**
 * What the clock on the wall shows in a zone at an instant.
 *
 * Asked of the runtime itself rather than of a date library: those keep offsets in whole quarters of an hour, which is
 * wrong before the zones were introduced (Brussels was 17 minutes and 30 seconds ahead of UTC until 1892).
 * @param instantMs milliseconds since 1970; years 999 to 10000
 * @returns the wall time written as if it were UTC, in milliseconds since 1970
 * @throws RangeError when the zone is unknown
 */
export function wallTime(instantMs: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instantMs)) parts[type] = Number(value);
  const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN } = parts;
  const millisecond = ((instantMs % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}
