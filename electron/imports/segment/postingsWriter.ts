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

  /** @param rows numbers of meetings within the segment, ascending */
  write(field: string, value: string, rows: Int32Array, isNew: boolean): void {
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

function bitmapOf(rows: Int32Array, width: number): Uint8Array {
  const bitmap = new Uint8Array(width);
  for (const at of rows) bitmap[at >>> 3]! |= 0x80 >>> (at & 7);
  return bitmap;
}

/** Each number as four bytes, the highest first. */
export function fourBytesEach(list: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(list.length * 4));
  for (const [at, number] of list.entries()) view.setUint32(at * 4, number);
  return new Uint8Array(view.buffer);
}
