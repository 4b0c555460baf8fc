import { durationText } from '../format.ts';
import { text } from '../text.ts';

/** Durations in minutes, each end as it was typed: what is wrong is said, not thrown away. */
export interface MinuteRange {
  readonly from: string;
  readonly to: string;
}

export const noMinutes: MinuteRange = { from: '', to: '' };
/** A week, the longest that a meeting may last. */
export const mostMinutes = 10_080;

/** @returns null for an open end, undefined for what is no number of minutes */
export function minutesOf(typed: string): number | null | undefined {
  const plain = typed.trim();
  if (plain === '') return null;
  const minutes = /^\d{1,5}$/.test(plain) ? Number(plain) : Number.NaN;
  return minutes <= mostMinutes ? minutes : undefined;
}

export const isAnyLength = ({ from, to }: MinuteRange): boolean => from.trim() === '' && to.trim() === '';

/** What is wrong with a range, in a sentence. */
export function minutesProblem({ from, to }: MinuteRange): string | undefined {
  const [least, most] = [minutesOf(from), minutesOf(to)];
  if (least === undefined || most === undefined) return text.meetings.facets.notMinutes(mostMinutes);
  return least !== null && most !== null && least > most ? text.meetings.facets.reversed : undefined;
}

/** A range without a problem, as the filter sentence says it. */
export function saidMinutes({ from, to }: MinuteRange): string {
  const words = text.meetings.sentence;
  const [least, most] = [minutesOf(from) ?? null, minutesOf(to) ?? null];
  if (least === null) return words.atMost(durationText(most ?? 0));
  if (most === null) return words.atLeast(durationText(least));
  return least === most ? durationText(least) : words.betweenLengths(durationText(least), durationText(most));
}
