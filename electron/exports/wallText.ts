import type { Start } from '../contract/values.ts';
import { clockTime } from './zoneClock.ts';

/** Day and time in the office's zone; a plain date has no time. */
export function wallText(start: Start, zone: string): { day: string; time: string } {
  if ('date' in start) return { day: start.date, time: '' };
  const [day = '', time = ''] = new Date(clockTime(Date.parse(start.at), zone)).toISOString().split('T');
  return { day, time: time.slice(0, time.startsWith(':00', 5) ? 5 : 8) };
}

/** `2026-11-21 10:30`, or `2026-11-21` of a plain date. */
export const startIn = (start: Start, zone: string): string => {
  const { day, time } = wallText(start, zone);
  return time === '' ? day : `${day} ${time}`;
};

export const momentIn = (instant: string, zone: string): string => startIn({ at: instant, zone }, zone);
