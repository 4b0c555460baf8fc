/** Two numbers of 53 bits that stand for a text: that two texts of a file share both is out of the question. */
export interface KeyHash {
  readonly hash: number;
  readonly check: number;
}

/**
 * Hashes a key by two multiplicative 32-bit lanes that are mixed at the end (the method known as cyrb53), with two
 * seeds. Not for secrets; quick, because every row of a file is hashed.
 */
export const keyHash = (key: string): KeyHash => ({ hash: mixed(key, 0), check: mixed(key, 0x9e3779b9) });

function mixed(text: string, seed: number): number {
  let one = 0xdeadbeef ^ seed;
  let other = 0x41c6ce57 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 2654435761);
    other = Math.imul(other ^ unit, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return 4294967296 * (2097151 & other) + (one >>> 0);
}

/** Numbers by key, without keeping the keys: a million take some 60 MB. */
export class NumberByKey {
  readonly #places = new Map<number, number>();
  readonly #checks: number[] = [];
  readonly #numbers: number[] = [];

  get({ hash, check }: KeyHash): number | undefined {
    const place = this.#places.get(hash);
    return place !== undefined && this.#checks[place] === check ? this.#numbers[place] : undefined;
  }

  set({ hash, check }: KeyHash, number: number): void {
    const place = this.#places.get(hash);
    if (place !== undefined && this.#checks[place] === check) {
      this.#numbers[place] = number;
      return;
    }
    this.#places.set(hash, this.#numbers.length);
    this.#checks.push(check);
    this.#numbers.push(number);
  }
}

/** By what meetings without an id are told apart: client, start and title, folded. */
export const identityOf = (clientKey: string, startKey: string, titleKey: string): KeyHash =>
  keyHash(`${clientKey}\n${startKey}\n${titleKey}`);
