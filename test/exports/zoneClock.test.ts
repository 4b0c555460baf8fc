import { describe, expect, it } from 'vitest';
import { wallTime } from '../../electron/calendar/wallTime.ts';
import { clockTime } from '../../electron/exports/zoneClock.ts';

describe('the clock of a zone', () => {
  it('is read day by day as it is at every instant', () => {
    for (const zone of [
      'Europe/Brussels',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'UTC',
    ])
      for (const from of [Date.UTC(2024, 0, 1), Date.UTC(1975, 0, 1)])
        for (let at = from; at < from + 366 * 86_400_000; at += 2_345_000)
          if (clockTime(at, zone) !== wallTime(at, zone))
            expect(clockTime(at, zone), `${zone} ${new Date(at).toISOString()}`).toBe(wallTime(at, zone));
  });
});
