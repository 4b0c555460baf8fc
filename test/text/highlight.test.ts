import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../electron/text/fold.ts';
import { highlight } from '../../electron/text/highlight.ts';
import { searchWords } from '../../electron/text/words.ts';
import { hasEveryWord, searchWords as modelSearchWords, wordText } from '../support/oracle/words.ts';

/** The text with what is found in brackets. */
function marked(text: string, search: string): string {
  let said = '';
  let at = 0;
  for (const [from, to] of highlight(text, searchWords(search))) {
    said += `${text.slice(at, from)}[${text.slice(from, to)}]`;
    at = to;
  }
  return said + text.slice(at);
}

describe('highlighting', () => {
  it.each([
    ['Annual review', 'REV', 'Annual [rev]iew'],
    ['Annual review', 'w', 'Annual review'],
    ['Réunion à Liège', 'liege', 'Réunion à [Liège]'],
    ['Reunion a Liege', 'Liège', 'Reunion a [Liege]'],
    ['Re\u0301union', 'reu', '[Re\u0301u]nion'],
    ['Große Straße', 'strasse', 'Große [Straße]'],
    ['Große Straße', 'os', 'Gr[oß]e Straße'],
    ['ﬁnance', 'fi', '[ﬁ]nance'],
    ['aﬁf', 'if', 'a[ﬁf]'],
    ['İstanbul', 'ista', '[İsta]nbul'],
    ['ΟΔΟΣ οδός', 'οδοσ', '[ΟΔΟΣ] [οδός]'],
    ['🎉 party 🎉', 'party', '🎉 [party] 🎉'],
    ['👩‍👩‍👧 Müller👍🏽', 'mull', '👩‍👩‍👧 [Müll]er👍🏽'],
    ['会議の予定', '予', '会議の[予]定'],
    ['서울특별시', '서울', '[서울]특별시'],
    ['\u1109\u1165\u110b\u116e\u11af', '서울', '[\u1109\u1165\u110b\u116e\u11af]'],
    ['ガイド ｶﾞｲﾄﾞ', 'カイ', '[ガイ]ド [ｶﾞｲ]ﾄﾞ'],
    ['banana', 'ana', 'b[anana]'],
    ['tax and taxes', 'tax axes', '[tax] and [taxes]'],
    ['<b>bold</b> & "x"', 'bold', '<b>[bold]</b> & "x"'],
    ['', 'tax', ''],
    ['tax', '', 'tax'],
  ])('of %j for %j is %j', (text, search, said) => {
    expect(marked(text, search)).toBe(said);
  });

  const letter = fc.constantFrom(
    ...[
      'a',
      'A',
      'b',
      's',
      'f',
      'i',
      'I',
      ' ',
      '-',
      '<',
      '1',
      'é',
      'É',
      'ü',
      'ß',
      'ẞ',
      'ﬁ',
      'ﬃ',
      'Ĳ',
      'æ',
      'Ø',
    ],
    ...[
      'ı',
      'İ',
      'ς',
      'Σ',
      '½',
      '①',
      'e\u0301',
      '\u0301',
      '\u0327',
      'o\u0308\u0304',
      '🎉',
      '👩‍👧',
      '\ud83d',
      '\udc4d',
    ],
    ...[
      '会',
      '議',
      'カ',
      'ｶ',
      'ﾞ',
      '가',
      'ᄀ',
      'ᅡ',
      'ᆨ',
      'ㄱ',
      'ㅏ',
      'ﾡ',
      'ͺ',
      'ﷺ',
      '㎏',
      'ｆ',
      'ǆ',
      'Å',
      'ŉ',
    ],
  );
  const anyText = fc.oneof(
    fc.array(letter, { maxLength: 60 }).map((letters) => letters.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  const search = (text: string): fc.Arbitrary<string> =>
    fc.oneof(
      fc.array(letter, { minLength: 1, maxLength: 4 }).map((letters) => letters.join('')),
      fc
        .tuple(fc.nat(text.length), fc.nat(text.length))
        .map(([one, other]) => text.slice(Math.min(one, other), Math.max(one, other))),
    );
  const pair = anyText.chain((text) => fc.tuple(fc.constant(text), search(text)));

  it('marks ranges in order, inside the text and apart, each of which folds to something with a word in it', () => {
    fc.assert(
      fc.property(pair, ([text, typed]) => {
        const looked = searchWords(typed);
        let end = -1;
        for (const [from, to] of highlight(text, looked)) {
          expect(from).toBeGreaterThan(end);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(looked.some((word) => fold(text.slice(from, to)).includes(word))).toBe(true);
          end = to;
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('marks something exactly where the model finds a word', () => {
    fc.assert(
      fc.property(pair, ([text, typed]) => {
        for (const word of modelSearchWords(typed)) {
          const isThere = hasEveryWord(wordText(text), [word]);
          expect(highlight(text, [word]).length > 0, `${word} in ${text}`).toBe(isThere);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('marks what stands across the place where an over-long word is cut', () => {
    const long = `${'x'.repeat(39)}ab${'y'.repeat(20)}`;
    expect(highlight(long, ['ab'])).toEqual([[39, 41]]);
    expect(highlight(long, ['xa', 'by'])).toEqual([[38, 42]]);
  });
});
