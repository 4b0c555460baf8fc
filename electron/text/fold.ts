/**
 * Search folding: the one implementation behind index and queries. Text reaches Lua only folded, because Lua knows
 * no letters beyond ASCII.
 */

/** Letters that Unicode does not decompose but that people type without their stroke or ligature. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
  ħ: 'h',
  ŋ: 'n',
};
const plainLetters = new RegExp(`[${Object.keys(plain).join('')}]`, 'gu');
const ascii = /^[\x20-\x7e\n\t]*$/;

/** Whether a text holds nothing but the letters and signs of ASCII. */
export const isAscii = (text: string): boolean => ascii.test(text);

/** Case and accents removed: `Škoda ÄRZTE` becomes `skoda arzte`. Folding twice changes nothing. */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(plainLetters, (letter) => plain[letter] ?? letter)
    .normalize('NFC');
}
