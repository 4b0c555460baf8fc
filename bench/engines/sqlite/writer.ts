import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { BenchMeeting } from '../../generate.ts';
import type { Columns } from '../../oracle/columns.ts';
import { facetValues } from '../../queries.ts';
import type { Change } from '../engine.ts';
import { insertMeeting, updateMeeting } from './load.ts';
import { fillSeen } from './schema.ts';

/** Writes to a variant of SQLite, each in a transaction that is on the disk when it returns. */
export class SqliteWriter {
  readonly #database: DatabaseSync;
  readonly #columns: Columns;
  readonly #owners: readonly number[];
  readonly #isMaterialised: boolean;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, columns: Columns, owners: readonly number[], isMaterialised: boolean) {
    this.#database = database;
    this.#columns = columns;
    this.#owners = owners;
    this.#isMaterialised = isMaterialised;
  }

  write({ kind, number, before, meeting, changedAt }: Change): void {
    this.#transaction(() => {
      if (kind === 'delete') this.#delete(number, meeting);
      else if (before) this.#update(number, before, meeting, changedAt);
      else this.#insert(number, meeting, changedAt);
    });
  }

  /** Its meetings carry its name as a sort key, and as words. */
  rename(client: number, name: string): void {
    this.#transaction(() => {
      this.#run('UPDATE clients SET name = ? WHERE id = ?', name, client);
      this.#run('UPDATE meetings SET client_key = ? WHERE client = ?', name.toLowerCase(), client);
      if (this.#isMaterialised)
        this.#run(
          'UPDATE seen SET client_key = ? WHERE id IN (SELECT id FROM meetings WHERE client = ?)',
          name.toLowerCase(),
          client,
        );
      else
        this.#run(
          `INSERT OR REPLACE INTO words (rowid, body)
           SELECT id, title || char(10) || details || char(10) || ? FROM meetings WHERE client = ?`,
          name,
          client,
        );
    });
  }

  show(user: number, client: number, shown: boolean): void {
    this.#transaction(() => {
      if (shown) this.#run('INSERT INTO visible VALUES (?, ?)', user, client);
      else this.#run('DELETE FROM visible WHERE user = ? AND client = ?', user, client);
      if (!this.#isMaterialised) return;
      if (shown) this.#run(fillSeen('AND v.user = ? AND v.client = ?'), user, client);
      else
        this.#run(
          'DELETE FROM seen WHERE user = ? AND id IN (SELECT id FROM meetings WHERE client = ?)',
          user,
          client,
        );
    });
  }

  #delete(number: number, meeting: BenchMeeting): void {
    this.#run('DELETE FROM meetings WHERE id = ?', number);
    this.#untag(number, meeting);
    if (this.#isMaterialised) this.#run('DELETE FROM seen WHERE id = ?', number);
    else this.#run('DELETE FROM words WHERE rowid = ?', number);
  }

  #update(number: number, before: BenchMeeting, meeting: BenchMeeting, changedAt: number): void {
    const [, ...values] = this.#values(number, meeting, changedAt);
    this.#run(updateMeeting, ...values, number);
    if (before.tags.join() !== meeting.tags.join()) {
      this.#untag(number, before);
      this.#tag(number, meeting);
    }
    if (this.#isMaterialised) {
      this.#run('DELETE FROM seen WHERE id = ?', number);
      this.#run(fillSeen('AND m.id = ?'), number);
    } else if (this.#body(before) !== this.#body(meeting)) {
      this.#run('INSERT OR REPLACE INTO words (rowid, body) VALUES (?, ?)', number, this.#body(meeting));
    }
  }

  #insert(number: number, meeting: BenchMeeting, changedAt: number): void {
    this.#run(insertMeeting, ...this.#values(number, meeting, changedAt), 1, changedAt, 0, 0);
    this.#tag(number, meeting);
    if (this.#isMaterialised) this.#run(fillSeen('AND m.id = ?'), number);
    else this.#run('INSERT INTO words (rowid, body) VALUES (?, ?)', number, this.#body(meeting));
  }

  #tag(number: number, { tags }: BenchMeeting): void {
    for (const tag of tags) this.#run('INSERT INTO tags VALUES (?, ?)', tag, number);
  }

  #untag(number: number, { tags }: BenchMeeting): void {
    for (const tag of tags) this.#run('DELETE FROM tags WHERE tag = ? AND meeting = ?', tag, number);
  }

  #body({ title, details, client }: BenchMeeting): string {
    return `${title}\n${details}\n${this.#columns.clientNames[client]!}`;
  }

  #values(number: number, meeting: BenchMeeting, changedAt: number): (string | number)[] {
    return [
      number,
      meeting.client,
      this.#owners[meeting.owner]!,
      facetValues.type.indexOf(meeting.type),
      facetValues.status.indexOf(meeting.status),
      facetValues.priority.indexOf(meeting.priority),
      Date.parse(meeting.start),
      meeting.durationMinutes,
      changedAt,
      meeting.title,
      meeting.title.toLowerCase(),
      this.#columns.clientNames[meeting.client]!.toLowerCase(),
      meeting.details,
      JSON.stringify(meeting.tags),
    ];
  }

  #transaction(write: () => void): void {
    this.#run('BEGIN IMMEDIATE');
    try {
      write();
      this.#run('COMMIT');
    } catch (error) {
      this.#run('ROLLBACK');
      throw error;
    }
  }

  #run(sql: string, ...values: (string | number)[]): void {
    let prepared = this.#prepared.get(sql);
    if (!prepared) this.#prepared.set(sql, (prepared = this.#database.prepare(sql)));
    prepared.run(...values);
  }
}
