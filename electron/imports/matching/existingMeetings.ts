import { NumberByKey, type KeyHash } from './keyHash.ts';

const none = -1;

/** Meetings of the office by what they are told apart by; each can be taken by one row of the file. */
export class ExistingMeetings {
  /** First meeting that may still be taken, by identity. */
  readonly #first = new NumberByKey();
  readonly #last = new NumberByKey();
  readonly #rows: number[] = [];
  readonly #next: number[] = [];
  readonly #hasExternalId: boolean[] = [];
  readonly #taken = new Set<number>();

  /** @param row of the store, ascending for one identity */
  add(identity: KeyHash, row: number, hasExternalId: boolean): void {
    const place = this.#rows.length;
    this.#rows.push(row);
    this.#next.push(none);
    this.#hasExternalId.push(hasExternalId);
    const last = this.#last.get(identity);
    if (last === undefined) this.#first.set(identity, place);
    else this.#next[last] = place;
    this.#last.set(identity, place);
  }

  /** @returns whether no row took it before */
  takeRow(row: number): boolean {
    const isFree = !this.#taken.has(row);
    this.#taken.add(row);
    return isFree;
  }

  /**
   * The first meeting with this identity that no row took before, or null.
   * @param withoutId only one that has no external id
   */
  take(identity: KeyHash, withoutId: boolean): number | null {
    let place = this.#first.get(identity) ?? none;
    while (place !== none && this.#taken.has(this.#rows[place]!)) place = this.#next[place]!;
    if (place !== none) this.#first.set(identity, place);
    for (; place !== none; place = this.#next[place]!) {
      const row = this.#rows[place]!;
      if (!this.#taken.has(row) && !(withoutId && this.#hasExternalId[place])) {
        this.#taken.add(row);
        return row;
      }
    }
    return null;
  }
}
