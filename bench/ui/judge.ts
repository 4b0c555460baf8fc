import { fold, searchWords, words } from '../../test/support/oracle/words.ts';
import type { BenchMeeting, BenchOffice } from '../generate.ts';

/** The cells a row is known by: title, client, owner. */
export type Row = readonly [title: string, client: string, owner: string];
export type FacetName = 'Type' | 'Status' | 'Priority' | 'Owner' | 'Tag' | 'Client';

/** What the window shows at a moment: ticked values by facet, as the screen calls them, and what is typed. */
export interface Look {
  readonly ticked: ReadonlyMap<FacetName, ReadonlySet<string>>;
  readonly text: string;
}

/**
 * What the list must show, worked out from what the office was made of, by looking at every meeting. The program has
 * no part in it.
 */
export class Judge {
  readonly #office: BenchOffice;
  /** Numbers of all meetings, the latest first; among those of one moment the one that was filed last. */
  readonly #order: Int32Array;
  /** Words of title, details and client, a space between each two. */
  readonly #texts: string[];

  constructor(office: BenchOffice) {
    this.#office = office;
    const starts = Float64Array.from(office.meetings, ({ start }) => Date.parse(start));
    this.#order = Int32Array.from(office.meetings.keys()).sort(
      (one, other) => starts[other]! - starts[one]! || other - one,
    );
    this.#texts = office.meetings.map(({ title, details, client }) =>
      [title, details, office.clients[client]!].flatMap((text) => words(text)).join(' '),
    );
  }

  get size(): number {
    return this.#order.length;
  }

  /** Numbers of the meetings a look keeps, in the order of the list. */
  kept({ ticked, text }: Look): Int32Array {
    const looked = searchWords(text);
    const wanted = [...ticked].filter(([, values]) => values.size > 0);
    if (looked.length === 0 && wanted.length === 0) return this.#order;
    return this.#order.filter((number) => {
      const meeting = this.#office.meetings[number]!;
      const hasAll = wanted.every(([facet, values]) =>
        this.#valuesOf(meeting, facet).some((value) => values.has(value)),
      );
      return hasAll && looked.every((word) => this.#texts[number]!.includes(word));
    });
  }

  row(number: number): Row {
    const { title, client, owner } = this.#office.meetings[number]!;
    return [title, this.#office.clients[client]!, this.#office.users[owner]!];
  }

  /** The values of a facet as its boxes say them. */
  #valuesOf(meeting: BenchMeeting, facet: FacetName): readonly string[] {
    if (facet === 'Tag') return meeting.tags;
    if (facet === 'Owner') return [this.#office.users[meeting.owner]!];
    if (facet === 'Client') return [this.#office.clients[meeting.client]!];
    const value = meeting[facet.toLowerCase() as 'type' | 'status' | 'priority'];
    return [value === 'sms' ? 'SMS' : `${value[0]!.toUpperCase()}${value.slice(1)}`];
  }
}

/** Parts of words that a person types, found in many or few meetings. */
export const typedWords = ['budget', 'contract', 'postponed', 'training', 'invoice', 'client 12'].map(fold);
