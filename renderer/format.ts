import type { Start } from '../electron/contract/values.ts';

/** The language of the screen; dates, numbers and sorting follow it. */
export const locale = 'en-GB';

interface DateFormats {
  readonly zone: string;
  readonly day: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
  readonly isoDay: Intl.DateTimeFormat;
}

const makeFormats = (timeZone: string): DateFormats => ({
  zone: timeZone,
  day: new Intl.DateTimeFormat(locale, { timeZone, day: '2-digit', month: 'short', year: 'numeric' }),
  weekday: new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short' }),
  time: new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  isoDay: new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
});

const numbers = new Intl.NumberFormat(locale);
const lists = new Intl.ListFormat(locale, { type: 'disjunction' });
/** Plain dates are days, not moments: they are written out as UTC midnight so that no zone can shift them. */
const plain = makeFormats('UTC');
let office = plain;

/** Told once, when the office is known: every moment on screen is shown in the office's zone. */
export function setOfficeZone(zone: string): void {
  if (zone && zone !== office.zone) office = makeFormats(zone);
}
export const officeZone = (): string => office.zone;

export const numberText = (value: number): string => numbers.format(value);
/** `Email, SMS or Visit` */
export const orText = (values: readonly string[]): string => lists.format(values);

export const dayText = (day: string): string => plain.day.format(new Date(`${day}T00:00:00Z`));
export const weekdayText = (start: Start): string =>
  'date' in start
    ? plain.weekday.format(new Date(`${start.date}T00:00:00Z`))
    : office.weekday.format(new Date(start.at));
export const timeText = (instant: string): string => office.time.format(new Date(instant));
export const instantText = (instant: string): string => {
  const date = new Date(instant);
  return `${office.day.format(date)}, ${office.time.format(date)}`;
};
/** A moment where no office is open, and so no zone is known but that of this computer. */
export const momentText = (instant: string): string => {
  const here = makeFormats(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const date = new Date(instant);
  return `${here.day.format(date)}, ${here.time.format(date)}`;
};
export const startDay = (start: Start): string =>
  'date' in start ? dayText(start.date) : office.day.format(new Date(start.at));
export const startTime = (start: Start): string => ('date' in start ? '' : timeText(start.at));
export const startText = (start: Start): string =>
  'date' in start ? dayText(start.date) : instantText(start.at);

/** Day and time as the fields of a form hold them, in the office's zone. */
export const dayOfInstant = (instant: string | Date): string => office.isoDay.format(new Date(instant));

/** `1 h 30 min` */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${numberText(rest)} min`;
  return rest === 0 ? `${numberText(hours)} h` : `${numberText(hours)} h ${numberText(rest)} min`;
}

/** `40 seconds`, `3 minutes`, `2 hours`: how long something may still take, in the largest unit that says enough. */
export function durationInWords(seconds: number): string {
  const [value, unit] =
    seconds < 90
      ? ([seconds, 'second'] as const)
      : seconds < 5_400
        ? ([Math.round(seconds / 60), 'minute'] as const)
        : ([Math.round(seconds / 3_600), 'hour'] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

export function bytesText(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const unit = units[power] ?? 'byte';
  const digits = power === 0 ? 0 : 1;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits }).format(
    bytes / 1000 ** power,
  );
}
