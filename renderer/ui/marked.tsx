import type { ReactNode } from 'react';
import { highlight } from '../../electron/text/highlight.ts';

/**
 * A text with the words looked for marked in it. Always text, whatever is written there or typed.
 * @param words as `searchWords` answers them
 */
export function marked(text: string, words: readonly string[]): ReactNode {
  const ranges = highlight(text, words);
  if (ranges.length === 0) return text;
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    if (from > at) pieces.push(text.slice(at, from));
    pieces.push(<mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  pieces.push(text.slice(at));
  return pieces;
}
