import { emailOpen, type Asked, type Query, queryMaker, sortFields, textKinds } from './queries.ts';

/** Engines by name, as tables and files name them. */
export const engineNames = {
  daybook: 'daybook',
  join: 'sqlite join',
  materialised: 'sqlite materialised',
  pageOnly: 'sqlite page only',
  proofOfConcept: 'proof of concept',
} as const;
export type EngineName = (typeof engineNames)[keyof typeof engineNames];

/** One thing that is measured: a kind of question, asked by one user. */
export interface Cell {
  readonly kind: string;
  /** By number; 0 is u1. */
  readonly user: number;
  readonly engines: readonly EngineName[];
  /** Where the page is: half-way down what matches, or after the page before it. */
  readonly from: 'first' | 'half-deep' | 'cursor';
  /** The next question, which was not asked before. */
  next(): Query;
}

export const userName = (user: number): string => `u${String(user + 1)}`;
export const pageKind = (sort: string): string => `page+total by ${sort}`;
export const halfDeepKind = (sort: string): string => `half-deep by ${sort}`;

const { daybook, join, materialised, pageOnly, proofOfConcept } = engineNames;
const variants = [daybook, join, materialised];

/** Every cell of the benchmark. @param owners how many users may own meetings */
export function cellsOf(owners: number): Cell[] {
  const cells: Cell[] = [];
  const add = (
    kind: string,
    user: number,
    asked: Asked,
    engines: readonly EngineName[] = variants,
    from: Cell['from'] = 'first',
  ): void => {
    const next = queryMaker(asked, { users: owners }, 7_000 + cells.length);
    cells.push({ kind, user, engines, from, next });
  };
  for (const user of [0, 1, 2, 3, 4]) {
    for (const sort of sortFields) {
      add(pageKind(sort), user, { sort });
      add(halfDeepKind(sort), user, { sort }, variants, 'half-deep');
    }
    add('screen', user, { counts: true });
    add('count only', user, { limit: 0 });
    add('cursor next page', user, {}, variants, 'cursor');
    for (const text of textKinds) add(`text ${text}`, user, { text, sort: 'start' }, [daybook, join]);
    add('page alone', user, { sort: 'start', unfiltered: true }, [daybook, pageOnly]);
  }
  const query: Query = {
    filter: emailOpen,
    sort: 'start',
    descending: false,
    offset: 0,
    limit: 50,
    counts: false,
  };
  cells.push({
    kind: 'email+open',
    user: 0,
    engines: [daybook, join, proofOfConcept],
    from: 'first',
    next: () => query,
  });
  return cells;
}

/**
 * Every how many rounds an engine is asked: slow ones less often where there are many meetings. Multiples of
 * `comparedEvery`, so that whatever a slow engine answers is compared.
 */
export function askedEvery(engine: EngineName, kind: string, size: number): number {
  if (engine === daybook || engine === pageOnly) return 1;
  if (engine === proofOfConcept) return size >= 1_000_000 ? 25 : size >= 100_000 ? 10 : 2;
  const isSlow = /^(half-deep|text|screen)/.test(kind);
  if (size >= 1_000_000) return isSlow ? 20 : 10;
  if (size >= 100_000) return isSlow ? 4 : 2;
  return 1;
}

/** Every how many rounds the answers to a cell are compared with the oracle's. */
export const comparedEvery = (kind: string, size: number): number =>
  size >= 1_000_000 ? (kind.startsWith('text') ? 20 : 5) : 1;
