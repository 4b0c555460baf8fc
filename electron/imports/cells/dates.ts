import { instantOf } from '../../calendar/instantOf.ts';
import type { Mapping } from '../../contract/imports.ts';
import { day, type Start } from '../../contract/values.ts';

export type DateOrder = Mapping['dateOrder'];

const time =
  /(?:(?:T|,?\s+|,)(?<hour>\d{1,2})[:.h](?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?\s*(?<half>[ap]\.?m\.?)?\s*(?<offset>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?/
    .source;
const yearFirst = new RegExp(`^(?<a>\\d{4})(?<mark>[-/.])(?<b>\\d{1,2})\\k<mark>(?<c>\\d{1,2})${time}$`, 'i');
const yearLast = new RegExp(
  `^(?<a>\\d{1,2})(?<mark>[-/. ]) ?(?<b>\\d{1,2})\\k<mark> ?(?<c>\\d{4}|\\d{2})${time}$`,
  'i',
);
const compact = new RegExp(`^(?<a>\\d{4})(?<b>\\d{2})(?<c>\\d{2})${time}$`, 'i');

/** As programs write instants, and as they are kept. */
const kept = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

type Groups = Record<string, string | undefined>;

const groupsOf = (pattern: RegExp, text: string): Groups | null => pattern.exec(text)?.groups ?? null;

/** Parts of a date as they stand in a cell whose order of day and month is still open; null for anything else. */
export function openDate(text: string): { first: number; second: number; mark: string } | null {
  const groups = groupsOf(yearLast, text.trim());
  return groups && { first: Number(groups['a']), second: Number(groups['b']), mark: groups['mark'] ?? '' };
}

/** Whether a cell holds a date in any of the understood forms. */
export const looksLikeDate = (text: string): boolean =>
  (['dmy', 'mdy', 'ymd'] as const).some((order) => readStart(text, order, 'UTC') !== null);

/**
 * Reads a date, with or without a time. A time without an offset is read in the office's zone. Midnight without an
 * offset is how programs write a plain date, and stays one.
 * @param order of day, month and year where the year does not come first
 * @param zone the office's zone
 * @returns null when the text is not understood or the day does not exist
 */
export function readStart(text: string, order: DateOrder, zone: string): Start | null {
  if (kept.test(text) && exists(text.slice(0, 10))) return { at: text, zone };
  const found = partsOf(text.trim(), order);
  if (!found) return null;
  const date = `${found.year}-${found.month.padStart(2, '0')}-${found.day.padStart(2, '0')}`;
  if (!exists(date)) return null;
  if (found.groups['hour'] === undefined) return { date };
  const timeMs = timeOf(found.groups);
  if (timeMs === null) return null;
  const offset = found.groups['offset'];
  if (offset === undefined) return timeMs === 0 ? { date } : { at: instantOf(date, timeMs, zone), zone };
  const offsetMs = offsetOf(offset);
  if (offsetMs === null) return null;
  return { at: new Date(Date.parse(`${date}T00:00:00.000Z`) + timeMs - offsetMs).toISOString(), zone };
}

/** Whether there is such a day. Files name the same days again and again. */
function exists(date: string): boolean {
  const known = knownDays.get(date);
  if (known !== undefined) return known;
  const found = day.safeParse(date).success;
  if (knownDays.size < 50_000) knownDays.set(date, found);
  return found;
}
const knownDays = new Map<string, boolean>();

function partsOf(
  text: string,
  order: DateOrder,
): { year: string; month: string; day: string; groups: Groups } | null {
  const first = groupsOf(yearFirst, text) ?? groupsOf(compact, text);
  if (first) {
    const { a = '', b = '', c = '' } = first;
    return { year: a, month: b, day: c, groups: first };
  }
  const last = order === 'dmy' || order === 'mdy' ? groupsOf(yearLast, text) : null;
  if (!last) return null;
  const { a = '', b = '', c = '' } = last;
  const year = c.length === 4 ? c : century(c);
  return order === 'dmy'
    ? { year, month: b, day: a, groups: last }
    : { year, month: a, day: b, groups: last };
}

/** Two digits mean the years 1970 to 2069. */
const century = (year: string): string => (Number(year) >= 70 ? `19${year}` : `20${year}`);

/** Milliseconds since midnight, or null for a time no clock shows. */
function timeOf({ hour, minute, second, fraction, half }: Groups): number | null {
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  }
  const minutes = Number(minute);
  const seconds = Number(second ?? 0);
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Math.floor(Number(`0.${fraction ?? '0'}`) * 1000);
}

function offsetOf(offset: string): number | null {
  if (/^[a-z]/i.test(offset)) return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', ''));
  if (hours > 15 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
