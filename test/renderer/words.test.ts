import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../electron/contract/failure.ts';
import { asFailure, failureText } from '../../renderer/failureText.ts';
import {
  bytesText,
  dayOfInstant,
  durationText,
  instantText,
  setOfficeZone,
  startText,
} from '../../renderer/format.ts';
import { movedIndex } from '../../renderer/list/movedIndex.ts';
import { presetRange } from '../../renderer/meetings/datePresets.ts';
import { cleared, emptyFilter, whereOf, withSort, withToggled } from '../../renderer/meetings/filter.ts';
import { sentenceOf } from '../../renderer/meetings/sentence.ts';
import { text } from '../../renderer/text.ts';
import { parsedDay } from '../../renderer/ui/parsedDay.ts';
import { parsedTime } from '../../renderer/ui/parsedTime.ts';
import { instantAt, wallClock } from '../../renderer/zonedTime.ts';

setOfficeZone('Europe/Brussels');

describe('the text catalogue', () => {
  const sentences = (part: unknown, path = 'text'): [string, unknown][] =>
    typeof part === 'object' && part !== null
      ? Object.entries(part).flatMap(([name, inner]) => sentences(inner, `${path}.${name}`))
      : [[path, part]];

  it('holds sentences and functions that make sentences, none of them empty', () => {
    for (const [path, part] of sentences(text)) {
      if (typeof part === 'function') continue;
      expect(part, path).toBeTypeOf('string');
      expect(String(part).trim(), path).not.toBe('');
    }
  });

  it('counts in the singular and the plural', () => {
    expect(text.meetings.total(1)).toBe('1 meeting');
    expect(text.meetings.total(0)).toBe('0 meetings');
    expect(text.meetings.total(1_234_567)).toBe('1,234,567 meetings');
    expect(text.meetings.facets.option('Email', 1_234)).toBe('Email 1,234');
  });
});

describe('failures', () => {
  it('are a sentence each, whatever was thrown', () => {
    for (const code of failureCodes) {
      expect(failureText({ code, detail: 'meeting', message: '' })).toMatch(/^[A-Z].*\.$/);
    }
    expect(asFailure(new TypeError('x is undefined')).code).toBe('INTERNAL');
    expect(failureText({ code: 'CONFLICT', detail: '', message: 'Said by main.' })).toBe('Said by main.');
  });
});

describe('dates and times', () => {
  it('are shown in the zone of the office, plain dates as they are', () => {
    expect(instantText('2026-07-14T22:30:00.000Z')).toBe('15 Jul 2026, 00:30');
    expect(startText({ date: '2026-07-14' })).toBe('14 Jul 2026');
    expect(dayOfInstant('2026-07-14T22:30:00.000Z')).toBe('2026-07-15');
  });

  it('become moments and back, also when the clock changes', () => {
    expect(instantAt('2026-01-15', '09:30', 'Europe/Brussels')).toBe('2026-01-15T08:30:00.000Z');
    expect(instantAt('2026-07-15', '09:30', 'Europe/Brussels')).toBe('2026-07-15T07:30:00.000Z');
    expect(instantAt('2026-03-29', '03:30', 'Europe/Brussels')).toBe('2026-03-29T01:30:00.000Z');
    expect(instantAt('2026-10-25', '12:00', 'Europe/Brussels')).toBe('2026-10-25T11:00:00.000Z');
    expect(wallClock('2026-10-25T11:00:00.000Z', 'Europe/Brussels')).toEqual({
      day: '2026-10-25',
      time: '12:00',
    });
  });

  it('are typed as people do', () => {
    for (const typed of [
      '2026-11-05',
      '5/11/2026',
      '05.11.2026',
      '5 Nov 2026',
      '05 Nov 2026',
      '5 November 2026',
    ]) {
      expect(parsedDay(typed), typed).toBe('2026-11-05');
    }
    for (const typed of ['31/02/2026', 'soon', '2026', '']) expect(parsedDay(typed), typed).toBeNull();
    expect(['9', '9:30', '0930', '9h30', '24:00', '9:61', ''].map(parsedTime)).toEqual([
      '09:00', '09:30', '09:30', '09:30', null, null, '',
    ]); // prettier-ignore
  });

  it('have presets counted from today', () => {
    expect(presetRange('week', '2026-11-21')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(presetRange('month', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
    expect(presetRange('past30', '2026-03-01')).toEqual({ from: '2026-01-31', to: '2026-03-01' });
  });

  it('say how long something takes, and how large it is', () => {
    expect([0, 45, 60, 90, 1_500].map(durationText)).toEqual([
      '0 min',
      '45 min',
      '1 h',
      '1 h 30 min',
      '25 h',
    ]);
    expect(bytesText(1_834_221)).toBe('1.8 MB');
  });
});

describe('a filter', () => {
  it('becomes the tree of the contract, or nothing', () => {
    expect(whereOf(emptyFilter)).toBeUndefined();
    const filter = withToggled(withToggled(emptyFilter, 'type', 'email'), 'tag', 'tax');
    expect(whereOf(filter)).toEqual({
      all: [
        { field: 'type', op: 'anyOf', values: ['email'] },
        { field: 'tag', op: 'anyOf', values: ['tax'] },
      ],
    });
    expect(whereOf(withToggled(filter, 'type', 'email'))).toEqual({
      all: [{ field: 'tag', op: 'anyOf', values: ['tax'] }],
    });
  });

  it('keeps its order when cleared, and turns it round on the same column', () => {
    const byTitle = withSort(withToggled(emptyFilter, 'type', 'sms'), 'title');
    const sort = { by: 'title', direction: 'ascending' };
    expect(cleared(byTitle)).toEqual({ ...emptyFilter, sort, plainSort: sort });
    expect(withSort(byTitle, 'title').sort.direction).toBe('descending');
  });

  it('is said as a sentence that names a few values and counts the rest', () => {
    const tags = ['a', 'b', 'c', 'd', 'e'].reduce(
      (filter, tag) => withToggled(filter, 'tag', tag),
      emptyFilter,
    );
    const { after } = sentenceOf({ ...tags, text: ' tax ' }, (_, value) => value.toUpperCase());
    expect(after.map(({ before, said }) => `${before} ${said}`)).toEqual([
      'tagged A, B, C or 2 more',
      'containing “tax”',
    ]);
  });
});

describe('rows in sight', () => {
  it('are walked with keys that stop at both ends', () => {
    expect(movedIndex('j', null, 10, 5)).toBe(0);
    expect(movedIndex('k', 0, 10, 5)).toBe(0);
    expect(movedIndex('PageDown', 7, 10, 5)).toBe(9);
    expect(movedIndex('End', 2, 10, 5)).toBe(9);
    expect(movedIndex('x', 2, 10, 5)).toBeNull();
    expect(movedIndex('j', null, 0, 5)).toBeNull();
  });
});
