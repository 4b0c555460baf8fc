import type { Answer, Row } from '../answer.ts';
import type { BenchMeeting } from '../generate.ts';
import {
  facetValues,
  type Filter,
  type Query,
  type ShortFacet,
  shortFacets,
  type SortField,
} from '../queries.ts';
import type { Columns } from './columns.ts';
import { type Sorted, sortedBy } from './sorted.ts';
import { dayBegins, dayEnds } from './zone.ts';

/** 1 for each value that is wanted; all are when none is named. */
function wanted(values: readonly number[], count: number): Uint8Array {
  const flags = new Uint8Array(count).fill(values.length === 0 ? 1 : 0);
  for (const value of values) flags[value] = 1;
  return flags;
}

/** Looks at every meeting for every question: slow, simple, and shares nothing with any engine. */
export class Oracle {
  readonly columns: Columns;
  readonly #sorted: Record<SortField, Sorted>;

  constructor(columns: Columns) {
    this.columns = columns;
    this.#sorted = sortedBy(columns);
  }

  add(number: number, meeting: BenchMeeting, changedAt: number): void {
    this.columns.write(number, meeting, changedAt);
    for (const sorted of Object.values(this.#sorted)) sorted.add(number);
  }

  edit(number: number, meeting: BenchMeeting, changedAt: number): void {
    for (const sorted of Object.values(this.#sorted)) sorted.remove(number);
    this.add(number, meeting, changedAt);
  }

  delete(number: number): void {
    for (const sorted of Object.values(this.#sorted)) sorted.remove(number);
    this.columns.delete(number);
  }

  /** Renames a client; all its meetings move in the order by client. */
  rename(client: number, name: string): void {
    this.columns.clientNames[client] = name;
    this.#sorted.client = sortedBy(this.columns).client;
  }

  show(user: number, client: number, shown: boolean): void {
    this.columns.sees[user]![client] = shown ? 1 : 0;
  }

  /** How many meetings match, as the user sees them. */
  total(user: number, filter: Filter): number {
    const matches = this.#matcher(user, filter);
    let total = 0;
    for (let number = 0; number < this.columns.count; number += 1) if (matches(number)) total += 1;
    return total;
  }

  answer(user: number, query: Query): Answer {
    const matches = this.#matcher(user, query.filter);
    const total = this.total(user, query.filter);
    const numbers = this.#page(matches, total, query);
    return {
      rows: numbers.map((number) => this.#row(number)),
      total,
      counts: query.counts ? this.#counts(user, query.filter) : null,
    };
  }

  #page(matches: (number: number) => boolean, total: number, query: Query): number[] {
    const sorted = this.#sorted[query.sort];
    const found: number[] = [];
    let skip = query.offset;
    if (skip >= total) return found;
    for (let step = 0; step < sorted.length && found.length < query.limit; step += 1) {
      const number = sorted.at(query.descending ? sorted.length - 1 - step : step);
      if (!matches(number)) continue;
      if (skip > 0) skip -= 1;
      else found.push(number);
    }
    return found;
  }

  /** Each facet under all conditions but its own. */
  #counts(user: number, filter: Filter): Record<ShortFacet, number[]> {
    const count = (facet: ShortFacet): number[] => {
      const counts = facetValues[facet].map(() => 0);
      const matches = this.#matcher(user, facet === 'priority' ? filter : { ...filter, [facet]: [] });
      const values = this.columns[facet];
      for (let number = 0; number < this.columns.count; number += 1)
        if (matches(number)) counts[values[number]!]! += 1;
      return counts;
    };
    return Object.fromEntries(shortFacets.map((facet) => [facet, count(facet)])) as Record<
      ShortFacet,
      number[]
    >;
  }

  #matcher(user: number, filter: Filter): (number: number) => boolean {
    const { lives, client, owner, type, status, start, title, details, clientNames } = this.columns;
    const sees = this.columns.sees[user]!;
    const types = wanted(filter.type, facetValues.type.length);
    const statuses = wanted(filter.status, facetValues.status.length);
    const from = filter.days ? dayBegins(filter.days[0]) : -Infinity;
    const to = filter.days ? dayEnds(filter.days[1]) : Infinity;
    const { owner: ownedBy, text } = filter;
    const says = (number: number, part: string): boolean =>
      title[number]!.toLowerCase().includes(part) ||
      details[number]!.toLowerCase().includes(part) ||
      clientNames[client[number]!]!.toLowerCase().includes(part);
    return (number) =>
      lives[number] === 1 &&
      sees[client[number]!] === 1 &&
      types[type[number]!] === 1 &&
      statuses[status[number]!] === 1 &&
      (ownedBy === null || owner[number] === ownedBy) &&
      start[number]! >= from &&
      start[number]! < to &&
      (text === null || says(number, text));
  }

  #row(number: number): Row {
    const { client, owner, ...meeting } = this.columns.meeting(number);
    return {
      number,
      client: this.columns.clientNames[client]!,
      owner: this.columns.ownerNames[owner]!,
      ...meeting,
    };
  }
}
