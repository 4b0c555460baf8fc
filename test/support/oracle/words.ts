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
]);

export function fold(text: string): string {
  let folded = '';
  for (const letter of text.normalize('NFKD').toLowerCase().normalize('NFKD')) {
    if (!/^\p{M}$/u.test(letter)) folded += withoutStroke.get(letter) ?? letter;
  }
  return folded.normalize('NFC');
}

/** Distinct words. A run of more than 40 UTF-16 units is several words of 40 letters and a rest. */
export function words(text: string): string[] {
  const runs = [...fold(text).matchAll(/[\p{L}\p{N}]+/gu)].map(([run]) => run);
  return [...new Set(runs.flatMap((run) => (run.length > 40 ? inFortyLetters(run) : [run])))];
}

function inFortyLetters(run: string): string[] {
  const rest = Array.from(run);
  const cut: string[] = [];
  while (rest.length > 0) cut.push(rest.splice(0, 40).join(''));
  return cut;
}

const writtenWithoutSpaces = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

/** Words worth looking for: a single letter is not, a single ideograph or syllable is. */
export const searchWords = (search: string): string[] =>
  words(search).filter((word) => Array.from(word).length > 1 || writtenWithoutSpaces.test(word));

/** All words of a text in one, a line each, so that parts of them are found at once. */
export const wordText = (text: string): string => `\n${words(text).join('\n')}\n`;

/** Whether a word looked for is a part of one of the words; a word has no line break in it. */
export const hasPart = (there: string, part: string): boolean => there.includes(part);

/** Every word looked for is a part of some word that is there. */
export const hasEveryWord = (there: string, lookedFor: readonly string[]): boolean =>
  lookedFor.every((part) => hasPart(there, part));

/** Text whose order as a string is the order of its UTF-8 bytes. */
export const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
