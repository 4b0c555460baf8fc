import type { NumberKind } from './numberFormats.ts';

const daySeconds = 86_400;
/** Day 0 of each system. In the older one 1900 has a 29 February that never was, so days before it count from a day later. */
const epochs = { from1900: Date.UTC(1899, 11, 30), from1904: Date.UTC(1904, 0, 1) };
/** 31 December 9999, the last day that workbooks know. */
const lastDay = { from1900: 2_958_465, from1904: 2_957_003 };

/** How a workbook counts days. */
export type DateSystem = keyof typeof epochs;

/**
 * The text of a number that stands for a date or a time: `2026-11-21`, `2026-11-21T09:30:00`, `9:30`. Seconds are as
 * exact as the number: programs write too few digits for more.
 * @returns null when no calendar has such a day
 */
export function dateText(
  serial: number,
  kind: Exclude<NumberKind, 'number'>,
  system: DateSystem,
): string | null {
  const seconds = Math.round(serial * daySeconds);
  if (seconds < 0 || serial >= lastDay[system] + 1) return null;
  if (kind === 'elapsed' || (kind === 'time' && seconds < daySeconds)) return clockText(seconds);
  const day = Math.floor(seconds / daySeconds);
  if (system === 'from1900' && (day === 60 || day < 1)) return null;
  const shifted = system === 'from1900' && day < 60 ? seconds + daySeconds : seconds;
  const iso = new Date(epochs[system] + shifted * 1000).toISOString();
  return seconds % daySeconds === 0 ? iso.slice(0, 10) : iso.slice(0, 19);
}

const two = (value: number): string => String(value).padStart(2, '0');

function clockText(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const rest = seconds % 60;
  return `${String(hours)}:${two(Math.floor((seconds % 3600) / 60))}${rest === 0 ? '' : `:${two(rest)}`}`;
}
