import { Random } from '../test/support/random.ts';
import { shares, subjects, verbs } from './generate.ts';

/** Values of the short facets in the fixed order in which they are counted; everywhere here a value is its place in it. */
export const facetValues = {
  type: Object.keys(shares.type),
  status: Object.keys(shares.status),
  priority: Object.keys(shares.priority),
} as const;
export type ShortFacet = keyof typeof facetValues;
export const shortFacets = Object.keys(facetValues) as ShortFacet[];

export const sortFields = [
  'start',
  'created',
  'changed',
  'duration',
  'priority',
  'title',
  'client',
  'owner',
] as const;
export type SortField = (typeof sortFields)[number];

/** Which meetings are wanted. Empty lists and nulls ask for nothing. */
export interface Filter {
  readonly type: readonly number[];
  readonly status: readonly number[];
  readonly owner: number | null;
  /** First and last day, as `2020-05-31`, both included, in the office's zone. */
  readonly days: readonly [string, string] | null;
  /** One word of small letters or digits, looked for inside words. */
  readonly text: string | null;
}

/** One question, the same for every engine. */
export interface Query {
  readonly filter: Filter;
  readonly sort: SortField;
  readonly descending: boolean;
  readonly offset: number;
  /** 0: only the total is wanted. */
  readonly limit: number;
  /** Whether all values of the three short facets are counted. */
  readonly counts: boolean;
}

export const everything: Filter = { type: [], status: [], owner: null, days: null, text: null };
export const emailOpen: Filter = {
  ...everything,
  type: [facetValues.type.indexOf('email')],
  status: [facetValues.status.indexOf('open')],
};

const numbersOf = (list: readonly unknown[]): number[] => list.map((_, at) => at);
const two = (number: number): string => String(number).padStart(2, '0');

/** At most three types and statuses, sometimes an owner, sometimes a range of days. */
function drawFilter(random: Random, users: number): Filter {
  const some = (list: readonly unknown[]): number[] =>
    numbersOf(list)
      .filter(() => random.chance(0.5))
      .slice(0, 3);
  const type = some(facetValues.type);
  const status = some(facetValues.status);
  const owner = random.chance(0.3) ? random.between(0, users - 1) : null;
  if (!random.chance(0.3)) return { type, status, owner, days: null, text: null };
  const year = random.between(2018, 2024);
  const day = `${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
  return { type, status, owner, days: [`${String(year)}-${day}`, `${String(year + 1)}-${day}`], text: null };
}

const letters = [...new Set([...subjects, ...verbs].flatMap((text) => text.toLowerCase().split(' ')))];
const pairs = [
  ...new Set(letters.flatMap((word) => [...word].slice(1).map((_, at) => word.slice(at, at + 2)))),
];

/** A word in a tenth of all meetings or more; a number in one of thousands; two letters from inside words. */
export const drawText = {
  common: (random: Random): string => random.pick(subjects).toLowerCase(),
  rare: (random: Random): string => String(random.between(1_000, 5_000)),
  'two letters': (random: Random): string => random.pick(pairs),
} as const;
export type TextKind = keyof typeof drawText;
export const textKinds = Object.keys(drawText) as TextKind[];

/** What a cell of the benchmark asks for, beside what is drawn anew for each round. */
export interface Asked {
  readonly sort?: SortField;
  readonly limit?: number;
  readonly counts?: boolean;
  readonly text?: TextKind;
  /** Asks for everything the user sees. */
  readonly unfiltered?: boolean;
}

/**
 * Questions of one cell of the benchmark, each asked once: a filter that was drawn before is drawn anew.
 * @param seed of the cell, so that no two cells ask alike
 */
export function queryMaker(asked: Asked, office: { users: number }, seed: number): () => Query {
  const random = new Random(seed);
  const seen = new Set<string>();
  const draw = (): Query => {
    const filter = asked.unfiltered ? everything : drawFilter(random, office.users);
    return {
      filter: asked.text ? { ...filter, text: drawText[asked.text](random) } : filter,
      sort: asked.sort ?? random.pick(sortFields),
      descending: random.chance(0.5),
      offset: 0,
      limit: asked.limit ?? 50,
      counts: asked.counts ?? false,
    };
  };
  return () => {
    for (let tries = 0; ; tries += 1) {
      const query = draw();
      const name = JSON.stringify(query.filter);
      if (seen.has(name) && !asked.unfiltered && tries < 1_000) continue;
      seen.add(name);
      return query;
    }
  };
}
