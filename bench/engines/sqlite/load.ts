import { DatabaseSync } from 'node:sqlite';
import type { Columns } from '../../oracle/columns.ts';
import { fillSeen, joinIndexes, seenIndexes, seenTable, settings, tables, words } from './schema.ts';

export const open = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file);
  database.exec(settings);
  return database;
};

/** Owners are numbered by name: the number is what they are sorted by. */
export const ownerNumbers = ({ ownerNames }: Columns): number[] => {
  const names = ownerNames.map((name) => name.toLowerCase());
  const sorted = names.toSorted();
  return names.map((name) => sorted.indexOf(name));
};

export const meetingValues = (
  columns: Columns,
  owners: readonly number[],
  number: number,
): (string | number)[] => [
  number,
  columns.client[number]!,
  owners[columns.owner[number]!]!,
  columns.type[number]!,
  columns.status[number]!,
  columns.priority[number]!,
  columns.start[number]!,
  columns.duration[number]!,
  columns.changed[number]!,
  columns.title[number]!,
  columns.title[number]!.toLowerCase(),
  columns.clientNames[columns.client[number]!]!.toLowerCase(),
  columns.details[number]!,
  JSON.stringify(columns.meeting(number).tags),
  1,
  columns.changed[number]!,
  0,
  0,
];

export const insertMeeting = `INSERT INTO meetings VALUES (${Array.from({ length: 18 }, () => '?').join(', ')})`;

const written =
  'client owner type status priority start duration changed title title_key client_key details tags'.split(
    ' ',
  );
/** Takes all values but the id, then the id. */
export const updateMeeting = `UPDATE meetings SET ${written.map((column) => `${column} = ?`).join(', ')},
  version = version + 1, changed_by = 0 WHERE id = ?`;

function fillTables(database: DatabaseSync, columns: Columns): void {
  const client = database.prepare('INSERT INTO clients VALUES (?, ?)');
  columns.clientNames.forEach((name, id) => client.run(id, name));
  const owners = ownerNumbers(columns);
  const owner = database.prepare('INSERT INTO owners VALUES (?, ?)');
  columns.ownerNames.forEach((name, at) => owner.run(owners[at]!, name));
  const visible = database.prepare('INSERT INTO visible VALUES (?, ?)');
  columns.sees.forEach((clients, user) =>
    clients.forEach((sees, id) => void (sees === 1 && visible.run(user, id))),
  );
  const meeting = database.prepare(insertMeeting);
  const tag = database.prepare('INSERT INTO tags VALUES (?, ?)');
  for (let number = 0; number < columns.count; number += 1) {
    if (columns.lives[number] === 0) continue;
    meeting.run(...meetingValues(columns, owners, number));
    for (const each of columns.meeting(number).tags) tag.run(each, number);
  }
}

/** Everything in one transaction, indexes last, on disk before it is over. */
export function loadJoin(database: DatabaseSync, columns: Columns): void {
  database.exec(tables);
  database.exec('BEGIN');
  fillTables(database, columns);
  for (const index of joinIndexes) database.exec(index);
  database.exec(words);
  database.exec('COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)');
}

/** The other variant, from the tables of the first. */
export function loadSeen(database: DatabaseSync, joinFile: string): void {
  database.exec(tables);
  database.exec(seenTable);
  database.exec(`ATTACH '${joinFile.replaceAll("'", "''")}' AS other`);
  database.exec('BEGIN');
  for (const table of ['clients', 'owners', 'visible', 'meetings', 'tags'])
    database.exec(`INSERT INTO ${table} SELECT * FROM other.${table}`);
  database.exec('CREATE INDEX client_meetings ON meetings (client)');
  database.exec(fillSeen());
  for (const index of seenIndexes) database.exec(index);
  database.exec('COMMIT; DETACH other; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)');
}
