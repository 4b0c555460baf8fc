/**
 * Search folding: the one implementation behind index and queries. Text reaches Lua only folded, because Lua knows
 * no letters beyond ASCII. What is alike to Unicode's collation but for its finer levels (case, accents, vowel points,
 * tones, voice marks of kana) becomes alike; what its first level tells apart stays apart.
 */

/** Letters that Unicode does not decompose but that people type without their stroke or ligature, and apostrophes. */
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
  ʼ: "'",
  ʻ: "'",
};
const plainLetters = new RegExp(`[${Object.keys(plain).join('')}]`, 'gu');
/** й decomposes into и and an accent, but is a letter of the alphabet: the one accent that the first level tells apart. */
const shortI = /\u0438\u0306/g;
/** In the scripts of India and its neighbours the marks that are no diacritics are vowels. */
const accents =
  /(?:(?=\p{M})[\p{Diacritic}\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Cyrillic}])+/gu;
/** What joins, divides or stretches a word without being part of it; a space of no width does divide words. */
const invisible = /(?:(?!\u200b)[\p{Default_Ignorable_Code_Point}\u0640])+/gu;
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
    .replace(invisible, '')
    .replace(shortI, 'й')
    .replace(accents, '')
    .replace(plainLetters, (letter) => plain[letter] ?? letter)
    .normalize('NFC');
}
