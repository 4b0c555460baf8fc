import { describe, expect, it } from 'vitest';
import { isDailyDue, mayGo, type KeptFacts } from '../../../electron/office/backups/keeping.ts';

const made = (madeAt: string, reason = 'daily', appVersion = '0.2.0'): KeptFacts => ({
  ...{ file: `${madeAt} ${reason}`, madeAt, reason, appVersion },
});
const at = (day: string, time = '08:00:00'): string => `${day}T${time}.000Z`;
/** One a day, until and with the 30th of November 2026, a Monday. */
const daily = (count: number): KeptFacts[] =>
  Array.from({ length: count }, (_, back) => made(new Date(Date.UTC(2026, 10, 30 - back, 8)).toISOString()));
const left = (backups: readonly KeptFacts[]): string[] => {
  const gone = new Set(mayGo(backups));
  return backups.filter((each) => !gone.has(each)).map(({ madeAt }) => madeAt.slice(0, 10));
};

describe('Which backups are kept', () => {
  it('are seven days and the newest of four weeks', () => {
    expect(left(daily(60))).toEqual([
      ...['2026-11-30', '2026-11-29', '2026-11-28', '2026-11-27', '2026-11-26', '2026-11-25', '2026-11-24'],
      // Sundays: the last of the weeks before. The first two weeks have theirs among the days.
      ...['2026-11-22', '2026-11-15'],
    ]);
  });

  it('are the newest of a day, and days without a backup count for nothing', () => {
    const twice = [made(at('2026-11-20', '08:00:00')), made(at('2026-11-20', '17:00:00'))];
    expect(mayGo(twice)).toEqual([twice[0]]);
    const rare = Array.from({ length: 7 }, (_, month) => made(at(`2026-0${String(month + 1)}-03`)));
    expect(mayGo(rare)).toEqual([]);
  });

  it('are all that were made by hand, and the newest of each version of the program', () => {
    const old = [
      made(at('2025-01-01'), 'by-hand', '0.0.9'),
      made(at('2025-01-02'), 'daily', '0.0.9'),
      made(at('2025-01-03'), 'before-0.1.0', '0.0.9'),
      made(at('2025-02-01'), 'before-0.2.0', '0.1.0'),
    ];
    // The 22nd is the last of its week; the 23rd is neither one of seven days nor the last of a week.
    expect(mayGo([...daily(9), ...old])).toEqual([made(at('2026-11-23')), old[1]]);
  });

  it('are never none: the newest stays', () => {
    expect(mayGo([])).toEqual([]);
    const one = [made(at('2020-01-01'))];
    expect(mayGo(one)).toEqual([]);
    for (let count = 1; count < 80; count += 1) expect(left(daily(count))[0]).toBe('2026-11-30');
  });
});

describe('A daily backup', () => {
  // Tests run in Berlin's zone: midnight there is an hour before midnight UTC.
  it('is due from local midnight until one was made, whatever it was made for', () => {
    const before = [made('2026-11-20T22:59:00.000Z')];
    expect(isDailyDue([], new Date('2026-11-20T12:00:00Z'))).toBe(true);
    expect(isDailyDue(before, new Date('2026-11-20T22:59:59Z'))).toBe(false);
    expect(isDailyDue(before, new Date('2026-11-20T23:00:00Z'))).toBe(true);
    const after = [...before, made('2026-11-20T23:00:00.000Z', 'by-hand')];
    expect(isDailyDue(after, new Date('2026-11-21T22:00:00Z'))).toBe(false);
  });
});
