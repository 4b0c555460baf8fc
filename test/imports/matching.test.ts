import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../electron/contract/failure.ts';
import { contract } from '../../electron/contract/index.ts';
import type { Mapping } from '../../electron/contract/imports.ts';
import type { Context } from '../../electron/handlers/context.ts';
import { journalHandlers } from '../../electron/handlers/journal.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { usersHandlers } from '../../electron/handlers/users.ts';
import { discardLeftovers } from '../../electron/imports/store/discardLeftovers.ts';
import { startStore, type TestStore } from '../support/startStore.ts';
import { contentsOf } from './contentsOf.ts';
import { Importing } from './importing.ts';
import { temporaryFiles } from './temporaryFile.ts';

const file = temporaryFiles();
let server: TestStore;
beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());

const header = 'id,client,title,date,owner,status,details,tags\n';
const columns: Mapping['columns'] = [
  'externalId', 'client', 'title', 'start', 'owner', 'status', 'details', 'tags',
]; // prettier-ignore
const mapped = (guess: Mapping): Mapping => ({ ...guess, columns, dateOrder: 'iso' });
const journal = journalHandlers({ older: () => Promise.resolve([]) });

async function newOffice() {
  const store = await server.newOffice();
  const admin = store.as(store.administrator);
  const importing = new Importing();
  const run = (rows: string, change: (mapping: Mapping) => Mapping = (mapping) => mapping, user = admin) =>
    importing.run(file(header + rows), user, (guess) => change(mapped(guess)));
  const dryRun = (rows: string, user = admin) => importing.run(file(header + rows), user, mapped, true);
  return { store, admin, importing, run, dryRun };
}

const list = async (user: Context, text?: string) =>
  (
    await meetingsHandlers.filter(
      contract.meetings.filter.input.parse({ text, limit: 500, sort: [{ by: 'created', direction: 'ascending' }] }),
      user,
    )
  ).rows; // prettier-ignore

/** What people see of all meetings, without the stamps of the last change. */
const seen = async (user: Context, text?: string) =>
  (await list(user, text)).map(
    ({ version: _version, changedAt: _at, changedBy: _by, ...meeting }) => meeting,
  );

describe('a file that comes again', () => {
  const rows = [
    'A1,Acme,Lunch,2026-11-21,Ann,open,With wine,food; drink',
    ',Acme,Lunch,2026-11-21,Ann,open,First,',
    ',Acme,Lunch,2026-11-21,Bea,closed,Second,',
    ',ACME,lunch,2026-11-21,Bea,closed,Third,',
    ',Bolt,Fair,2026-11-22 09:30,,,,',
    '',
  ].join('\n');

  it('changes nothing, however often rows of it occur', async () => {
    const { admin, run } = await newOffice();
    expect(await run(rows)).toMatchObject({ state: 'done', meetings: 5, newClients: 2, newUsers: 2 });
    const before = await list(admin);
    const again = await run(rows);
    expect(again).toMatchObject({ state: 'done', entry: null, newClients: 0, newUsers: 0 });
    expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: 5, duplicates: 2, refused: 0 });
    expect(await list(admin)).toEqual(before);
  });

  it('says line by line what changes, and what it leaves empty stays', async () => {
    const { admin, run } = await newOffice();
    await run(rows);
    const next =
      'A1,Bolt,Dinner,2026-12-01,Cid,,,drink; food\n,Bolt,Fair,2026-11-22 09:30,,planned,,\n,New,Call,2026-12-02,,,,\n';
    const report = await run(next);
    expect(report.counts).toMatchObject({ all: 3, added: 1, updated: 2, unchanged: 0 });
    expect(report).toMatchObject({ newClients: 1, newUsers: 1, left: 0 });
    expect(report.rows).toMatchObject([
      {
        line: 2,
        outcome: 'updated',
        client: 'Bolt',
        title: 'Dinner',
        changes: [
          { field: 'client', before: 'Acme', after: 'Bolt' },
          { field: 'owner', before: 'Ann', after: 'Cid' },
          { field: 'title', before: 'Lunch', after: 'Dinner' },
          { field: 'start', before: '2026-11-21', after: '2026-12-01' },
        ],
      },
      { line: 3, outcome: 'updated', changes: [{ field: 'status', before: 'closed', after: 'planned' }] },
    ]);
    const [first, ...others] = await list(admin);
    expect(first).toMatchObject({
      ...{ client: { name: 'Bolt' }, owner: { name: 'Cid' }, title: 'Dinner', start: { date: '2026-12-01' } },
      ...{ status: 'open', details: 'With wine', tags: ['food', 'drink'], version: 2 },
    });
    expect(others.map(({ client, title, version }) => [client.name, title, version])).toEqual([
      ...Array.from({ length: 3 }, () => ['Acme', expect.stringMatching(/lunch/i) as string, 1]),
      ['Bolt', 'Fair', 2],
      ['New', 'Call', 1],
    ]);
    expect((await seen(admin, 'dinner')).map(({ title }) => title)).toEqual(['Dinner']);
    expect(await seen(admin, 'wine')).toHaveLength(1);
  });

  it('and is taken back as a whole, what it changed included', async () => {
    const { admin, run } = await newOffice();
    await run(rows);
    const before = await seen(admin);
    const { entry } = await run('A1,Nova,Dinner,2026-12-01,Cid,closed,x,y\nA2,New,Call,2026-12-02,,,,\n');
    expect(await seen(admin, 'dinner')).toHaveLength(1);
    await journal.undo({ writeId: 'undo-the-import', entry: entry! }, admin);
    expect(await seen(admin)).toEqual(before);
    expect(await seen(admin, 'dinner')).toEqual([]);
    expect(await seen(admin, 'wine')).toHaveLength(1);
    const { users } = await usersHandlers.list({}, admin);
    expect(users.map(({ displayName }) => displayName).toSorted()).toEqual(['Ada Min', 'Ann', 'Bea']);
    // The id of what went is free again.
    expect((await run('A2,New,Call,2026-12-02,,,,\n')).counts).toMatchObject({ added: 1 });
  });

  it('and is not taken back when somebody changed one of its meetings since', async () => {
    const { admin, run } = await newOffice();
    await run(rows);
    const { entry } = await run('A1,Acme,Dinner,2026-12-01,,,,\n');
    const [meeting] = await list(admin, 'dinner');
    const { id, version, client, owner, title: _title, ...others } = meeting!;
    const { details, type, status, priority, tags, start, durationMinutes } = others;
    const fields = { details, type, status, priority, tags, start, durationMinutes };
    const ids = { clientId: client.id, ownerId: owner.id };
    await meetingsHandlers.update(
      { writeId: 'edit-the-meeting', id, version, fields: { ...fields, ...ids, title: 'Supper' } },
      admin,
    );
    await expect(journal.undo({ writeId: 'undo-the-import', entry: entry! }, admin)).rejects.toThrow(
      'CONFLICT touched',
    );
    expect(await seen(admin, 'supper')).toHaveLength(1);
    // An edit by hand does not cut the meeting off from the program it came from.
    expect((await run('A1,Acme,Supper,2026-12-01,,,,\n')).counts).toMatchObject({ unchanged: 1 });
  });

  it('and gives meetings without an id the one it has now', async () => {
    const { run } = await newOffice();
    await run(',Acme,Lunch,2026-11-21,,,,\n');
    const report = await run('A7,Acme,Lunch,2026-11-21,,,,\n');
    expect(report.rows).toMatchObject([{ changes: [{ field: 'externalId', before: '', after: 'A7' }] }]);
    expect((await run('A7,Bolt,Moved,2026-11-23,,,,\n')).counts).toMatchObject({ updated: 1, added: 0 });
  });
});

describe('a cell that holds an empty list', () => {
  it('is empty: what is there stays', async () => {
    const { admin, run } = await newOffice();
    await run('A1,Acme,Lunch,2026-11-21,Ann,open,With wine,food\n');
    const before = await list(admin);
    const report = await run('A1,Acme,[],2026-11-21,[],[],[],[]\n');
    expect(report.counts).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await list(admin)).toEqual(before);
  });
});

describe('rows that a file has twice', () => {
  const rows = ',Acme,Lunch,2026-11-21,Ann,,,\n,Bolt,Call,2026-11-21,,,,\n,acme,LUNCH,2026-11-21,Bea,,,\n';

  it('are told with the line of the first one, and come in', async () => {
    const { run } = await newOffice();
    const report = await run(rows);
    expect(report.counts).toMatchObject({ added: 3, duplicates: 1, skipped: 0 });
    expect(report.rows).toMatchObject([{ line: 4, outcome: 'added', duplicateOf: 2 }]);
  });

  it('or are left out, with owners that nobody else names', async () => {
    const { admin, run } = await newOffice();
    const skip = (mapping: Mapping): Mapping => ({ ...mapping, duplicates: 'skip' });
    const report = await run(rows, skip);
    expect(report.counts).toMatchObject({ added: 2, duplicates: 1, skipped: 1 });
    expect(report).toMatchObject({ newUsers: 1 });
    expect((await run(rows, skip)).counts).toMatchObject({ added: 0, unchanged: 2, skipped: 1 });
    expect(await list(admin)).toHaveLength(2);
  });

  it('are refused when they have one id', async () => {
    const { run } = await newOffice();
    const report = await run('A1,Acme,Lunch,2026-11-21,,,,\nA1,Bolt,Call,2026-11-21,,,,\n');
    expect(report.counts).toMatchObject({ added: 1, refused: 1 });
    expect(report.refused).toEqual([{ line: 3, reason: 'The id "A1" stands in line 2 already.' }]);
  });

  it('are refused when one has the id that another one gives its second client', async () => {
    const { run } = await newOffice();
    const several = (mapping: Mapping): Mapping => ({ ...mapping, clients: 'several' });
    const rows = 'A1,Acme; Bolt,Fair,2026-11-21,,,,\nA1/2,Core,Fair,2026-11-21,,,,\n';
    const report = await run(rows, several);
    expect(report.refused).toEqual([{ line: 3, reason: 'The id "A1/2" stands in line 2 already.' }]);
    expect((await run(rows, several)).counts).toMatchObject({ added: 0, unchanged: 2, refused: 1 });
  });

  it('but not when one row has several clients', async () => {
    const { run } = await newOffice();
    const several = (mapping: Mapping): Mapping => ({ ...mapping, clients: 'several' });
    const row = 'A1,Acme; Bolt,Fair,2026-11-21,,,,\n';
    expect((await run(row, several)).counts).toMatchObject({ added: 2, refused: 0 });
    expect((await run(row, several)).counts).toMatchObject({ added: 0, unchanged: 2 });
  });
});

describe('a dry run', () => {
  it('says what the import does, and writes nothing', async () => {
    const { store, admin, run, dryRun, importing } = await newOffice();
    await run('A1,Acme,Lunch,2026-11-21,Ann,open,,\n');
    const rows =
      'A1,Acme,Dinner,2026-11-21,,,,\n,New,Call,2026-12-02,Bob,,,\n,New,Call,2026-12-02,Bob,,,\n,,No client,2026-12-02,,,,\n';
    const [before, meetings] = [await contentsOf(store), await list(admin)];
    const told = await dryRun(rows);
    expect(told).toMatchObject({ state: 'done', dryRun: true, entry: null, newClients: 1, newUsers: 1 });
    expect(told.rows.map(({ line, outcome, duplicateOf }) => [line, outcome, duplicateOf])).toEqual([
      ...[[2, 'updated', null], [3, 'added', null], [4, 'added', 3], [5, 'refused', null]],
    ]); // prettier-ignore
    expect(await list(admin)).toEqual(meetings);
    expect(await contentsOf(store)).toEqual(before);
    const filtered = await importing.calls.report(
      { importId: told.importId, show: 'duplicates', offset: 0, limit: 10 },
      admin,
    );
    expect(filtered).toMatchObject({ listed: 1, rows: [{ line: 4 }] });

    const done = await run(rows);
    expect(done.counts).toEqual(told.counts);
    expect(done).toMatchObject({ newClients: 1, newUsers: 1 });
  });

  it('is written to a file that spreadsheets read, and in which nothing is a formula', async () => {
    const { admin, dryRun, run, importing } = await newOffice();
    await run('A1,Acme,Lunch,2026-11-21,,,,\n');
    const { importId } = await dryRun(
      'A1,Acme,Dinner,2026-11-21,,closed,,\nA2,"=1+1, Inc",Call,2026-11-22,,,,\n',
    );
    expect(await importing.calls.exportReport({ importId, show: 'all' }, admin)).toEqual({ fileName: null });
    importing.chosenForReport = path.join(path.dirname(file('')), 'report.csv');
    expect(await importing.calls.exportReport({ importId, show: 'all' }, admin)).toEqual({
      fileName: 'report.csv',
    });
    expect(readFileSync(importing.chosenForReport, 'utf8').split('\n')).toEqual([
      '\ufeffLine,Outcome,Same as line,Client,Title,Start,Field,Before,After,Reason',
      '2,updated,,Acme,Dinner,2026-11-21,title,Lunch,Dinner,',
      `3,added,,"'=1+1, Inc",Call,2026-11-22,,,,`,
      '',
    ]);
  });
});

describe('whoever does not see a client', () => {
  it('neither changes its meetings by an import nor learns of them', async () => {
    const { admin, run, dryRun } = await newOffice();
    await run('A1,Hidden,Lunch,2026-11-21,Ann,open,,\n');
    const fields = {
      userName: 'mia',
      displayName: 'Mia',
      role: 'manager',
      seesAllClients: false,
      active: true,
    } as const;
    const { user } = await usersHandlers.create(
      { writeId: 'make-the-user', fields, password: 'long enough' },
      admin,
    );
    const mia = { ...admin, actor: user.id };
    const rows = 'A1,Hidden,Lunch,2026-11-21,,closed,,\n';
    expect((await dryRun(rows, mia)).counts).toMatchObject({ added: 1, updated: 0, unchanged: 0 });
    expect((await run(rows, undefined, mia)).counts).toMatchObject({ added: 1 });
    expect((await list(admin)).map(({ status }) => status)).toEqual(['open', 'closed']);
    // Each finds their own again.
    expect((await run(rows, undefined, mia)).counts).toMatchObject({ unchanged: 1 });
    expect((await run(rows)).rows).toMatchObject([
      { changes: [{ field: 'status', before: 'open', after: 'closed' }] },
    ]);
    expect((await run(rows)).counts).toMatchObject({ unchanged: 1 });
  });
});

describe('the id of another program', () => {
  it('still finds a meeting that was deleted and came back, although the file came meanwhile', async () => {
    const { admin, run } = await newOffice();
    await run('A1,Acme,Lunch,2026-11-21,,,,\n');
    const [{ id, version } = { id: '', version: 0 }] = await list(admin);
    const { entry } = await meetingsHandlers.delete({ writeId: 'delete-the-meeting', id, version }, admin);
    const { entry: imported } = await run('A1,Acme,Lunch,2026-11-21,,,,\n');
    await journal.undo({ writeId: 'undo-the-deletion', entry }, admin);
    await journal.undo({ writeId: 'undo-the-import', entry: imported! }, admin);
    expect((await run('A1,Acme,Dinner,2026-11-22,,,,\n')).counts).toMatchObject({ added: 0, updated: 1 });
    expect((await list(admin)).map((meeting) => [meeting.id, meeting.title])).toEqual([[id, 'Dinner']]);
  });

  it('is forgotten when the import that gave it is taken back', async () => {
    const { store, admin, run } = await newOffice();
    await run(',Acme,Lunch,2026-11-21,,,,\n');
    const { entry } = await run('A7,Acme,Lunch,2026-11-21,,,,\n');
    await journal.undo({ writeId: 'undo-the-import', entry: entry! }, admin);
    expect(await store.redis.hgetall(`{ins:${String(store.number)}}:external_ids`)).toEqual({});
  });
});

describe('what a report says of an owner', () => {
  it('is who it will be, not whom the file names', async () => {
    const { run } = await newOffice();
    const whoever = (mapping: Mapping): Mapping => ({
      ...mapping,
      owners: { named: [], unknown: 'default' },
    });
    await run('A1,Acme,Lunch,2026-11-21,Ann,,,\n');
    const report = await run('A1,Acme,Lunch,2026-11-21,Zoe,,,\n', whoever);
    expect(report.rows).toMatchObject([{ changes: [{ field: 'owner', before: 'Ann', after: 'Ada Min' }] }]);
  });
});

describe('owners of meetings that move to a new client', () => {
  it('see that client when owners are to see new clients', async () => {
    const { admin, run } = await newOffice();
    const shown = (mapping: Mapping): Mapping => ({ ...mapping, viewers: { owners: true, users: [] } });
    await run('A1,Acme,Lunch,2026-11-21,Ann,,,\n', shown);
    await run('A1,Bolt,Lunch,2026-11-21,,,,\n', shown);
    const { users } = await usersHandlers.list({}, admin);
    expect(users.map(({ displayName, clients }) => [displayName, clients])).toEqual([['Ada Min', 2], ['Ann', 2]]); // prettier-ignore
  });
});

describe('many updates', () => {
  it('that move meetings to a new client leave no such client when they are taken back', async () => {
    const { store, admin, run } = await newOffice();
    const moved = (client: string): string =>
      Array.from({ length: 2_500 }, (_, n) => `X${String(n)},${client},M,2026-11-21,,,,\n`).join('');
    await run(moved('Acme'));
    const { entry } = await run(moved('Bolt'));
    await journal.undo({ writeId: 'undo-the-import', entry: entry! }, admin);
    const { clients } = (await store.store.call('clients_names', {
      actor: admin.actor,
      after: -1,
      limit: 9,
    })) as {
      clients: { nameKey: string }[];
    };
    expect(clients.map(({ nameKey }) => nameKey)).toEqual(['acme']);
  });

  const rows = (status: string): string =>
    Array.from(
      { length: 2_500 },
      (_, n) => `X${String(n)},Client ${String(n % 9)},Meeting ${String(n)},2026-11-21,,${status},,\n`,
    ).join('');

  it('are all made, also when the program ends on the way, and all taken back', async () => {
    const { store, admin, run } = await newOffice();
    await run(rows('open'));
    const count = async (status: 'open' | 'closed'): Promise<number> =>
      (
        await meetingsHandlers.filter(
          contract.meetings.filter.input.parse({
            where: { field: 'status', op: 'anyOf', values: [status] },
            limit: 0,
          }),
          admin,
        )
      ).total;
    const cutOff = cutOffAtSettling(admin);
    await run(rows('closed'), undefined, cutOff);
    // The first thousand are in; nobody went on with the others.
    expect([await count('open'), await count('closed')]).toEqual([1_500, 1_000]);
    await discardLeftovers(store.store);
    expect([await count('open'), await count('closed')]).toEqual([0, 2_500]);
    const [{ entry } = { entry: 0 }] = (await journal.list({ limit: 3_000 }, admin)).entries.filter(
      ({ noun, action }) => noun === 'import' && action === 'import',
    );
    await expect(journal.undo({ writeId: 'undo-the-import', entry }, cutOff)).rejects.toThrow(
      'STORE_UNAVAILABLE',
    );
    const half = [await count('open'), await count('closed')] as const;
    expect(half[0]).toBeGreaterThan(500);
    expect(half[1]).toBe(2_500 - half[0]);
    await discardLeftovers(store.store);
    expect([await count('open'), await count('closed')]).toEqual([2_500, 0]);
  });
});

/** A store that is gone as soon as an import is to be brought to its end. */
function cutOffAtSettling(user: Context): Context {
  const { store } = user;
  return {
    ...user,
    store: {
      ...store,
      call(name, request, ...bytes) {
        if (name === 'imports_settle') return Promise.reject(new Failure('STORE_UNAVAILABLE', 'test'));
        return store.call(name, request, ...bytes);
      },
    },
  };
}
