import { describe, expect, it } from 'vitest';
import { dayAfter, dayStart } from '../support/oracle/dayStart.ts';
import { fold, searchWords, words } from '../support/oracle/words.ts';
import { sentence, details, hardDays, tags, title, zones } from '../support/builders/vocabulary.ts';
import { Random } from '../support/random.ts';
import { fold as programFold } from '../../electron/text/fold.ts';
import { searchWords as programSearchWords, words as programWords } from '../../electron/text/words.ts';
import { nextDay } from '../../electron/calendar/nextDay.ts';
import { startOfDay } from '../../electron/calendar/startOfDay.ts';

describe('folding, as the oracle has it', () => {
  it.each([
    ['Škoda ÄRZTE', 'skoda arzte'],
    ['STRASSE straße ẞ', 'strasse strasse ss'],
    ['İstanbul ISPARTA ılık', 'istanbul isparta ilik'],
    ['Łódź Øre Đà Þór Æsir œuvre Ħŋ', 'lodz ore da thor aesir oeuvre hn'],
    ['Ёж йод ΟΔΟΣ οδός', 'еж йод οδοσ οδοσ'],
    ['नमस्ते प\u200dक ประชุม', 'नमसते पक ประชุม'],
    ['ガイド ｶﾞｲﾄﾞ Ａｂｃ', 'カイト カイト abc'],
    ['서울 會議', '서울 會議'],
  ])('%s becomes %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
    expect(fold(folded)).toBe(folded);
  });

  it('cuts words at everything that is neither letter nor digit, and long ones into forties that overlap', () => {
    expect(words('re-do: R&D 50% R')).toEqual(['re', 'do', 'r', 'd', '50']);
    expect(words('x'.repeat(95))).toEqual(['x'.repeat(40), 'x'.repeat(35)]);
    expect(words(`${'x'.repeat(40)}y`)).toEqual(['x'.repeat(40), `${'x'.repeat(20)}y`]);
    expect(words('𐐀'.repeat(21)).map((word) => [...word].length)).toEqual([21]);
    expect(words('ab'.repeat(20))).toEqual(['ab'.repeat(20)]);
  });

  it('looks for no single letter, but for a single ideograph', () => {
    expect(searchWords('a 会 7 각 of ガ')).toEqual(['会', '각', 'of', 'カ']);
    expect(searchWords(`${'会'.repeat(20)}議`)).toEqual(['会'.repeat(20), `${'会'.repeat(19)}議`]);
    expect(searchWords('x'.repeat(40))).toEqual(['x'.repeat(40)]);
  });
});

// Two people read the same rules; where they read them differently, one of them is wrong.
describe('the program folds and cuts as the oracle does', () => {
  it('on thousands of odd texts', () => {
    const random = new Random(7);
    for (let left = 4_000; left > 0; left -= 1) {
      const text = random.pick([() => sentence(random, 1, 9), () => details(random), () => title(random)])();
      expect(programFold(text)).toBe(fold(text));
      expect(programWords(text)).toEqual(words(text));
      expect(programSearchWords(text)).toEqual(searchWords(text));
    }
    for (const tag of tags) expect(programFold(tag)).toBe(fold(tag));
  });

  it('on every letter there is', () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const letter = String.fromCodePoint(code);
      const same =
        programFold(letter) === fold(letter) &&
        programWords(`a${letter}a`).join() === words(`a${letter}a`).join();
      if (!same) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  }, 300_000);
});

describe('the program begins days when the oracle does', () => {
  it.each(zones)('in %s', (zone) => {
    const random = new Random(3);
    const anyDay = (): string => new Date(random.between(-2e9, 4e9) * 1_000).toISOString().slice(0, 10);
    for (const day of [...hardDays, ...Array.from({ length: 300 }, anyDay)]) {
      expect([day, startOfDay(day, zone)]).toEqual([day, new Date(dayStart(day, zone)).toISOString()]);
      expect(nextDay(day)).toBe(dayAfter(day));
    }
  });
});
