import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

/** The moment at which clocks in a zone show a day and time (`2026-11-21`, `09:30`), as ISO text with milliseconds. */
export const instantAt = (day: string, time: string, zone: string): string =>
  dayjs.tz(`${day}T${time}:00`, zone).toISOString();

/** What clocks in a zone show at a moment. */
export function wallClock(instant: string, zone: string): { day: string; time: string } {
  const local = dayjs(instant).tz(zone);
  return { day: local.format('YYYY-MM-DD'), time: local.format('HH:mm') };
}
