import { fold, isAscii } from './fold.ts';

/** Longer runs of letters (Chinese, Thai, base64) are cut so that the suffix index stays bounded. */
const longestWord = 40;
/** Pieces of a run overlap by as much, so that each part of it that is no longer lies in one piece. */
const overlap = 20;
const ideographs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** A word that is looked for may stand in the midst of a sentence that is one long run. */
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Distinct folded words of some texts, in order of first appearance. */
export const words = (...texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => wordsIn(text))),
];

/** Folded words of a text, each as often as it occurs. */
export function wordsIn(text: string): string[] {
  const folded = fold(text);
  const runs = runsIn(folded);
  return runs.some((run) => run.length > longestWord) ? runs.flatMap((run) => [...pieces(run)]) : runs;
}

/** Letters, digits and the marks that are vowels. Of most texts the runs are found several times as fast without Unicode's classes. */
const runsIn = (folded: string): string[] =>
  folded.match(isAscii(folded) ? /[a-z0-9]+/g : /[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** Where the words of a folded text begin, each as often as it occurs: for showing them, `wordsIn` is faster. */
export function* wordPlaces(folded: string): Generator<{ readonly at: number; readonly word: string }> {
  for (const { 0: run, index } of folded.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (run.length <= longestWord) yield { at: index, word: run };
    else {
      let from = 0;
      for (const word of pieces(run)) {
        yield { at: index + from, word };
        from += [...word].slice(0, overlap).join('').length;
      }
    }
  }
}

function* pieces(run: string): Generator<string> {
  const letters = [...run];
  if (letters.length <= longestWord) yield run;
  else
    for (let at = 0; at + overlap < letters.length; at += overlap)
      yield letters.slice(at, at + longestWord).join('');
}

/** Parts that the pieces of a run have wherever it is cut; the last one overlaps the one before. */
function* searchPieces(run: string): Generator<string> {
  const letters = [...run];
  if (letters.length <= (withoutSpaces.test(run) ? overlap : longestWord)) yield run;
  else
    for (let at = 0; at < letters.length; at += overlap) {
      const from = Math.min(at, letters.length - overlap);
      yield letters.slice(from, from + overlap).join('');
    }
}

/** The words of a search that can be looked for: single letters are too common to help, single ideographs are not. */
export const searchWords = (text: string): string[] => [
  ...new Set(
    runsIn(fold(text))
      .filter((run) => [...run].length >= 2 || ideographs.test(run))
      .flatMap((run) => [...searchPieces(run)]),
  ),
];

/** Words to take out of the index and to put into it when one text follows another. */
export function wordChange(
  before: readonly string[],
  after: readonly string[],
): { remove: string[]; add: string[] } {
  const old = new Set(before);
  const fresh = new Set(after);
  return { remove: before.filter((word) => !fresh.has(word)), add: after.filter((word) => !old.has(word)) };
}
