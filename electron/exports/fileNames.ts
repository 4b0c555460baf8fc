import filenamify from 'filenamify';

/** File systems take 255 bytes; what is put behind a name has to fit as well. */
const mostBytes = 160;
const mostLetters = 80;

const graphemes = new Intl.Segmenter();

/** As many whole letters as fit. */
function fitting(text: string): string {
  let fits = '';
  let bytes = 0;
  for (const { segment } of graphemes.segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > mostBytes) break;
    fits += segment;
  }
  return fits;
}

/**
 * A name that Windows, macOS and Linux all take for a file or a folder, as near as possible to what people call it.
 * @param fallback for a text of which nothing can stay
 */
export function fileName(text: string, fallback: string): string {
  const lines = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  const safe = filenamify(fitting(lines), { replacement: '-', maxLength: mostLetters });
  const plain = safe.replace(/^[. ]+|[. ]+$/g, '');
  return /[\p{L}\p{N}\p{S}]/u.test(plain) ? plain : fallback;
}

/** What the strictest of file systems takes for the same name. */
const likened = (name: string): string => name.normalize('NFKC').toUpperCase().toLowerCase();

/** Names of one folder, none of which is taken twice. */
export class UniqueNames {
  readonly #taken = new Map<string, number>();

  /** @returns the name, or the name with the next number behind it */
  take(name: string): string {
    const key = likened(name);
    let number = this.#taken.get(key) ?? 0;
    let found = name;
    for (;;) {
      number += 1;
      if (number > 1) found = `${name} (${String(number)})`;
      if (!this.#taken.has(likened(found))) break;
    }
    this.#taken.set(key, number);
    if (number > 1) this.#taken.set(likened(found), 1);
    return found;
  }
}
