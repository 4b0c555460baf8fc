import { words } from '../oracle/words.ts';
import { word } from './vocabulary.ts';
import type { Office } from '../oracle/office.ts';
import type { Meeting } from '../oracle/types.ts';
import type { Random } from '../random.ts';

/** What somebody types to find the meeting, or anything. */
export function randomText(random: Random, office: Office, anchor: Meeting | null): string {
  if (!anchor || random.chance(0.1)) return random.pick([word(random), 'zzq', 'a', '...', '😀', 'x y z', '']);
  const texts = [anchor.title, anchor.title, anchor.details, office.clientName(anchor.clientId)];
  return random
    .some(texts, random.between(1, 2))
    .map((text) => partsOf(random, text))
    .join(random.pick([' ', ', ']));
}

/** Parts of the words of a text, typed as people type: in capitals, with accents in two pieces, or a piece of the text as it is. */
export function partsOf(random: Random, text: string): string {
  if (random.chance(0.25)) return pieceOf(random, text, 8);
  const parts = random.some(words(text), random.between(1, 2)).map((one) => partOf(random, one));
  const typed = parts.join(' ');
  return random.pick([typed, typed.toUpperCase(), typed.normalize('NFD')]);
}

/** A word as it is, its beginning, or any piece of it: relevance tells them apart. */
function partOf(random: Random, word: string): string {
  if (random.chance(0.3)) return word;
  if (random.chance(0.3)) return Array.from(word).slice(0, random.between(2, 5)).join('');
  return pieceOf(random, word, 5);
}

function pieceOf(random: Random, text: string, most: number): string {
  const letters = Array.from(text);
  const from = random.between(0, Math.max(0, letters.length - 2));
  return letters.slice(from, random.chance(0.2) ? from + 40 : from + random.between(2, most)).join('');
}
