import { appendFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../electron/contract/users.ts';
import { contract } from '../../electron/contract/index.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { usersHandlers } from '../../electron/handlers/users.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import type { Context } from '../../electron/handlers/context.ts';
import { discardLeftovers } from '../../electron/imports/store/discardLeftovers.ts';
import { MeetingStager } from '../../electron/imports/store/meetingStager.ts';
import { Staging } from '../../electron/imports/store/staging.ts';
import { stagedClient, stagedMeeting, stagedOwner } from '../../electron/imports/store/staged.ts';
import { fold } from '../../electron/text/fold.ts';
import { startStore, type TestStore } from '../support/startStore.ts';
import { contentsOf } from './contentsOf.ts';
import { Importing } from './importing.ts';
import { temporaryFiles } from './temporaryFile.ts';
import { sheetOf } from './workbook.ts';

const file = temporaryFiles();
let server: TestStore;
beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());

const header = 'client,title,date,owner,tags,type\n';

/** A file of some hundred good rows. */
const manyRows = (count: number): string =>
  header +
  Array.from(
    { length: count },
    (_, n) =>
      `Client ${String(n % 97)},Meeting ${String(n)},${String((n % 28) + 1)}/11/2026,Owner ${String(n % 7)},tag ${String(n % 5)},call\n`,
  ).join('');

async function office(): Promise<{ office: TestStore; admin: Context; importing: Importing }> {
  const fresh = await server.newOffice();
  return { office: fresh, admin: fresh.as(fresh.administrator), importing: new Importing() };
}

const meetings = (user: Context, text?: string) =>
  meetingsHandlers.filter(
    contract.meetings.filter.input.parse({ text, limit: 500, facets: ['owner', 'client', 'tag', 'type'] }),
    user,
  );
const clients = (user: Context) =>
  clientsHandlers.list(contract.clients.list.input.parse({ limit: 500 }), user);

async function userOf(context: Context, role: Role, seesAllClients: boolean): Promise<Context> {
  const fields = {
    userName: `${role}.${String(seesAllClients)}`,
    displayName: `Some ${role}`,
    role,
    seesAllClients,
    active: true,
  };
  const input = { writeId: `user-${role}-${String(seesAllClients)}`, fields, password: 'long enough' };
  const { user } = await usersHandlers.create(input, context);
  return { ...context, actor: user.id };
}

describe('an import', () => {
  it('brings meetings, clients, owners and tags, all seen at once', async () => {
    const { admin, importing } = await office();
    const path = file(manyRows(700));
    const importId = await importing.start(path, admin);
    await importing.until(importId, ({ state, rowsAccepted }) => state === 'writing' && rowsAccepted > 0);
    expect((await meetings(admin)).total).toBe(0);
    expect((await clients(admin)).total).toBe(0);
    expect(await importing.over(importId)).toMatchObject({
      state: 'done',
      rowsRead: 700,
      rowsAccepted: 700,
      rowsRefused: 0,
      share: 1,
    });
    expect(await importing.report(importId, admin)).toMatchObject({
      meetings: 700,
      newClients: 97,
      newUsers: 7,
      refusedTotal: 0,
    });

    const page = await meetings(admin);
    expect(page.total).toBe(700);
    expect(page.facets.type?.find(({ value }) => value === 'call')?.count).toBe(700);
    expect(page.facets.tag?.map(({ value, count }) => [value, count])).toEqual(
      ['tag 0', 'tag 1', 'tag 2', 'tag 3', 'tag 4'].map((tag) => [tag, 140]),
    );
    expect(page.facets.owner?.map(({ label, count }) => [label, count])).toEqual(
      ['Owner 0', 'Owner 1', 'Owner 2', 'Owner 3', 'Owner 4', 'Owner 5', 'Owner 6'].map((owner) => [
        owner,
        100,
      ]),
    );
    expect(
      (await meetings(admin, 'meeting 699')).rows.map(({ title, client, start }) => [
        title,
        client.name,
        start,
      ]),
    ).toEqual([['Meeting 699', 'Client 20', { date: '2026-11-28' }]]);
    expect((await clients(admin)).total).toBe(97);
  });

  it('makes owners who cannot sign in, each with a user name of its own', async () => {
    const { office: store, admin, importing } = await office();
    const rows = ['Zoë Adé', 'Zoe Ade', 'ADMIN', 'Admin Admin', '李', '王'].map(
      (owner) => `Acme,Lunch,21/11/2026,${owner},,\n`,
    );
    expect(await importing.run(file(header + rows.join('')), admin)).toMatchObject({
      state: 'done',
      meetings: 6,
      newUsers: 5,
    });
    const { users } = await usersHandlers.list({}, admin);
    expect(users.map(({ userName, displayName, active }) => [userName, displayName, active]).sort()).toEqual([
      ['admin', 'Ada Min', true],
      ['admin.admin', 'Admin Admin', false],
      ['admin2', 'ADMIN', false],
      ['zoe.ade', 'Zoë Adé', false],
      ['李', '李', false],
      ['王', '王', false],
    ]); // prettier-ignore
    expect(new Set(users.map(({ userName }) => fold(userName))).size).toBe(6);
    expect(store.administrator).not.toBe('');
  });

  it('files meetings under clients and owners the office knows already', async () => {
    const { admin, importing } = await office();
    const text = `${header}Škoda,First,21/11/2026,Ada Min,,\nBolt,Second,22/11/2026,,,\n`;
    expect(await importing.run(file(text), admin)).toMatchObject({ meetings: 2, newClients: 2, newUsers: 0 });
    expect(
      await importing.run(
        file(text.replace('Škoda,First', 'SKODA,Third').replace('Second', 'Fourth')),
        admin,
      ),
    ).toMatchObject({
      meetings: 2,
      newClients: 0,
      newUsers: 0,
    });
    const page = await meetings(admin);
    expect(page.facets.client?.map(({ label, count }) => [label, count])).toEqual([['Bolt', 2], ['Škoda', 2]]); // prettier-ignore
    expect(page.facets.owner?.map(({ label, count }) => [label, count])).toEqual([['Ada Min', 4]]);
  });

  it('refuses bad rows with their line and brings in the others', async () => {
    const { admin, importing } = await office();
    const text = `${header}Acme,Good,21/11/2026,,,\n,No client,21/11/2026,,,\n"Acme","Two\nlines",31/02/2026,,,\nAcme,Type,21/11/2026,,,hearing\nAcme,N\0L,21/11/2026,,,\nAcme,Good,22/11/2026,,,call\n`;
    const report = await importing.run(file(text), admin, (guess) => ({
      ...guess,
      columns: ['client', 'title', 'start', 'owner', 'tags', 'type'],
    }));
    expect(report).toMatchObject({ state: 'done', meetings: 2, refusedTotal: 4 });
    expect(report.refused).toEqual([
      { line: 3, reason: 'The row names no client.' },
      { line: 4, reason: 'The date "31/02/2026" does not exist or cannot be read.' },
      { line: 6, reason: 'The type "hearing" is not known.' },
      { line: 7, reason: 'The title holds a control character.' },
    ]);
    expect((await meetings(admin)).total).toBe(2);
  });

  it('counts rows in its progress and meetings in its report, when a row has several clients', async () => {
    const { admin, importing } = await office();
    const path = file(
      `${header}Acme; Bolt; Crest,Fair,21/11/2026,,,\nAcme,Lunch,22/11/2026,,,\n,x,21/11/2026,,,\n`,
    );
    const importId = await importing.start(path, admin, (guess) => ({
      ...guess,
      columns: ['client', 'title', 'start', 'owner', 'tags', 'type'],
      clients: 'several',
    }));
    expect(await importing.over(importId)).toMatchObject({ rowsRead: 3, rowsAccepted: 2, rowsRefused: 1 });
    expect(await importing.report(importId, admin)).toMatchObject({ meetings: 4, newClients: 3 });
  });

  it('of which every row is refused leaves no trace but its report', async () => {
    const { office: store, admin, importing } = await office();
    const before = await contentsOf(store);
    const report = await importing.run(
      file(`${header},a,21/11/2026,,,\nAcme,b,21/11/2026,,,\n`.replace('Acme', ' ')),
      admin,
      (guess) => ({
        ...guess,
        columns: ['client', 'title', 'start', 'owner', 'tags', 'type'],
      }),
    );
    expect(report).toMatchObject({ state: 'done', entry: null, meetings: 0, refusedTotal: 2 });
    expect(await contentsOf(store)).toEqual(before);
  });

  it('by a manager who sees only some clients shows the new ones to that manager, and nobody else of that kind', async () => {
    const { admin, importing } = await office();
    const manager = await userOf(admin, 'manager', false);
    const adviser = await userOf(admin, 'adviser', false);
    await importing.run(file(`${header}Hidden,First,21/11/2026,,,\n`), admin);
    expect(
      await importing.run(file(`${header}Mine,First,21/11/2026,,,\nHidden,Second,21/11/2026,,,\n`), manager),
    ).toMatchObject({ meetings: 2, newClients: 2 });
    expect((await clients(manager)).rows.map(({ name }) => name)).toEqual(['Hidden', 'Mine']);
    expect((await meetings(manager)).total).toBe(2);
    expect((await meetings(adviser)).total).toBe(0);
    expect((await meetings(admin)).total).toBe(3);
  });

  it('belongs to whoever started it', async () => {
    const { admin, importing } = await office();
    const manager = await userOf(admin, 'manager', true);
    const { file: offered } = await importing.calls.offerFile({ path: file(manyRows(3)) }, admin);
    await expect(importing.calls.inspect({ handle: offered.handle, sheet: null }, manager)).rejects.toThrow(
      'NOT_FOUND file',
    );
    await expect(importing.calls.inspect({ handle: 'made-up', sheet: null }, admin)).rejects.toThrow(
      'NOT_FOUND file',
    );
    const importId = await importing.start(file(manyRows(3)), admin);
    await importing.over(importId);
    await expect(importing.report(importId, manager)).rejects.toThrow('NOT_FOUND import');
    await expect(importing.calls.cancel({ importId }, manager)).rejects.toThrow('NOT_FOUND import');
  });

  it('runs alone, and starting it again with the same write id is answered, not done twice', async () => {
    const { admin, importing } = await office();
    const { file: offered } = await importing.calls.offerFile({ path: file(manyRows(2_000)) }, admin);
    const { guess } = await importing.calls.inspect({ handle: offered.handle, sheet: null }, admin);
    const input = { writeId: 'the-same-one', handle: offered.handle, mapping: guess, dryRun: false };
    const [one, same] = await Promise.all([
      importing.calls.start(input, admin),
      importing.calls.start(input, admin),
    ]);
    expect(same).toEqual(one);
    await expect(importing.calls.start({ ...input, writeId: 'another-one' }, admin)).rejects.toThrow(
      'CONFLICT import',
    );
    await importing.over(one.importId);
    expect(await importing.calls.start(input, admin)).toEqual(one);
    expect((await meetings(admin)).total).toBe(2_000);
    expect((await importing.calls.start({ ...input, writeId: 'another-one' }, admin)).importId).not.toBe(
      one.importId,
    );
  });

  it('is refused with a mapping that cannot work', async () => {
    const { admin, importing } = await office();
    const path = file(manyRows(3));
    const start = (change: Parameters<Importing['start']>[2]): Promise<string> =>
      importing.start(path, admin, change);
    await expect(
      start((guess) => ({
        ...guess,
        columns: guess.columns.map((field) => (field === 'client' ? null : field)),
      })),
    ).rejects.toThrow('INVALID_INPUT The mapping names no column for the client');
    const nobody = '01a1fdf4-f8b5-70c8-8c27-edeac9c0f633';
    await expect(
      start((guess) => ({ ...guess, defaults: { ...guess.defaults, ownerId: nobody } })),
    ).rejects.toThrow('NOT_FOUND owner');
    const importId = await start((guess) => ({ ...guess, columns: [...guess.columns, null] }));
    expect(await importing.over(importId)).toMatchObject({
      state: 'failed',
      message: 'The file no longer has the columns that were mapped.',
    });
  });
});

describe('an import that does not come to its end leaves nothing', () => {
  it('when it is cancelled', async () => {
    const { office: store, admin, importing } = await office();
    const before = await contentsOf(store);
    const importId = await importing.start(file(manyRows(5_000)), admin);
    await importing.until(importId, ({ rowsAccepted }) => rowsAccepted > 500);
    await importing.calls.cancel({ importId }, admin);
    expect(await importing.over(importId)).toMatchObject({ state: 'cancelled' });
    expect((await meetings(admin)).total).toBe(0);
    expect((await usersHandlers.list({}, admin)).users).toHaveLength(1);
    expect(await contentsOf(store)).toEqual(before);
    await expect(importing.calls.cancel({ importId }, admin)).rejects.toThrow('CONFLICT');
    expect(await importing.run(file(manyRows(10)), admin)).toMatchObject({ state: 'done', meetings: 10 });
  });

  it.each<[string, (path: string) => void, string]>([
    ['vanishes', (path) => rmSync(path), 'The file vanished while it was read.'],
    ['grows', (path) => appendFileSync(path, 'x'), 'The file was changed while it was read.'],
  ])('when its file %s', async (_name, change, message) => {
    const { office: store, admin, importing } = await office();
    const before = await contentsOf(store);
    // More rows than the reader can be ahead of the store.
    const path = file(manyRows(40_000));
    const importId = await importing.start(path, admin);
    await importing.until(importId, ({ rowsAccepted }) => rowsAccepted > 0);
    change(path);
    const ended = await importing.over(importId);
    expect(ended.state).toBe('failed');
    expect(ended.message).toBe(message);
    expect((await meetings(admin)).total).toBe(0);
    expect(await contentsOf(store)).toEqual(before);
  });

  it('when its workbook turns out to be damaged at the end', async () => {
    const { office: store, admin, importing } = await office();
    const before = await contentsOf(store);
    const rows = Array.from({ length: 30_000 }, (_, n) => [
      `Client ${String(n % 9)}`,
      `Meeting ${String(n)}`,
      '2026-11-21',
    ]);
    const book = sheetOf(['client', 'title', 'date'], ...rows);
    // The checksum of the sheet, in the list of parts.
    const at = book.lastIndexOf('xl/worksheets/sheet1.xml') - 46 + 16;
    book.writeUInt32LE((book.readUInt32LE(at) ^ 1) >>> 0, at);
    const importId = await importing.start(file(book, 'meetings.xlsx'), admin);
    const ended = await importing.over(importId);
    expect(ended).toMatchObject({ state: 'failed', message: 'The workbook is damaged.' });
    expect(ended.rowsAccepted).toBeGreaterThan(0);
    expect((await meetings(admin)).total).toBe(0);
    expect(await contentsOf(store)).toEqual(before);
  });

  it('when the program ended in the middle of it: what is left goes at the next start', async () => {
    const { office: store, admin } = await office();
    const before = await contentsOf(store);
    const staging = await Staging.begin(store.store, store.administrator, 'lost.csv');
    const [client] = await staging.clients([
      stagedClient({ name: 'Lost', kind: 'company', city: '', ownerId: null, notes: '' }),
    ]);
    const [ownerId = ''] = await staging.owners([stagedOwner('Nobody')]);
    const fields = {
      title: 'Lost',
      details: 'words',
      type: 'call',
      status: 'open',
      priority: 'low',
      tags: ['t'],
      start: { date: '2026-11-21' },
      durationMinutes: null,
    } as const;
    const stager = await MeetingStager.of(store.store, staging, store.administrator);
    const meeting = stagedMeeting({ ...fields, tags: ['t'] }, 'UTC');
    await stager.stage(Array.from({ length: 450 }, () => ({ meeting, client: client!, ownerId })));
    expect((await meetings(admin)).total).toBe(0);
    await discardLeftovers(store.store);
    expect(await contentsOf(store)).toEqual(before);
    await expect(staging.commit('too-late-now')).rejects.toThrow('NOT_FOUND import');
    await discardLeftovers(store.store);
  });
});

describe('files reach the program by dialog or drop only', () => {
  it('and only ordinary files are taken', async () => {
    const { admin, importing } = await office();
    importing.chosen = null;
    expect(await importing.calls.chooseFile(undefined, admin)).toEqual({ file: null });
    importing.chosen = file('client,date\nAcme,21/11/2026\n', 'Übersicht 2026.csv');
    expect((await importing.calls.chooseFile(undefined, admin)).file).toMatchObject({
      name: expect.stringMatching(/Übersicht 2026\.csv$/) as string,
      bytes: 28,
    });
    for (const path of ['/no/such/file.csv', 'relative.csv', import.meta.dirname, '/dev/zero', 'a\0b', '']) {
      await expect(importing.calls.offerFile({ path }, admin)).rejects.toThrow('NOT_FOUND file');
    }
  });

  it('and a file that is no table is refused in one sentence', async () => {
    const { admin, importing } = await office();
    const { file: offered } = await importing.calls.offerFile({ path: file('', 'empty.csv') }, admin);
    await expect(importing.calls.inspect({ handle: offered.handle, sheet: null }, admin)).rejects.toThrow(
      'INVALID_INPUT The file is empty',
    );
  });
});
