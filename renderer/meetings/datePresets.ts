import { dayOfInstant } from '../format.ts';
import type { DayRange } from './filter.ts';

const shifted = (day: string, days: number): string => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};

/** Days from the Monday of the week. */
const sinceMonday = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

const monthEnd = (day: string): string => {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + 1, 0);
  return date.toISOString().slice(0, 10);
};

export const presetNames = ['today', 'week', 'month', 'past30', 'next30', 'year'] as const;
export type PresetName = (typeof presetNames)[number];
/** Those that do not lie in days to come. */
export const pastPresets: readonly PresetName[] = presetNames.filter((name) => name !== 'next30');

const ranges: Readonly<Record<PresetName, (today: string) => DayRange>> = {
  today: (today) => ({ from: today, to: today }),
  week: (today) => ({
    from: shifted(today, -sinceMonday(today)),
    to: shifted(today, 6 - sinceMonday(today)),
  }),
  month: (today) => ({ from: `${today.slice(0, 7)}-01`, to: monthEnd(today) }),
  past30: (today) => ({ from: shifted(today, -29), to: today }),
  next30: (today) => ({ from: today, to: shifted(today, 29) }),
  year: (today) => ({ from: `${today.slice(0, 4)}-01-01`, to: `${today.slice(0, 4)}-12-31` }),
};

/** The days a preset stands for, counted from today in the office's zone. */
export const presetRange = (name: PresetName, today = dayOfInstant(new Date())): DayRange =>
  ranges[name](today);
