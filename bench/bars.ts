import { engineNames, halfDeepKind, pageKind, userName } from './cells.ts';
import type { Measured } from './measure.ts';
import { sortFields } from './queries.ts';
import type { SizeFacts } from './sizeFacts.ts';

/** A promise about speed: a ratio of medians of one run, judged by its worst cell. */
export interface Bar {
  name: string;
  size: number;
  value: number;
  /** What must be reached, and what is aimed at; null where a value is only reported. */
  bound: number | null;
  aim: number | null;
  /** Whether more is better. */
  atLeast: boolean;
  met: boolean;
  aimed: boolean;
  /** The cell that decided. */
  worst: string;
}

/** One ratio, and which cell it is of. */
interface Ratio {
  value: number;
  of: string;
}

interface Definition {
  name: string;
  atLeast?: boolean;
  /** By size: what must be reached and what is aimed at. */
  at: Readonly<Record<number, readonly [bound: number | null, aim: number | null]>>;
  ratios(times: TimesOf, facts: SizeFacts): Ratio[];
}

const { daybook, join, proofOfConcept } = engineNames;
const users = [0, 1, 2, 3, 4].map(userName);
const pageKinds = sortFields.flatMap((sort) => [pageKind(sort), halfDeepKind(sort)]);
const [small, large] = [100_000, 1_000_000];

/** Medians of one size. */
class TimesOf {
  readonly #medians: Map<string, number>;

  constructor(rows: readonly Measured[], size: number) {
    const own = rows.filter((row) => row.size === size);
    // What is refused takes for ever.
    const median = (row: Measured): number => (row.refused ? Infinity : row.median);
    this.#medians = new Map(own.map((row) => [`${row.kind}|${row.engine}|${row.user}`, median(row)]));
  }

  median(kind: string, engine: string, user = '-'): number {
    return this.#medians.get(`${kind}|${engine}|${user}`) ?? Number.NaN;
  }

  /** Daybook's median of each cell by a floor. */
  byFloor(kinds: readonly string[], floor: string): Ratio[] {
    return kinds.flatMap((kind) =>
      users.map((user) => ({
        value: this.median(kind, daybook, user) / this.median(floor, 'floor'),
        of: `${kind}, ${user}`,
      })),
    );
  }

  /** Another engine's median by Daybook's. */
  overDaybook(kind: string, engine: string, who: readonly string[]): Ratio[] {
    return who.map((user) => ({
      value: this.median(kind, engine, user) / this.median(kind, daybook, user),
      of: `${kind}, ${user}`,
    }));
  }
}

const writes = ['add', 'edit', 'delete'];

const definitions: readonly Definition[] = [
  {
    name: 'page and total, any sort, user, offset / fetching 50',
    at: { [small]: [4, 2.2], [large]: [9, 2.5] },
    ratios: (times) => times.byFloor(pageKinds, 'fetch-50 FCALL'),
  },
  {
    name: 'half-deep / first page',
    at: { [small]: [1.4, 1.2], [large]: [1.4, 1.2] },
    ratios: (times) =>
      sortFields.flatMap((sort) =>
        users.map((user) => ({
          value:
            times.median(halfDeepKind(sort), daybook, user) / times.median(pageKind(sort), daybook, user),
          of: `by ${sort}, ${user}`,
        })),
      ),
  },
  {
    name: 'screen / fetching 50',
    at: { [small]: [4.5, 3], [large]: [14, 7] },
    ratios: (times) => times.byFloor(['screen'], 'fetch-50 FCALL'),
  },
  {
    name: 'proof of concept / Daybook, email and open, u1',
    atLeast: true,
    at: { [small]: [40, 80], [large]: [350, 900] },
    ratios: (times) => times.overDaybook('email+open', proofOfConcept, ['u1']),
  },
  {
    name: 'SQLite by join / Daybook, screen, u1 and u2',
    atLeast: true,
    at: { [small]: [4, 6], [large]: [18, 35] },
    ratios: (times) => times.overDaybook('screen', join, ['u1', 'u2']),
  },
  {
    name: 'SQLite by join / Daybook, screen, u3',
    atLeast: true,
    at: { [small]: [null, null], [large]: [3, 6] },
    ratios: (times) => times.overDaybook('screen', join, ['u3']),
  },
  {
    name: 'count only / PING',
    at: { [small]: [2, 1.7], [large]: [3.2, 2.6] },
    ratios: (times) => times.byFloor(['count only'], 'PING'),
  },
  {
    name: 'memory / SQLite file',
    at: { [small]: [1.15, null], [large]: [1.1, null] },
    ratios: (_, { restart, sqliteBytes }) => [
      { value: restart.memory.residentBytes / sqliteBytes.join, of: 'resident memory after a restart' },
    ],
  },
  {
    name: 'add, edit, delete / SQLite, both on disk before they are acknowledged',
    at: { [small]: [1.8, 1], [large]: [1.6, 1] },
    ratios: (times) =>
      writes.map((kind) => ({
        value: times.median(kind, daybook, 'u1') / times.median(kind, join, 'u1'),
        of: kind,
      })),
  },
  {
    name: 'bulk load, SQLite / Daybook',
    atLeast: true,
    at: { [small]: [1.2, null], [large]: [2, null] },
    ratios: (_, { loadSeconds }) => [{ value: loadSeconds.sqliteJoin / loadSeconds.daybook, of: 'load' }],
  },
];

/** Growth of a time with the number of meetings: its exponent between two sizes. */
function growth(rows: readonly Measured[]): Ratio[] {
  const [before, after] = [new TimesOf(rows, small), new TimesOf(rows, large)];
  return pageKinds.flatMap((kind) =>
    users.map((user) => ({
      value:
        Math.log(after.median(kind, daybook, user) / before.median(kind, daybook, user)) /
        Math.log(large / small),
      of: `${kind}, ${user}`,
    })),
  );
}

type Bounds = readonly [bound: number | null, aim: number | null];

function judge(
  name: string,
  size: number,
  ratios: readonly Ratio[],
  [bound, aim]: Bounds,
  atLeast: boolean,
): Bar {
  const worst = ratios.reduce((one, other) => (one.value > other.value === atLeast ? other : one));
  const value = Math.round(worst.value * 1_000) / 1_000;
  const reaches = (limit: number | null): boolean =>
    limit === null || (atLeast ? worst.value >= limit : worst.value <= limit);
  return {
    name,
    size,
    value,
    bound,
    aim,
    atLeast,
    met: reaches(bound),
    aimed: reaches(aim),
    worst: worst.of,
  };
}

/** Judges every bar that the sizes of a run allow to be judged. */
export function judgeBars(rows: readonly Measured[], sizes: readonly SizeFacts[]): Bar[] {
  const bars = sizes.flatMap((facts) => {
    const times = new TimesOf(rows, facts.size);
    return definitions
      .filter(({ at }) => at[facts.size])
      .map(({ name, at, atLeast = false, ratios }) =>
        judge(name, facts.size, ratios(times, facts), at[facts.size]!, atLeast),
      );
  });
  if (![small, large].every((size) => sizes.some((facts) => facts.size === size))) return bars;
  return [
    ...bars,
    judge(
      'growth from 100,000 to 1,000,000, exponent, page and total',
      large,
      growth(rows),
      [0.45, 0.2],
      false,
    ),
  ];
}
