import type { SortField } from '../../queries.ts';

/** Column that meetings are sorted by. Owners are numbered by name, and names of clients stand with each meeting. */
export const sortColumn: Readonly<Record<SortField, string>> = {
  start: 'start',
  created: 'id',
  changed: 'changed',
  duration: 'duration',
  priority: 'priority',
  title: 'title_key',
  client: 'client_key',
  owner: 'owner',
};

/** Settings that favour SQLite: a cache larger than the file, the file mapped into memory; durable as Daybook's writes. */
export const settings = `
  PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -1048576; PRAGMA mmap_size = 2147418112; PRAGMA threads = 1;`;

export const tables = `
  CREATE TABLE clients (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE owners (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE visible (user INTEGER, client INTEGER, PRIMARY KEY (user, client)) WITHOUT ROWID;
  CREATE TABLE meetings (id INTEGER PRIMARY KEY, client INTEGER, owner INTEGER, type INTEGER, status INTEGER,
    priority INTEGER, start INTEGER, duration INTEGER, changed INTEGER, title TEXT, title_key TEXT, client_key TEXT,
    details TEXT, tags TEXT, version INTEGER, created INTEGER, created_by INTEGER, changed_by INTEGER);
  CREATE TABLE tags (tag TEXT, meeting INTEGER, PRIMARY KEY (tag, meeting)) WITHOUT ROWID;`;

/** A word of any three letters, found inside words. Texts are kept in \`meetings\` only. */
export const words = `
  CREATE VIRTUAL TABLE words USING fts5(body, content = '', contentless_delete = 1, tokenize = 'trigram');
  INSERT INTO words (rowid, body)
    SELECT m.id, m.title || char(10) || m.details || char(10) || c.name FROM meetings m JOIN clients c ON c.id = m.client;`;

const sorts = Object.entries(sortColumn) as [SortField, string][];

/** One index a sort field that holds all a filter looks at, and four to count by; meetings are found in them alone. */
export const joinIndexes: readonly string[] = [
  ...sorts.map(
    ([sort, column]) =>
      `CREATE INDEX by_${sort} ON meetings (${column === 'id' ? 'id' : `${column}, id`}, ${['type', 'status', 'owner', 'client', 'start', 'priority'].filter((each) => each !== column).join(', ')})`,
  ),
  'CREATE INDEX count_type ON meetings (type, status, priority, owner, client, start)',
  'CREATE INDEX count_status ON meetings (status, type, priority, owner, client, start)',
  'CREATE INDEX count_owner ON meetings (owner, type, status, priority, client, start)',
  'CREATE INDEX count_client ON meetings (client, type, status, priority, owner, start)',
];

/** Each user's meetings as rows of their own, with every sort order and the same ways to count. */
export const seenTable = `
  CREATE TABLE seen (user INTEGER, id INTEGER, client INTEGER, owner INTEGER, type INTEGER, status INTEGER,
    priority INTEGER, start INTEGER, duration INTEGER, changed INTEGER, title_key TEXT, client_key TEXT);`;

export const seenIndexes: readonly string[] = [
  'CREATE INDEX seen_row ON seen (id)',
  ...sorts.map(
    ([sort, column]) =>
      `CREATE INDEX seen_${sort} ON seen (user, ${column === 'id' ? 'id' : `${column}, id`}, ${['type', 'status', 'owner', 'start', 'priority'].filter((each) => each !== column).join(', ')})`,
  ),
  'CREATE INDEX seen_count_type ON seen (user, type, status, priority, owner, start)',
  'CREATE INDEX seen_count_status ON seen (user, status, type, priority, owner, start)',
  'CREATE INDEX seen_count_owner ON seen (user, owner, type, status, priority, start)',
];

const seenColumns =
  'm.id, m.client, m.owner, m.type, m.status, m.priority, m.start, m.duration, m.changed, m.title_key, m.client_key';

/** Rows of \`seen\` for all meetings, or those that match. */
export const fillSeen = (which = ''): string =>
  `INSERT INTO seen SELECT v.user, ${seenColumns} FROM visible v CROSS JOIN meetings m WHERE m.client = v.client ${which}`;
