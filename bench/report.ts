import type { Bar } from './bars.ts';
import { engineNames, halfDeepKind, pageKind } from './cells.ts';
import type { Measured } from './measure.ts';
import type { Plot } from './plots.ts';
import { sortFields } from './queries.ts';
import type { Results } from './results.ts';
import type { SizeFacts } from './sizeFacts.ts';

const { daybook, join, materialised, proofOfConcept, pageOnly } = engineNames;
const users = ['u1', 'u2', 'u3', 'u4', 'u5'];

const spoken = (us: number): string =>
  us >= 1e6
    ? `${(us / 1e6).toFixed(1)} s`
    : us >= 1e4
      ? `${(us / 1e3).toFixed(0)} ms`
      : us >= 1e3
        ? `${(us / 1e3).toFixed(1)} ms`
        : `${us.toFixed(0)} µs`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const ratio = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toFixed(2));
const sized = (size: number): string => size.toLocaleString('en');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Rows of one size, found by what they are of. */
class Found {
  readonly #rows: Map<string, Measured>;

  constructor(rows: readonly Measured[], size: number) {
    const own = rows.filter((row) => row.size === size);
    this.#rows = new Map(own.map((row) => [`${row.kind}|${row.engine}|${row.user}`, row]));
  }

  row(kind: string, engine: string, user: string): Measured | undefined {
    return this.#rows.get(`${kind}|${engine}|${user}`);
  }

  /** The slowest of some kinds, and its name. */
  slowest(kinds: readonly string[], engine: string, user: string): Measured | undefined {
    return kinds
      .map((kind) => this.row(kind, engine, user))
      .filter((row) => row !== undefined)
      .sort((one, other) => other.median - one.median)[0];
  }
}

const cell = (row: Measured | undefined): string => {
  if (!row) return '';
  if (row.refused) return `refused ${String(row.refused)} of ${String(row.samples)}`;
  return `${spoken(row.median)}${row.samples < 100 ? ` (${String(row.samples)})` : ''}`;
};

const over = (other: Measured | undefined, ours: Measured | undefined): string =>
  other && ours ? ratio(other.median / ours.median) : '';

interface Line {
  name: string;
  kinds: readonly string[];
  users: readonly string[];
}

const lines: readonly Line[] = [
  { name: 'page and total, slowest sort', kinds: sortFields.map(pageKind), users },
  { name: 'page half-way down and total, slowest sort', kinds: sortFields.map(halfDeepKind), users },
  { name: 'screen: page, total, all counts of the short facets', kinds: ['screen'], users },
  { name: 'count only', kinds: ['count only'], users },
  { name: 'next page by cursor', kinds: ['cursor next page'], users },
  { name: 'text, common word', kinds: ['text common'], users },
  { name: 'text, rare word', kinds: ['text rare'], users },
  { name: 'text, two letters', kinds: ['text two letters'], users },
  ...['add', 'edit', 'delete', 'rename largest client'].map((kind) => ({
    name: kind,
    kinds: [kind],
    users: ['u1'],
  })),
  { name: 'show or hide the largest client', kinds: ['show or hide largest client'], users: ['u2'] },
];

function latencies(found: Found): string {
  const head = ['', 'user', 'Daybook', 'SQLite by join', '/ Daybook', 'SQLite materialised', '/ Daybook'];
  const rows = lines.flatMap(({ name, kinds, users }) =>
    users.map((user) => {
      const [ours, one, other] = [daybook, join, materialised].map((engine) =>
        found.slowest(kinds, engine, user),
      );
      return [name, user, cell(ours), cell(one), over(one, ours), cell(other), over(other, ours)];
    }),
  );
  return table(head, rows);
}

function bySort(found: Found): string {
  const head = ['first page / half-way down', ...users];
  const rows = sortFields.map((sort) => [
    sort,
    ...users.map((user) =>
      [pageKind(sort), halfDeepKind(sort)].map((kind) => cell(found.row(kind, daybook, user))).join(' / '),
    ),
  ]);
  return table(head, rows);
}

/** Where SQLite's median is below Daybook's. */
function defeats(rows: readonly Measured[], size: number): string {
  const found = new Found(rows, size);
  const lost = rows
    .filter((row) => row.size === size && [join, materialised, pageOnly].includes(row.engine as typeof join))
    .map((row) => ({ row, ours: found.row(row.kind, daybook, row.user)! }))
    .filter(({ row, ours }) => row.median < ours.median);
  const head = ['what', 'engine', 'users', "Daybook's time / SQLite's"];
  const groups = new Map<string, typeof lost>();
  for (const each of lost) {
    const name = `${each.row.kind}|${each.row.engine}`;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  const body = [...groups.values()].map((group) => {
    const ratios = group.map(({ row, ours }) => ours.median / row.median);
    const range = [...new Set([Math.min(...ratios), Math.max(...ratios)].map(ratio))].join(' to ');
    const { kind, engine } = group[0]!.row;
    return [kind, engine, group.map(({ row }) => row.user).join(', '), range];
  });
  return body.length === 0 ? 'Nowhere at this size.' : table(head, body);
}

const limit = (value: number | null, atLeast: boolean): string =>
  value === null ? '' : `${atLeast ? '≥' : '≤'} ${String(value)}`;

const verdict = ({ bound, met, aimed }: Bar): string =>
  bound === null ? 'reported' : !met ? '**missed**' : aimed ? 'met, the aim too' : 'met';

const barTable = (bars: readonly Bar[]): string =>
  table(
    ['bar', 'meetings', 'value', 'must', 'aim', '', 'worst cell'],
    bars.map((bar) => [
      bar.name,
      sized(bar.size),
      ratio(bar.value),
      limit(bar.bound, bar.atLeast),
      limit(bar.aim, bar.atLeast),
      verdict(bar),
      bar.worst,
    ]),
  );

function memory({ size, restart, sqliteBytes }: SizeFacts): string {
  const { residentBytes, usedBytes, parts } = restart.memory;
  const each = (bytes: number): string => (bytes / size).toFixed(1);
  const rows = parts.map(({ part, keys, bytes, sampled }) => [
    part,
    each(bytes),
    `${sized(keys)}${sampled ? ', sampled' : ''}`,
  ]);
  const sqlite = Object.entries(sqliteBytes.joinParts).map(([part, bytes]) => [part, each(bytes)]);
  return [
    `Resident ${megabytes(residentBytes)} after a restart, of which Redis counts ${megabytes(usedBytes)}. SQLite's file:`,
    `${megabytes(sqliteBytes.join)} with all its indexes and FTS5; ${megabytes(sqliteBytes.materialised)} materialised for five users, without FTS5.`,
    '',
    table(["part of Daybook's memory", 'bytes a meeting', 'keys'], rows),
    '',
    table(["part of SQLite's file", 'bytes a meeting'], sqlite),
  ].join('\n');
}

function floors(found: Found): string {
  return ['PING', 'fetch-50 MGET', 'fetch-50 FCALL']
    .map((kind) => `${kind} ${cell(found.row(kind, 'floor', '-'))}`)
    .join(', ');
}

function email(found: Found): string {
  const [ours, sqlite, first] = [daybook, join, proofOfConcept].map((engine) =>
    found.row('email+open', engine, 'u1'),
  );
  const parts = [`Daybook ${cell(ours)}`, `SQLite ${cell(sqlite)} (${over(sqlite, ours)} times ours)`];
  if (first) parts.push(`the proof of concept ${cell(first)} (${over(first, ours)} times ours)`);
  return parts.join(', ');
}

function sizeSection({ rows }: Results, facts: SizeFacts): string {
  const { size, loadSeconds, restart, compared, asked } = facts;
  const found = new Found(rows, size);
  const load = `Daybook ${loadSeconds.daybook.toFixed(1)} s, SQLite ${loadSeconds.sqliteJoin.toFixed(1)} s`;
  return `## ${sized(size)} meetings

Floors: ${floors(found)}. Emails that are open, first page, u1: ${email(found)}.
Bulk load: ${load}. Restart till the first screen: Daybook ${restart.daybookMs.toFixed(0)} ms, SQLite ${restart.sqliteMs.toFixed(0)} ms.
${sized(compared)} answers (of ${sized(asked)} timed ones and those of the warm-up) were compared with the oracle's: none was wrong.

Medians; behind those of fewer than 100 samples stands their number.

${latencies(found)}

Daybook, page and total by each sort:

${bySort(found)}

### Where SQLite is quicker

${defeats(rows, size)}

### Memory

${memory(facts)}
`;
}

/** The whole report in Markdown. @param drawn plots that lie beside it in plots/ */
export function report(results: Results, drawn: readonly Plot[]): string {
  const { machine, cores, loadAverage, commit, date, versions, rounds, numbers } = results;
  return `# Benchmark

Written by \`npm run bench -- --results\`; [README.md](README.md) says what is measured and how.

- Machine: ${machine}; load average when the run began: ${String(loadAverage)}
- Commit ${commit}, ${date.slice(0, 10)}, Node ${versions.node}, Redis ${versions.redis}, SQLite ${versions.sqlite}
- ${String(rounds)} rounds; every kind asks a different question in each; ${sized(numbers)} different numbers in titles

${
  loadAverage > cores
    ? 'The machine was busy when the run began. Others push long calls aside more often than short ones, so ratios to the floors are too\nhigh, and what runs inside this process looks better than what runs beside it.\n\n'
    : ''
}## Bars

Each is a ratio of medians of this run, judged by its worst cell.

${barTable(results.bars)}

${results.sizes.map((facts) => sizeSection(results, facts)).join('\n')}
## Plots

${drawn.map(({ name, title }) => `![${title}](plots/${name}.svg)`).join('\n')}
`;
}
