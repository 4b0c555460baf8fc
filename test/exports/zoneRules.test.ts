import { describe, expect, it } from 'vitest';
import { zoneRules } from '../../electron/exports/zoneRules.ts';

const from = Date.UTC(2020, 0, 1);
const until = Date.UTC(2030, 0, 1);

interface Rule {
  readonly begins: string;
  readonly to: string;
}

const rulesOf = (text: string): Rule[] =>
  [...text.matchAll(/DTSTART:(\w+)\r\nTZOFFSETFROM:[+-]\d+\r\nTZOFFSETTO:([+-]\d+)/g)].map(
    ([, begins = '', to = '']) => ({ begins, to }),
  );

/** As the runtime says it: `+0200`. */
function offsetsOf(timeZone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (instant) => {
    const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return name === 'GMT' ? '+0000' : name.replace('GMT', '').replace(':', '');
  };
}

describe('how clocks go in a zone', () => {
  it('is told as it is at every third hour of ten years', () => {
    for (const zone of [
      'Europe/Brussels',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kolkata',
      'Pacific/Apia',
    ]) {
      const offsetAt = offsetsOf(zone);
      const rules = rulesOf(zoneRules(zone, from, until));
      // Where a rule begins is told by the clock as it went before.
      const moments = rules.map(({ begins, to }, at) => {
        const before = rules[at - 1]?.to ?? to;
        const iso = begins.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6');
        return Date.parse(`${iso}${before.slice(0, 3)}:${before.slice(3)}`);
      });
      let rule = 0;
      for (let at = from; at < until; at += 3 * 3_600_000) {
        while ((moments[rule + 1] ?? Infinity) <= at) rule += 1;
        const offset = offsetAt(at);
        if (rules[rule]?.to !== offset)
          expect(rules[rule]?.to, `${zone} ${new Date(at).toISOString()}`).toBe(offset);
      }
    }
  });
});
