/** The phrases of a list written over several lines with commas between. */
export const phrasesOf = (list: string): string[] =>
  list.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' '));
