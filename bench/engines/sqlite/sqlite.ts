import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Answer, Row } from '../../answer.ts';
import type { Columns } from '../../oracle/columns.ts';
import { facetValues, type Query, type ShortFacet, shortFacets } from '../../queries.ts';
import type { Change, Engine, Place, Ready } from '../engine.ts';
import { ownerNumbers } from './load.ts';
import { sortColumn } from './schema.ts';
import {
  type After,
  type Asker,
  countStatement,
  facetStatement,
  pageStatement,
  type Statement,
  type Variant,
  type Viewer,
} from './statements.ts';
import { SqliteWriter } from './writer.ts';

type PageRow = [number, string, string, number, number, number, string, number, number, string, string];

const rowOf = (row: PageRow): Row => ({
  number: row[0],
  client: row[9],
  owner: row[10],
  title: row[1],
  details: row[2],
  type: facetValues.type[row[3]]!,
  status: facetValues.status[row[4]]!,
  priority: facetValues.priority[row[5]]!,
  tags: JSON.parse(row[6]) as string[],
  start: new Date(row[7]).toISOString(),
  durationMinutes: row[8],
});

interface Reply {
  rows: PageRow[];
  total: number | null;
  counts: Record<ShortFacet, number[]> | null;
}

/** SQLite in this very process, with each statement prepared once. */
export class Sqlite implements Engine {
  readonly name: string;
  readonly writer: SqliteWriter;
  readonly #database: DatabaseSync;
  readonly #variant: Variant;
  readonly #owners: readonly number[];
  readonly #viewers: readonly Viewer[];
  readonly #commonFrom: number;
  readonly #prepared = new Map<string, StatementSync>();
  /** Leaves totals out, to show what a page alone costs. */
  readonly #withTotal: boolean;

  constructor(name: string, database: DatabaseSync, variant: Variant, columns: Columns, withTotal = true) {
    this.name = name;
    this.#database = database;
    this.#variant = variant;
    this.#withTotal = withTotal;
    this.#owners = ownerNumbers(columns);
    this.#commonFrom = columns.count / 500;
    this.#viewers = columns.sees.map((clients, user) => ({
      user,
      share: clients.reduce((sum, sees) => sum + sees, 0) / clients.length,
    }));
    this.writer = new SqliteWriter(database, columns, this.#owners, name.includes('materialised'));
  }

  ready(user: number, query: Query, after?: Place): Ready {
    const viewer = this.#viewers[user]!;
    const from = after && this.#after(viewer, query, after);
    return {
      ask: () => this.#ask(viewer, query, from),
      read: (reply) => {
        const { rows, total, counts } = reply as Reply;
        return { rows: rows.map(rowOf), total, counts } satisfies Answer;
      },
    };
  }

  readyChange(change: Change): Promise<() => void> {
    return Promise.resolve(() => this.writer.write(change));
  }

  /** How SQLite answers a question: its query plans, a line each. */
  plans(user: number, query: Query): string[] {
    const asker = this.#asker(this.#viewers[user]!);
    const statements = [
      pageStatement(asker, query),
      countStatement(asker, query.filter),
      ...shortFacets.map((facet) => facetStatement(asker, query.filter, facet)),
    ];
    return statements.flatMap(({ sql, values }) =>
      this.#database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...values)
        .map(({ detail }) => String(detail)),
    );
  }

  #asker(viewer: Viewer): Asker {
    return { variant: this.#variant, viewer, owners: this.#owners, commonFrom: this.#commonFrom };
  }

  #ask(viewer: Viewer, query: Query, after: After | undefined): Reply {
    const asker = this.#asker(viewer);
    if (query.counts) {
      const counts = Object.fromEntries(
        shortFacets.map((facet) => [facet, this.#counts(asker, query, facet)]),
      ) as Record<ShortFacet, number[]>;
      // Priorities are never filtered by, so their counts add up to the total.
      const total = counts.priority.reduce((sum, count) => sum + count, 0);
      return { rows: this.#all<PageRow>(pageStatement(asker, query, after, total)), total, counts };
    }
    const total = this.#withTotal ? this.#total(asker, query) : null;
    if (query.limit === 0) return { rows: [], total, counts: null };
    const rows = this.#all<PageRow>(pageStatement(asker, query, after, total ?? Infinity));
    return { rows, total, counts: null };
  }

  #total(asker: Asker, query: Query): number {
    return this.#all<[number]>(countStatement(asker, query.filter))[0]![0];
  }

  #counts(asker: Asker, query: Query, facet: ShortFacet): number[] {
    const counts = facetValues[facet].map(() => 0);
    const statement = facetStatement(asker, query.filter, facet);
    for (const [value, count] of this.#all<[number, number]>(statement)) counts[value] = count;
    return counts;
  }

  #after(viewer: Viewer, query: Query, { rowsBefore }: Place): After {
    const before = { ...query, limit: 1, offset: rowsBefore - 1 };
    const [last] = this.#all<PageRow>(pageStatement(this.#asker(viewer), before));
    const sql = `SELECT ${sortColumn[query.sort]}, id FROM meetings WHERE id = ?`;
    const [[key, id]] = this.#all<[string | number, number]>({ sql, values: [last![0]] }) as [
      [string | number, number],
    ];
    return { key, id };
  }

  #all<T>({ sql, values }: Statement): T[] {
    let prepared = this.#prepared.get(sql);
    if (!prepared) {
      prepared = this.#database.prepare(sql);
      prepared.setReturnArrays(true);
      this.#prepared.set(sql, prepared);
    }
    return prepared.all(...values) as unknown as T[];
  }
}
