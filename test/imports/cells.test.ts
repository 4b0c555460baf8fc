import { describe, expect, it } from 'vitest';
import { looksLikeDate, readStart, type DateOrder } from '../../electron/imports/cells/dates.ts';
import { minutesOf } from '../../electron/imports/cells/durations.ts';
import { bracketedList, oneText, severalOf } from '../../electron/imports/cells/lists.ts';
import { shorten } from '../../electron/imports/cells/shorten.ts';
import { choiceOf } from '../../electron/imports/cells/vocabulary.ts';

const zone = 'Europe/Brussels';
const read = (text: string, order: DateOrder = 'dmy'): unknown => readStart(text, order, zone);

describe('a date in a cell', () => {
  it.each<[string, DateOrder]>([
    ['2026-11-21', 'iso'],
    ['2026-11-21', 'dmy'],
    ['2026/11/21', 'ymd'],
    ['2026.11.21', 'ymd'],
    ['20261121', 'iso'],
    ['21/11/2026', 'dmy'],
    ['21.11.2026', 'dmy'],
    ['21. 11. 2026', 'dmy'],
    ['21-11-2026', 'dmy'],
    ['21/11/26', 'dmy'],
    [' 21/11/2026 ', 'dmy'],
    ['11/21/2026', 'mdy'],
    ['11-21-26', 'mdy'],
    ['2026-11-21 00:00:00', 'iso'],
    ['21/11/2026 00:00', 'dmy'],
  ])('%j (%s) is a plain date', (text, order) => {
    expect(read(text, order)).toEqual({ date: '2026-11-21' });
  });

  it.each<[string, DateOrder, string]>([
    ['2026-11-21T09:30', 'iso', '2026-11-21T08:30:00.000Z'],
    ['2026-11-21 09:30:15', 'iso', '2026-11-21T08:30:15.000Z'],
    ['2026-11-21T09:30:15.123456', 'iso', '2026-11-21T08:30:15.123Z'],
    ['2026-11-21T09:30:00Z', 'iso', '2026-11-21T09:30:00.000Z'],
    ['2026-11-21T00:00:00Z', 'iso', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21T09:30:00+05:30', 'iso', '2026-11-21T04:00:00.000Z'],
    ['2026-11-21T09:30:00-0800', 'iso', '2026-11-21T17:30:00.000Z'],
    ['2026-11-21 09:30:00+01', 'iso', '2026-11-21T08:30:00.000Z'],
    ['2026-11-21 09:30:00.5-03:30', 'iso', '2026-11-21T13:00:00.500Z'],
    ['2026-11-21 09:30 UTC', 'iso', '2026-11-21T09:30:00.000Z'],
    ['21-11-2026 09:30 GMT', 'dmy', '2026-11-21T09:30:00.000Z'],
    ['21/11/2026 9:30', 'dmy', '2026-11-21T08:30:00.000Z'],
    ['21.11.2026, 09.30', 'dmy', '2026-11-21T08:30:00.000Z'],
    ['21/11/2026 9h30', 'dmy', '2026-11-21T08:30:00.000Z'],
    ['11/21/2026 9:30 PM', 'mdy', '2026-11-21T20:30:00.000Z'],
    ['11/21/2026 12:15 a.m.', 'mdy', '2026-11-20T23:15:00.000Z'],
    ['21/07/2026 09:30', 'dmy', '2026-07-21T07:30:00.000Z'],
    ['25/10/2026 02:30', 'dmy', '2026-10-25T00:30:00.000Z'],
  ])('%j (%s) is %s, read in the office zone unless it says otherwise', (text, order, at) => {
    expect(read(text, order)).toEqual({ at, zone });
  });

  it.each<[string, DateOrder]>([
    ['31/02/2026', 'dmy'],
    ['29/02/2025', 'dmy'],
    ['21/11/2026', 'mdy'],
    ['21/11/2026', 'iso'],
    ['00/11/2026', 'dmy'],
    ['2026-13-01', 'iso'],
    ['0999-01-01', 'iso'],
    ['21/11-2026', 'dmy'],
    ['21/11/2026 24:00', 'dmy'],
    ['21/11/2026 10:75', 'dmy'],
    ['11/21/2026 13:00 PM', 'mdy'],
    ['2026-11-21T10:00+99:00', 'iso'],
    ['soon', 'dmy'],
    ['', 'dmy'],
    ['21/11/2026 and later', 'dmy'],
    ['٢١/١١/٢٠٢٦', 'dmy'],
  ])('%j (%s) is none', (text, order) => {
    expect(read(text, order)).toBeNull();
  });

  it('may lie at the edges of the calendar', () => {
    expect(read('1000-01-01', 'iso')).toEqual({ date: '1000-01-01' });
    expect(read('31/12/9999')).toEqual({ date: '9999-12-31' });
    expect(read('01/01/70')).toEqual({ date: '1970-01-01' });
    expect(read('01/01/69')).toEqual({ date: '2069-01-01' });
  });

  it('is told from numbers, amounts and addresses', () => {
    expect(['3/11/2026', '2026-11-21T10:00:00Z', '11.21.2026'].map(looksLikeDate)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['12', '1.234,50', '192.168.1.10', '20269999', 'v1.2.3'].map(looksLikeDate)).toEqual(
      Array(5).fill(false),
    );
  });
});

describe('a list in a cell', () => {
  it.each<[string, string[]]>([
    ["['ENVI', 'ITRE']", ['ENVI', 'ITRE']],
    ['["ENVI","ITRE"]', ['ENVI', 'ITRE']],
    [`['L''été', 'b']`, [`['L''été', 'b']`]],
    [`["Women's rights", 'a, b']`, ["Women's rights", 'a, b']],
    ["['it\\'s', 'a \\\\ b']", ["it's", 'a \\ b']],
    ["['']", []],
    ["['', '']", []],
    ['[]', []],
    ['[ENVI, ITRE]', ['ENVI', 'ITRE']],
    ['a; b;;c ', ['a', 'b', 'c']],
    ['a|b\nc', ['a', 'b', 'c']],
    ['Environment, Public Health and Food Safety', ['Environment, Public Health and Food Safety']],
    ['Greens / EFA', ['Greens / EFA']],
    ['', []],
  ])('%s holds %j', (cell, items) => {
    expect(severalOf(cell)).toEqual(items);
  });

  it('is written as people would where one text is wanted', () => {
    expect(oneText("['Digital Services Act', 'AI']")).toBe('Digital Services Act, AI');
    expect(oneText("['']")).toBe('');
    expect(oneText('[urgent] call back')).toBe('[urgent] call back');
    expect(oneText('[urgent]')).toBe('[urgent]');
  });

  it('is read in no more time than its length asks for', () => {
    const began = performance.now();
    for (const cell of [
      `[${"'".repeat(100_000)}]`,
      `[${'a,'.repeat(100_000)}]`,
      `[${"'a' ".repeat(50_000)}]`,
      `[${'\\'.repeat(100_000)}]`,
    ]) {
      bracketedList(cell);
    }
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('words for types, statuses and priorities', () => {
  it.each(['e-mail', 'E-Mail', 'EMAIL', 'Courriel', ' mail '])('%j is an e-mail', (cell) => {
    expect(choiceOf('type', cell)).toBe('email');
  });

  it('are known in other languages, in any case and with any accents', () => {
    expect(['Phone', 'Téléphone', 'ANRUF', 'phone call'].map((cell) => choiceOf('type', cell))).toEqual(
      Array(4).fill('call'),
    );
    expect(['Meeting', 'Besuch', 'Réunion', 'in person'].map((cell) => choiceOf('type', cell))).toEqual(
      Array(4).fill('visit'),
    );
    expect(['Done', 'Erledigt', 'Terminé', 'afgerond'].map((cell) => choiceOf('status', cell))).toEqual(
      Array(4).fill('closed'),
    );
    expect(['Abgesagt', 'canceled', 'Annulé'].map((cell) => choiceOf('status', cell))).toEqual(
      Array(3).fill('cancelled'),
    );
    expect(['Hoch', 'élevée', 'HIGH'].map((cell) => choiceOf('priority', cell))).toEqual(
      Array(3).fill('high'),
    );
  });

  it('are not guessed', () => {
    expect(choiceOf('type', 'committee')).toBeNull();
    expect(choiceOf('status', 'constructor')).toBeNull();
    expect(choiceOf('priority', '')).toBeNull();
  });
});

describe('a duration in a cell', () => {
  it.each<[string, number | null]>([
    ['90', 90],
    ['90 min', 90],
    ['1:30', 90],
    ['1h30', 90],
    ['1.5 h', 90],
    ['1,5 Std.', 90],
    ['2 hours', 120],
    ['0', 0],
    ['long', null],
    ['-5', null],
    ['1:75', null],
    ['', null],
  ])('%j is %s minutes', (cell, minutes) => {
    expect(minutesOf(cell)).toBe(minutes);
  });
});

describe('a text that is too long', () => {
  it('is cut at a space near the end, within the limit, and never inside a character', () => {
    expect(shorten('short', 10)).toBe('short');
    expect(shorten('a meeting about many things', 18)).toBe('a meeting about…');
    expect(shorten('x'.repeat(30), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(shorten('12345678😀😀', 10)).toBe('12345678…');
  });
});
