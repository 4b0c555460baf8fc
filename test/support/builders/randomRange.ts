import { durations } from './vocabulary.ts';
import { day } from './randomFields.ts';
import type { DayField, Meeting } from '../oracle/types.ts';
import type { Random } from '../random.ts';

type Range<T> = [from: T | null, to: T | null];

/** Days, often one on which the anchor started or was written. */
export function dayRange(random: Random, field: DayField, anchor: Meeting | null): Range<string> {
  const own = anchor && random.chance(0.6) ? dayOf(anchor, field) : day(random);
  const other = random.chance(0.3) ? own : near(random, own, field);
  return range(random, own, other);
}

/** Minutes; also between the durations there are. */
export function durationRange(random: Random, anchor: Meeting | null): Range<number> {
  const some = (): number => random.pick([...durations, ...durations, 1, 31, 10_080]);
  const own = anchor && random.chance(0.6) ? anchor.durationMinutes : null;
  return range(random, own ?? some(), random.chance(0.3) && own !== null ? own : some());
}

function range<T extends number | string>(random: Random, one: T, other: T): Range<T> {
  const [from, to]: [T, T] = one < other ? [one, other] : [other, one];
  return random.weighted<Range<T>>([
    [6, [from, to]],
    [2, [from, null]],
    [2, [null, to]],
    [0.5, [null, null]],
  ]);
}

function dayOf({ start, createdAt, changedAt }: Meeting, field: DayField): string {
  if (field === 'created') return createdAt.slice(0, 10);
  if (field === 'changed') return changedAt.slice(0, 10);
  return 'at' in start ? start.at.slice(0, 10) : start.date;
}

/** Meetings start on any day; they are written on few that follow each other. */
function near(random: Random, own: string, field: DayField): string {
  if (field === 'start' || !own.startsWith('20')) return day(random);
  return new Date(Date.parse(own) + random.between(-4, 4) * 86_400_000).toISOString().slice(0, 10);
}
