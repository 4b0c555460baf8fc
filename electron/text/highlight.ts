import { fold, isAscii } from './fold.ts';
import { wordPlaces } from './words.ts';

/** Where something stands in a text: `[from, to)` in UTF-16 units, as `slice` takes them. */
export type TextRange = readonly [from: number, to: number];

/** A text cut where its folding can be cut too: each part folds to what stands for it in the folded text. */
interface Folded {
  readonly text: string;
  /** For each unit of the folded text, the part of the original it comes from. */
  readonly originOf: (at: number) => TextRange;
}

const mostRemembered = 5_000;
const remembered = new Map<string, string>();

/** Texts are made of few different letters, and folding each anew would take a hundred times as long. */
function foldedLetter(letter: string): string {
  const known = remembered.get(letter);
  if (known !== undefined) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const folded = fold(letter);
  remembered.set(letter, folded);
  return folded;
}

/** Letters with the marks that belong to them. Parts of a Korean syllable that fold into one stay together. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (const letter of text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []) {
    const before = parts.at(-1);
    const isOneWithBefore =
      before !== undefined &&
      !isAscii(letter) &&
      !isAscii(before) &&
      foldedLetter(before + letter) !== foldedLetter(before) + foldedLetter(letter);
    // What folds to nothing is an accent, whatever Unicode calls it, and belongs to the letter before.
    if (before !== undefined && (isOneWithBefore || foldedLetter(letter) === ''))
      parts.push(parts.pop() + letter);
    else parts.push(letter);
  }
  return parts;
}

function foldedByParts(text: string): Folded {
  if (isAscii(text)) return { text: text.toLowerCase(), originOf: (at) => [at, at + 1] };
  const origins: TextRange[] = [];
  let folded = '';
  let from = 0;
  for (const part of partsOf(text)) {
    const to = from + part.length;
    const letters = foldedLetter(part);
    for (let unit = 0; unit < letters.length; unit += 1) origins.push([from, to]);
    folded += letters;
    from = to;
  }
  return { text: folded, originOf: (at) => origins[at] ?? [text.length, text.length] };
}

/** Overlapping and adjoining ranges as one, in order. */
function merged(ranges: readonly TextRange[]): TextRange[] {
  const whole: TextRange[] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = whole.at(-1);
    if (last && from <= last[1]) whole[whole.length - 1] = [last[0], Math.max(last[1], to)];
    else whole.push([from, to]);
  }
  return whole;
}

/**
 * Where the words of a search stand in a text as it is written, found as the search finds them: as parts of its words,
 * case and accents aside. A letter that folds to several (`ß`, `ﬁ`) is in the range as a whole.
 * @param words folded, as `searchWords` answers them
 * @returns ranges of the text, in order, apart from each other
 */
export function highlight(text: string, words: readonly string[]): TextRange[] {
  if (words.length === 0) return [];
  const whole = fold(text);
  if (!words.some((word) => whole.includes(word))) return [];
  const folded = foldedByParts(text);
  const found: TextRange[] = [];
  for (const { at: start, word: there } of wordPlaces(folded.text)) {
    for (const word of words) {
      for (let at = there.indexOf(word); at >= 0; at = there.indexOf(word, at + 1)) {
        const first = folded.originOf(start + at);
        const last = folded.originOf(start + at + word.length - 1);
        found.push([first[0], last[1]]);
      }
    }
  }
  return merged(found);
}
