import { fold, isAscii } from './fold.ts';

/** Longer runs of letters (Chinese, Japanese, base64) are cut so that the suffix index stays bounded. */
const longestWord = 40;
const scriptsWithoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Distinct folded words of some texts, in order of first appearance. */
export const words = (...texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => wordsIn(text))),
];

/** Folded words of a text, each as often as it occurs. */
export function wordsIn(text: string): string[] {
  const folded = fold(text);
  // Of most texts the words are found several times as fast without Unicode's classes.
  const runs = folded.match(isAscii(folded) ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu) ?? [];
  return runs.some((run) => run.length > longestWord) ? runs.flatMap((run) => [...pieces(run)]) : runs;
}

/** Where the words of a folded text begin, each as often as it occurs: for showing them, `wordsIn` is faster. */
export function* wordPlaces(folded: string): Generator<{ readonly at: number; readonly word: string }> {
  for (const { 0: run, index } of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    let at = index;
    for (const word of run.length > longestWord ? pieces(run) : [run]) {
      yield { at, word };
      at += word.length;
    }
  }
}

function* pieces(run: string): Generator<string> {
  const letters = [...run];
  for (let at = 0; at < letters.length; at += longestWord) yield letters.slice(at, at + longestWord).join('');
}

/** The words of a search that can be looked for: single letters are too common to help, single ideographs are not. */
export function searchWords(text: string): string[] {
  return words(text).filter((word) => [...word].length >= 2 || scriptsWithoutSpaces.test(word));
}

/** Words to take out of the index and to put into it when one text follows another. */
export function wordChange(
  before: readonly string[],
  after: readonly string[],
): { remove: string[]; add: string[] } {
  const old = new Set(before);
  const fresh = new Set(after);
  return { remove: before.filter((word) => !fresh.has(word)), add: after.filter((word) => !old.has(word)) };
}
