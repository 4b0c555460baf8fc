/** What decides how long a backup is kept. */
export interface KeptFacts {
  readonly file: string;
  /** ISO instant. */
  readonly madeAt: string;
  readonly appVersion: string;
  /** `daily`, `by-hand`, `before-0.2.0`. */
  readonly reason: string;
}

const days = 7;
const weeks = 4;

/** The day of this computer's clock: `2026-11-21`. */
export function localDay(instant: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(instant.getFullYear())}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
}

/** The Monday of the week a day is in. */
function weekOf(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

/** The newest backup of each of the latest few days, weeks or versions that have one. */
function newestOfEach(
  newestFirst: readonly KeptFacts[],
  part: (of: KeptFacts) => string,
  most: number,
): KeptFacts[] {
  const found = new Map<string, KeptFacts>();
  for (const each of newestFirst) if (!found.has(part(each))) found.set(part(each), each);
  return [...found.values()].slice(0, most);
}

/**
 * Which backups of one office may go: seven days and four weeks keep their newest, and so does each version of the
 * program; those made by hand stay. The newest of all stays, whatever it is.
 */
export function mayGo(backups: readonly KeptFacts[]): KeptFacts[] {
  const newestFirst = backups.toSorted((one, other) => other.madeAt.localeCompare(one.madeAt));
  const dayOf = ({ madeAt }: KeptFacts): string => localDay(new Date(madeAt));
  const isOwn = ({ reason }: KeptFacts): boolean => reason === 'by-hand';
  const kept = new Set<KeptFacts>([
    ...newestFirst.slice(0, 1),
    ...newestFirst.filter(isOwn),
    ...newestOfEach(newestFirst, dayOf, days),
    ...newestOfEach(newestFirst, (each) => weekOf(dayOf(each)), weeks),
    ...newestOfEach(newestFirst, ({ appVersion }) => appVersion, Number.POSITIVE_INFINITY),
  ]);
  return newestFirst.filter((each) => !kept.has(each));
}

/** Whether no backup was made since midnight by this computer's clock. */
export const isDailyDue = (backups: readonly KeptFacts[], now: Date): boolean =>
  !backups.some(({ madeAt }) => localDay(new Date(madeAt)) === localDay(now));
