import type { SortField } from '../queries.ts';
import { sortFields } from '../queries.ts';
import type { Columns } from './columns.ts';

type Compare = (one: number, other: number) => number;

const text = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** How two meetings follow each other, by number; ties by number, which is the order in which they were made. */
function comparer(columns: Columns, sort: SortField): Compare {
  const by =
    (key: (number: number) => number): Compare =>
    (one, other) =>
      key(one) - key(other) || one - other;
  const byText =
    (key: (number: number) => string): Compare =>
    (one, other) =>
      text(key(one), key(other)) || one - other;
  switch (sort) {
    case 'created':
      return (one, other) => one - other;
    case 'start':
    case 'changed':
    case 'duration':
    case 'priority':
      return by((number) => columns[sort][number]!);
    case 'title':
      return byText((number) => columns.title[number]!.toLowerCase());
    case 'client':
      return byText((number) => columns.clientNames[columns.client[number]!]!.toLowerCase());
    case 'owner':
      return byText((number) => columns.ownerNames[columns.owner[number]!]!.toLowerCase());
  }
}

/** Ranks of texts among themselves, so that a million meetings are sorted by numbers. */
function ranks(texts: readonly string[]): Float64Array {
  const lower = texts.map((each) => each.toLowerCase());
  const rank = new Map([...new Set(lower)].sort(text).map((each, at) => [each, at]));
  return Float64Array.from(lower, (each) => rank.get(each)!);
}

/** Numbers by which all meetings of the office sort as by the field. */
function numericKey(columns: Columns, sort: SortField): (number: number) => number {
  if (sort === 'created') return (number) => number;
  if (sort === 'title') {
    const rank = ranks(columns.title);
    return (number) => rank[number]!;
  }
  if (sort === 'client') {
    const rank = ranks(columns.clientNames);
    return (number) => rank[columns.client[number]!]!;
  }
  if (sort === 'owner') {
    const rank = ranks(columns.ownerNames);
    return (number) => rank[columns.owner[number]!]!;
  }
  return (number) => columns[sort][number]!;
}

/** All living meetings, by number, in the ascending order of one field; kept in order as meetings change. */
export class Sorted {
  readonly #list: Int32Array;
  readonly #compare: Compare;
  length = 0;

  constructor(columns: Columns, sort: SortField) {
    this.#list = new Int32Array(columns.lives.length);
    this.#compare = comparer(columns, sort);
    for (let number = 0; number < columns.count; number += 1)
      if (columns.lives[number]) this.#list[this.length++] = number;
    if (sort === 'created') return;
    const key = numericKey(columns, sort);
    this.#list.subarray(0, this.length).sort((one, other) => key(one) - key(other) || one - other);
  }

  at(place: number): number {
    return this.#list[place]!;
  }

  /** How many stand before the meeting. */
  #place(number: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#list[middle]!, number) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Called after the meeting is written down. */
  add(number: number): void {
    const place = this.#place(number);
    this.#list.copyWithin(place + 1, place, this.length);
    this.#list[place] = number;
    this.length += 1;
  }

  /** Called while the meeting still is as it was when it was added. */
  remove(number: number): void {
    const place = this.#place(number);
    if (this.#list[place] !== number) throw new Error('the oracle lost a meeting');
    this.#list.copyWithin(place, place + 1, this.length);
    this.length -= 1;
  }
}

export const sortedBy = (columns: Columns): Record<SortField, Sorted> =>
  Object.fromEntries(sortFields.map((sort) => [sort, new Sorted(columns, sort)])) as Record<
    SortField,
    Sorted
  >;
