import { detached } from '../../text/detached.ts';

/** Flags of a posting: see lua/store/segment.lua. */
const isDense = 1;
const isKnown = 2;

/** A posting as the request names it; its rows stand in `dense` or `lists`. */
export type Posting = readonly [field: string, value: string, count: number, flags: number];

/** Some postings of a segment: what one call files. */
export interface PostingsPart {
  readonly postings: readonly Posting[];
  readonly dense: Uint8Array;
  readonly lists: Uint8Array;
}

/** What one call may cost the engine, in some microseconds of its time. */
const costOfPart = 40_000;
const costOfPosting = 8;
const costOfNewWord = 40;
const costOfRow = 0.5;

/** Rows by value of one field, collected segment by segment. */
export class FieldPostings {
  readonly field: string;
  readonly #known = new Set<string>();
  #rows = new Map<string, number[]>();

  constructor(field: string) {
    this.field = field;
  }

  /** @param at number of the meeting within the segment, ascending */
  add(value: string, at: number): void {
    const rows = this.#rows.get(value);
    if (rows === undefined) this.#rows.set(value, [at]);
    else rows.push(at);
  }

  /** Hands over the rows of a segment and begins another one. */
  take(into: PostingsWriter): void {
    for (const [value, rows] of this.#rows) {
      const isNew = !this.#known.has(value);
      if (isNew) this.#known.add(detached(value));
      into.write(this.field, value, rows, isNew);
    }
    this.#rows = new Map();
  }
}

/** Rows on their way into the store: as bitmaps where they are many, else as numbers; in parts of bounded cost. */
export class PostingsWriter {
  readonly #firstRow: number;
  readonly #width: number;
  readonly #mostInList: number;
  readonly #parts: PostingsPart[] = [];
  #postings: Posting[] = [];
  #dense: Uint8Array[] = [];
  #lists: number[] = [];
  #cost = 0;

  /** @param count meetings of the segment */
  constructor(firstRow: number, count: number) {
    this.#firstRow = firstRow;
    this.#width = Math.ceil(count / 8);
    // As lua/store/postings.lua decides, so that a value does not change its form without need.
    this.#mostInList = Math.max(64, (firstRow + count) / 1024);
  }

  write(field: string, value: string, rows: readonly number[], isNew: boolean): void {
    const dense = rows.length > this.#mostInList;
    if (dense) this.#dense.push(bitmapOf(rows, this.#width));
    else for (const at of rows) this.#lists.push(this.#firstRow + at);
    this.#postings.push([field, value, rows.length, (dense ? isDense : 0) + (isNew ? 0 : isKnown)]);
    this.#cost += (isNew ? costOfNewWord : costOfPosting) + (dense ? 1 : rows.length * costOfRow);
    if (this.#cost > costOfPart) this.#endPart();
  }

  /** At least one part, even if it is empty. */
  parts(): readonly PostingsPart[] {
    if (this.#postings.length > 0 || this.#parts.length === 0) this.#endPart();
    return this.#parts;
  }

  #endPart(): void {
    this.#parts.push({
      postings: this.#postings,
      dense: Buffer.concat(this.#dense),
      lists: fourBytesEach(this.#lists),
    });
    this.#postings = [];
    this.#dense = [];
    this.#lists = [];
    this.#cost = 0;
  }
}

function bitmapOf(rows: readonly number[], width: number): Uint8Array {
  const bitmap = new Uint8Array(width);
  for (const at of rows) bitmap[at >>> 3]! |= 0x80 >>> (at & 7);
  return bitmap;
}

/** Each number as four bytes, the highest first. */
export function fourBytesEach(list: readonly number[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(list.length * 4);
  let place = 0;
  for (const number of list) place = bytes.writeUInt32BE(number, place);
  return bytes;
}
