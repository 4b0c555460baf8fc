import { describe, expect, it } from 'vitest';
import { fold } from '../../electron/text/fold.ts';
import { searchWords, words } from '../../electron/text/words.ts';

/** Whether what is typed finds a text: each word looked for is a part of one of its words. */
const finds = (typed: string, text: string): boolean =>
  searchWords(typed).every((part) => words(text).some((word) => word.includes(part)));

describe('folding', () => {
  const alike: [what: string, one: string, other: string][] = [
    ['sharp s', 'Straße STRAẞE', 'strasse strasse'],
    ['the four Turkish i', 'İI ıi', 'ii ii'],
    ['both Greek sigmas, and accents', 'Οδός ΟΔΌΣ', 'οδοσ οδοσ'],
    ['Russian ё and е', 'Ёлка', 'елка'],
    ['kana with and without voice marks, narrow ones too', 'ガイド ｶﾞｲﾄﾞ', 'カイト カイト'],
    ['letters of full width, ligatures, rings', 'Ａｂｃ１ ﬁn Å', 'abc1 fin a'],
    ['accents in one piece and in two', 'E\u0301te\u0301', 'été'],
    ['Arabic with and without vowel marks and stretching', 'مُحَمَّد ســلام', 'محمد سلام'],
    ['Arabic alef with and without hamza', 'أحمد إسلام', 'احمد اسلام'],
    ['Hebrew with and without points', 'אֱלֹהִים', 'אלהים'],
    ['Thai with and without tone marks', 'น้ำ', 'นำ'],
    ['Hindi with and without nukta', 'फ़िल्म', 'फिल्म'],
    ['letters that may be broken, and joined ones', 'co\u00adoperate می\u200cخواهم', 'cooperate میخواهم'],
    ['apostrophes of all kinds', 'Oʼneil Oʻzbek', "o'neil o'zbek"],
  ];
  it.each(alike)('makes alike: %s', (_what, one, other) => {
    expect(fold(one)).toBe(fold(other));
    expect(fold(fold(one))).toBe(fold(one));
  });

  // As Unicode's collation has it: a difference of the first level stays.
  const different: [what: string, one: string, other: string][] = [
    ['й and и, two letters of the alphabet', 'йод', 'иод'],
    ['vowels of Hindi, which are marks and no accents', 'की', 'का'],
    ['vowels of Thai', 'ประชุม', 'ประชม'],
    ['Hangul syllables', '서', '소'],
  ];
  it.each(different)('keeps apart: %s', (_what, one, other) => {
    expect(fold(one)).not.toBe(fold(other));
    expect(fold(fold(one))).toBe(fold(one));
  });

  it('й is one letter however it is written', () => {
    expect(fold('Й')).toBe('й');
    expect(fold('и\u0306')).toBe('й');
    expect(fold('И\u0306')).toBe('й');
  });
});

describe('words are found', () => {
  const found: [typed: string, text: string][] = [
    ['ss', 'Straße'],
    ['会', '会议室'],
    ['议室', '会议室'],
    ['울', '서울특별시'],
    ['서울', '서울특별시'],
    ['ชุม', 'การประชุม'],
    ['की', 'हिन्दी की किताब'],
    ['hi', '👩‍👩‍👧hi🎉'],
    ['y', 'nothing is looked for by a single letter'],
    ['ﬀ', 'office'],
    ['خواهم', 'می\u200cخواهم'],
  ];
  it.each(found)('%s in %s', (typed, text) => {
    expect(finds(typed, text)).toBe(true);
  });

  const missed: [typed: string, text: string][] = [
    ['йод', 'иод'],
    ['ㄱ', '각'],
    ['가', '각'],
    ['ชม', 'ประชุม'],
  ];
  it.each(missed)('%s not in %s', (typed, text) => {
    expect(finds(typed, text)).toBe(false);
  });

  it('anywhere in a run of letters, however long it is', () => {
    const run = Array.from({ length: 300 }, (_, at) => String.fromCodePoint(0x4e00 + at * 31));
    for (let from = 0; from < run.length; from += 1) {
      for (const length of [1, 2, 19, 20, 21, 40, 41, 60])
        expect(finds(run.slice(from, from + length).join(''), run.join(''))).toBe(true);
    }
    const thai = 'การประชุมคณะกรรมการบริหารของบริษัทประจำเดือนพฤศจิกายน';
    for (let from = 0; from + 30 < thai.length; from += 1)
      expect(finds(thai.slice(from, from + 30), thai)).toBe(true);
    const code = Array.from({ length: 90 }, (_, at) => ((at * at * 7) % 36).toString(36)).join('');
    for (let from = 0; from < 50; from += 1) expect(finds(code.slice(from, from + 41), code)).toBe(true);
  });
});
