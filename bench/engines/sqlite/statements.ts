import { dayBegins, dayEnds } from '../../oracle/zone.ts';
import { facetValues, type Filter, type Query, type ShortFacet } from '../../queries.ts';
import { sortColumn } from './schema.ts';

/** SQL with its values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** What a user sees, as far as it decides how SQLite is asked. */
export interface Viewer {
  readonly user: number;
  /** Part of all clients, 0 to 1; who sees all is asked without a join. */
  readonly share: number;
}

/** Where the page before ended: the key of its last row and its id. */
export interface After {
  readonly key: string | number;
  readonly id: number;
}

/** Tables to read and the conditions that join them, with the column of ids. */
interface Source {
  readonly from: string;
  readonly holds: readonly string[];
  readonly values: readonly number[];
}

/** How one variant of SQLite finds what a user sees. */
export interface Variant {
  /** @param isOrdered whether the page is read off the index of its order; otherwise what matches is gathered and sorted */
  page(viewer: Viewer, query: Query, after: After | undefined, isOrdered: boolean): Source;
  count(viewer: Viewer, filter: Filter): Source;
}

/** Users of a smaller part of the clients are answered from these, never from all meetings in their order. */
const fewClients = 0.05;
/** About the part of all meetings that one owner has. */
const oneOwner = 0.025;

const clientsFirst = (user: number): Source => ({
  from: 'visible v CROSS JOIN meetings m INDEXED BY count_client',
  holds: ['v.user = ?', 'v.client = m.client'],
  values: [user],
});

// Each form is the quickest that was found at a million meetings: a lookup a row while the page is near, all clients at
// once when it is far.
const isSeen = {
  near: '(SELECT 1 FROM visible v WHERE v.user = ? AND v.client = m.client)',
  far: 'm.client IN (SELECT client FROM visible WHERE user = ?)',
};

/** All that match, in no order: by word or by owner where there is one, else by the user's clients. */
function gathered({ user, share }: Viewer, { owner, text }: Filter): Source {
  if (share === 1) return { from: 'meetings m', holds: [], values: [] };
  if (text !== null && share >= fewClients)
    return { from: 'meetings m', holds: [isSeen.near], values: [user] };
  if (owner === null || share < oneOwner) return clientsFirst(user);
  return { from: 'meetings m INDEXED BY count_owner', holds: [isSeen.near], values: [user] };
}

export const byJoin: Variant = {
  page(viewer, { sort, offset, filter }, after, isOrdered) {
    const { user, share } = viewer;
    if (!isOrdered || share < fewClients) return gathered(viewer, filter);
    const from = `meetings m INDEXED BY by_${sort}`;
    if (share === 1) return { from, holds: [], values: [] };
    const isFar = offset > 0 && !after;
    return { from, holds: [isFar ? isSeen.far : isSeen.near], values: [user] };
  },
  count: gathered,
};

export const materialised: Variant = {
  page: ({ user }, { sort }, _, isOrdered) => ({
    from: isOrdered ? `seen m INDEXED BY seen_${sort}` : 'seen m',
    holds: ['m.user = ?'],
    values: [user],
  }),
  count: ({ user }) => ({ from: 'seen m', holds: ['m.user = ?'], values: [user] }),
};

/** Who asks, and of which variant. */
export interface Asker {
  readonly variant: Variant;
  readonly viewer: Viewer;
  /** Number of each owner, which is what owners are sorted by. */
  readonly owners: readonly number[];
  /** So many meetings that match are common enough to be met soon in the order of the page. */
  readonly commonFrom: number;
}

/** Conditions and their values. */
interface Selection {
  readonly holds: readonly string[];
  readonly values: readonly (string | number)[];
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
const anyOf = (column: string, values: readonly number[]): Selection[] =>
  values.length === 0 ? [] : [{ holds: [`m.${column} IN (${marks(values)})`], values }];

/** @param isEach whether each meeting is looked up among those with the word, rather than all of these gathered first */
function textHolds(text: string, isEach: boolean): Selection {
  if (text.length < 3) {
    const like = `%${text}%`;
    const anywhere =
      '(m.title_key LIKE ? OR m.details LIKE ? OR m.client IN (SELECT id FROM clients WHERE name LIKE ?))';
    return { holds: [anywhere], values: [like, like, like] };
  }
  const found = isEach
    ? 'EXISTS (SELECT 1 FROM words w WHERE words MATCH ? AND w.rowid = m.id)'
    : 'm.id IN (SELECT rowid FROM words WHERE words MATCH ?)';
  return { holds: [found], values: [text] };
}

function selection(source: Source, filter: Filter, owners: readonly number[], isEach = false): Selection {
  const { type, status, owner, days, text } = filter;
  const parts: Selection[] = [source, ...anyOf('type', type), ...anyOf('status', status)];
  if (owner !== null) parts.push({ holds: ['m.owner = ?'], values: [owners[owner]!] });
  if (days)
    parts.push({
      holds: ['m.start >= ? AND m.start < ?'],
      values: [dayBegins(days[0]), dayEnds(days[1])],
    });
  if (text !== null) parts.push(textHolds(text, isEach));
  return { holds: parts.flatMap(({ holds }) => holds), values: parts.flatMap(({ values }) => values) };
}

const where = (holds: readonly string[]): string =>
  holds.length === 0 ? '' : `WHERE ${holds.join(' AND ')}`;

/** @param total how many match, which decides how the page is found; unknown ones are taken for common */
export function pageStatement(asker: Asker, query: Query, after?: After, total = Infinity): Statement {
  const { variant, viewer, owners, commonFrom } = asker;
  const isCommon = total >= commonFrom;
  const source = variant.page(viewer, query, after, isCommon);
  const chosen = selection(source, query.filter, owners, isCommon);
  const holds = [...chosen.holds];
  const values = [...chosen.values];
  const column = `m.${sortColumn[query.sort]}`;
  const direction = query.descending ? 'DESC' : 'ASC';
  if (after) {
    holds.push(`(${column}, m.id) ${query.descending ? '<' : '>'} (?, ?)`);
    values.push(after.key, after.id);
  }
  const order = column === 'm.id' ? `m.id ${direction}` : `${column} ${direction}, m.id ${direction}`;
  const sql = `SELECT d.id, d.title, d.details, d.type, d.status, d.priority, d.tags, d.start, d.duration, c.name, o.name
    FROM (SELECT m.id FROM ${source.from} ${where(holds)} ORDER BY ${order} LIMIT ? OFFSET ?) p
    CROSS JOIN meetings d ON d.id = p.id CROSS JOIN clients c ON c.id = d.client CROSS JOIN owners o ON o.id = d.owner`;
  return { sql, values: [...values, query.limit, after ? 0 : query.offset] };
}

/** The exact total. */
export function countStatement({ variant, viewer, owners }: Asker, filter: Filter): Statement {
  const source = variant.count(viewer, filter);
  const { holds, values } = selection(source, filter, owners);
  return { sql: `SELECT count(*) FROM ${source.from} ${where(holds)}`, values };
}

/** One row a value of the facet: the value and its count. */
export function facetStatement(
  { variant, viewer, owners }: Asker,
  filter: Filter,
  facet: ShortFacet,
): Statement {
  const source = variant.count(viewer, filter);
  const others = facet === 'priority' ? filter : { ...filter, [facet]: [] };
  const { holds, values } = selection(source, others, owners);
  // Counting value by value runs along an index; grouping does not, but walks through a user's clients only once.
  const leads = source.from.includes('count_client') && (facet === 'priority' || filter.type.length === 0);
  if (leads)
    return {
      sql: `SELECT m.${facet}, count(*) FROM ${source.from} ${where(holds)} GROUP BY m.${facet}`,
      values,
    };
  const listed = facetValues[facet].map((_, value) => `(${String(value)})`).join(', ');
  const sql = `SELECT f.column1, (SELECT count(*) FROM ${source.from} ${where([...holds, `m.${facet} = f.column1`])})
    FROM (VALUES ${listed}) f`;
  return { sql, values };
}
