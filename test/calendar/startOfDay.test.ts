import { describe, expect, it } from 'vitest';
import { instantOf } from '../../electron/calendar/instantOf.ts';
import { nextDay } from '../../electron/calendar/nextDay.ts';
import { startKey } from '../../electron/calendar/startKey.ts';
import { startOfDay } from '../../electron/calendar/startOfDay.ts';

describe('the first moment of a day', () => {
  const cases: [day: string, zone: string, instant: string][] = [
    ['2026-11-21', 'UTC', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21', 'Europe/Brussels', '2026-11-20T23:00:00.000Z'],
    ['2026-07-01', 'Europe/Brussels', '2026-06-30T22:00:00.000Z'],
    // The days on which the clock changes, and the ones after.
    ['2026-03-29', 'Europe/Brussels', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Brussels', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Brussels', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Brussels', '2026-10-25T23:00:00.000Z'],
    // The clock was put forward at midnight: these days began at 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['2023-09-03', 'America/Santiago', '2023-09-03T04:00:00.000Z'],
    ['2024-04-26', 'Africa/Cairo', '2024-04-25T22:00:00.000Z'],
    // The clock was put back at midnight to 23:00: midnight came once, an hour later.
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
    // It was put back at 00:01: the first of the two midnights counts.
    ['2006-10-29', 'America/St_Johns', '2006-10-29T02:30:00.000Z'],
    // Offsets that are no whole hours, and the edges of the world.
    ['2026-01-15', 'Asia/Kathmandu', '2026-01-14T18:15:00.000Z'],
    ['2026-01-15', 'Pacific/Kiritimati', '2026-01-14T10:00:00.000Z'],
    ['2026-01-15', 'Pacific/Pago_Pago', '2026-01-15T11:00:00.000Z'],
    ['2026-01-15', 'Australia/Lord_Howe', '2026-01-14T13:00:00.000Z'],
    // Samoa skipped the 30th.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    // Before zones: local mean time, with seconds.
    ['1850-01-01', 'Europe/Brussels', '1849-12-31T23:42:30.000Z'],
    ['1000-01-01', 'UTC', '1000-01-01T00:00:00.000Z'],
    ['9999-12-31', 'America/New_York', '9999-12-31T05:00:00.000Z'],
    ['10000-01-01', 'Asia/Tokyo', '9999-12-31T15:00:00.000Z'],
    ['10000-01-01', 'America/New_York', '9999-12-31T24:00:00.000Z'],
  ];
  it.each(cases)('%s in %s is %s', (day, zone, instant) => {
    expect(startOfDay(day, zone)).toBe(instant);
    expect(startOfDay(day, zone)).toBe(instant);
  });

  it('refuses a zone nobody knows', () => {
    expect(() => startOfDay('2026-01-01', 'Europe/Atlantis')).toThrow(RangeError);
  });

  it('never comes before the day before, for forty years', () => {
    for (const zone of ['Europe/Brussels', 'America/Sao_Paulo', 'Pacific/Apia']) {
      for (let day = '1990-01-01', last = ''; day < '2030-01-01'; day = nextDay(day)) {
        const instant = startOfDay(day, zone);
        expect(instant >= last).toBe(true);
        last = instant;
      }
    }
  });
});

describe('the day after', () => {
  it('crosses months, leap days and years', () => {
    expect(nextDay('2026-11-21')).toBe('2026-11-22');
    expect(nextDay('2024-02-28')).toBe('2024-02-29');
    expect(nextDay('2024-02-29')).toBe('2024-03-01');
    expect(nextDay('1900-02-28')).toBe('1900-03-01');
    expect(nextDay('1999-12-31')).toBe('2000-01-01');
    expect(nextDay('9999-12-31')).toBe('10000-01-01');
  });
});

describe('the key a start is ordered by', () => {
  it('is the instant itself, or the first moment of a plain date in the office zone', () => {
    const timed = { at: '2026-11-21T09:30:00.000Z', zone: 'Asia/Tokyo' };
    expect(startKey(timed, 'Europe/Brussels')).toBe('2026-11-21T09:30:00.000Z');
    expect(startKey({ date: '2026-11-21' }, 'Europe/Brussels')).toBe('2026-11-20T23:00:00.000Z');
  });
});

describe('the instant of a wall time', () => {
  const read = (wall: string, zone: string): string => {
    const [day = '', time = ''] = wall.split('T');
    return instantOf(day, Date.parse(`1970-01-01T${time}Z`), zone);
  };

  it('is read in the zone', () => {
    expect(read('2026-11-21T09:30:00.000', 'Europe/Brussels')).toBe('2026-11-21T08:30:00.000Z');
    expect(read('2026-07-21T09:30:00.000', 'America/New_York')).toBe('2026-07-21T13:30:00.000Z');
  });

  it('is the first of two when the clock is put back, and moves on when it is put forward', () => {
    expect(read('2026-10-25T02:30:00.000', 'Europe/Brussels')).toBe('2026-10-25T00:30:00.000Z');
    expect(read('2026-03-29T02:30:00.000', 'Europe/Brussels')).toBe('2026-03-29T01:30:00.000Z');
  });
});
