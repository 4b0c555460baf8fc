import { detached } from '../../text/detached.ts';
import { grown } from './grown.ts';
import type { PostingsWriter } from './postingsWriter.ts';

/**
 * Rows by value of one field, collected segment by segment. Values are told by their number, and what is collected are
 * plain numbers: a list for each value would be ten thousand small objects that outlive several collections of garbage.
 */
export class FieldPostings {
  readonly #field: string;
  /** By value, in the order in which the values came up. */
  readonly #numbers = new Map<string, number>();
  readonly #values: string[] = [];
  /** Values of earlier segments have numbers below this one. */
  #known = 0;
  /** By value: how many rows of this segment have it, and the last of them. */
  #counts = new Int32Array(1_024);
  #lastRows = new Int32Array(1_024);
  /** Of this segment: values as they come up, and pairs of a value and a row. */
  #occurring: number[] = [];
  #pairs = new Int32Array(16_384);
  #pairsEnd = 0;

  constructor(field: string) {
    this.#field = field;
  }

  /**
   * Files a row under a value; once, however often it is told.
   * @param row number of the meeting within the segment; never lower than the last one
   */
  add(value: string, row: number): void {
    const number = this.#numbers.get(value) ?? this.#learn(value);
    const count = this.#counts[number]!;
    if (count === 0) this.#occurring.push(number);
    else if (this.#lastRows[number] === row) return;
    this.#counts[number] = count + 1;
    this.#lastRows[number] = row;
    if (this.#pairsEnd === this.#pairs.length) this.#pairs = grown(this.#pairs);
    this.#pairs[this.#pairsEnd] = number;
    this.#pairs[this.#pairsEnd + 1] = row;
    this.#pairsEnd += 2;
  }

  /** Hands over the rows of a segment and begins another one. */
  take(into: PostingsWriter): void {
    const rows = this.#rowsByValue();
    let from = 0;
    for (const number of this.#occurring) {
      const to = from + this.#counts[number]!;
      into.write(this.#field, this.#values[number]!, rows.subarray(from, to), number >= this.#known);
      this.#counts[number] = 0;
      from = to;
    }
    this.#known = this.#values.length;
    this.#occurring = [];
    this.#pairsEnd = 0;
  }

  /** Rows of one value after those of the other, in the order of `#occurring`: the pairs sorted by counting. */
  #rowsByValue(): Int32Array {
    const places = this.#lastRows;
    let place = 0;
    for (const number of this.#occurring) {
      places[number] = place;
      place += this.#counts[number]!;
    }
    const rows = new Int32Array(place);
    for (let at = 0; at < this.#pairsEnd; at += 2) {
      const number = this.#pairs[at]!;
      rows[places[number]!] = this.#pairs[at + 1]!;
      places[number]! += 1;
    }
    return rows;
  }

  #learn(value: string): number {
    const number = this.#values.length;
    const kept = detached(value);
    this.#numbers.set(kept, number);
    this.#values.push(kept);
    if (number === this.#counts.length) {
      this.#counts = grown(this.#counts);
      this.#lastRows = grown(this.#lastRows);
    }
    return number;
  }
}
