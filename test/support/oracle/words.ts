/** Case, accents and words, written from the rules alone and as plainly as they read. */

const withoutStroke = new Map([
  ['ß', 'ss'],
  ['ı', 'i'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ς', 'σ'],
  ['ħ', 'h'],
  ['ŋ', 'n'],
  ['ʼ', "'"],
  ['ʻ', "'"],
]);

/** Accents, vowel points and tones, but not the vowels that India and its neighbours write as marks. */
const isAccent = (letter: string): boolean =>
  /^\p{M}$/u.test(letter) &&
  (/^\p{Diacritic}$/u.test(letter) || /^[\p{sc=Zinh}\p{sc=Arab}\p{sc=Hebr}\p{sc=Cyrl}]$/u.test(letter));

/** Joiners, soft hyphens and the Arabic stretching stroke; a space of no width is a space. */
const isInvisible = (letter: string): boolean =>
  letter === '\u0640' || (/^\p{DI}$/u.test(letter) && letter !== '\u200b');

export function fold(text: string): string {
  let folded = '';
  for (const letter of text.normalize('NFKD').toLowerCase().normalize('NFKD')) {
    if (letter < '\u0080') {
      folded += letter;
      continue;
    }
    if (isInvisible(letter)) continue;
    // The short i is a letter of its own, though Unicode takes it to pieces.
    if (letter === '\u0306' && folded.endsWith('и')) folded = `${folded.slice(0, -1)}й`;
    else if (!isAccent(letter)) folded += withoutStroke.get(letter) ?? letter;
  }
  return folded.normalize('NFC');
}

const runs = (text: string): string[] => [...fold(text).matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(([run]) => run);

/** Distinct words. A run of more than 40 letters is several words of 40, of which each begins 20 after the one before. */
export const words = (text: string): string[] => [...new Set(runs(text).flatMap(overlapping))];

function overlapping(run: string): string[] {
  const letters = Array.from(run);
  const cut = [letters.slice(0, 40)];
  for (let from = 20; letters.length > 40 && from < letters.length - 20; from += 20)
    cut.push(letters.slice(from, from + 40));
  return cut.map((word) => word.join(''));
}

const isIdeographic = (word: string): boolean =>
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(word);
const isWrittenWithoutSpaces = (word: string): boolean =>
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u.test(word);

/** Words worth looking for: a single letter is not, a single ideograph or syllable is. Long ones are looked for in twenties. */
export function searchWords(search: string): string[] {
  const worth = runs(search).filter((word) => Array.from(word).length > 1 || isIdeographic(word));
  return [...new Set(worth.flatMap(inTwenties))];
}

function inTwenties(word: string): string[] {
  const letters = Array.from(word);
  if (letters.length <= (isWrittenWithoutSpaces(word) ? 20 : 40)) return [word];
  const cut: string[] = [];
  for (let from = 0; from + 20 < letters.length; from += 20)
    cut.push(letters.slice(from, from + 20).join(''));
  return [...cut, letters.slice(-20).join('')];
}

/** All words of a text in one, a line each, so that parts of them are found at once. */
export const wordText = (text: string): string => `\n${words(text).join('\n')}\n`;

/** Whether a word looked for is a part of one of the words; a word has no line break in it. */
export const hasPart = (there: string, part: string): boolean => there.includes(part);

/** Every word looked for is a part of some word that is there. */
export const hasEveryWord = (there: string, lookedFor: readonly string[]): boolean =>
  lookedFor.every((part) => hasPart(there, part));

/** Text whose order as a string is the order of its UTF-8 bytes. */
export const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
