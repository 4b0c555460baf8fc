import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Template } from '../../electron/contract/imports.ts';
import type { Context } from '../../electron/handlers/context.ts';
import { journalHandlers } from '../../electron/handlers/journal.ts';
import { usersHandlers } from '../../electron/handlers/users.ts';
import { startStore, type TestStore } from '../support/startStore.ts';
import { Importing } from './importing.ts';
import { plainRules } from './plainMapping.ts';
import { temporaryFiles } from './temporaryFile.ts';

const file = temporaryFiles();
const journal = journalHandlers({ older: () => Promise.resolve([]) });
let server: TestStore;
beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());

const { sheet: _sheet, ...rules } = plainRules;
const visits: Template = {
  name: 'Visits',
  columns: [
    { header: 'Wer', field: 'client' },
    { header: 'Wann', field: 'start' },
    { header: 'Notiz', field: 'details' },
    { header: 'Notiz', field: null },
  ],
  rules: { ...rules, duplicates: 'skip', viewers: { owners: true, users: [] } },
};

async function desk() {
  const store = await server.newOffice();
  const admin = store.as(store.administrator);
  const { calls } = new Importing();
  let written = 0;
  const writeId = (): string => `template-${String((written += 1))}`;
  const save = (template: Template, user: Context = admin) =>
    calls.saveTemplate({ writeId: writeId(), template }, user);
  const names = async () => (await calls.templates({}, admin)).templates.map(({ name }) => name);
  const inspect = async (headers: string, template?: string | null) => {
    const path = file(`${headers}\nAcme,03/04/2026,one,two\n`);
    const { file: offered } = await calls.offerFile({ path }, admin);
    return calls.inspect(
      { handle: offered.handle, sheet: null, ...(template !== undefined && { template }) },
      admin,
    );
  };
  const undo = (entry: number) => journal.undo({ writeId: writeId(), entry }, admin);
  return { admin, calls, writeId, save, names, inspect, undo };
}

describe('a template', () => {
  it('is used by itself for a file that has its columns, in any order and however they are written', async () => {
    const { save, inspect } = await desk();
    await save({ ...visits, name: 'Short', columns: visits.columns.slice(0, 2) });
    await save(visits);
    const { guess, template } = await inspect('wer,WANN,Notiz,Notiz');
    expect(template).toBe('Visits');
    expect(guess).toEqual({ ...visits.rules, sheet: null, columns: ['client', 'start', 'details', null] });
    expect((await inspect('Wann,Wer,Notiz,Notiz')).guess.columns).toEqual([
      'start',
      'client',
      'details',
      null,
    ]);
    expect(await inspect('Wer,Wann,Other,Another')).toMatchObject({
      template: 'Short',
      guess: { columns: ['client', 'start', null, null] },
    });
    expect((await inspect('Who,Wann,Notiz,Notiz')).template).toBeNull();
  });

  it('is used or left when somebody says so', async () => {
    const { save, inspect } = await desk();
    await save(visits);
    await save({ ...visits, name: 'Other', columns: [{ header: 'Wer', field: 'title' }] });
    expect(await inspect('Wer,Wann,Notiz,Notiz', 'OTHER')).toMatchObject({
      template: 'Other',
      guess: { columns: ['title', null, null, null] },
    });
    expect((await inspect('Wer,Wann,Notiz,Notiz', null)).template).toBeNull();
  });

  it('is replaced by one of the same name, deleted, and each is taken back', async () => {
    const { save, names, calls, writeId, admin, inspect, undo } = await desk();
    const created = await save(visits);
    const replaced = await save({ ...visits, name: 'visits', columns: [{ header: 'Wer', field: 'client' }] });
    expect(await names()).toEqual(['visits']);
    await expect(undo(created.entry)).rejects.toThrow('CONFLICT version');
    await undo(replaced.entry);
    expect(await names()).toEqual(['Visits']);
    expect((await inspect('Wer,Wann,Notiz,Notiz')).guess).toMatchObject(visits.rules);
    const deleted = await calls.deleteTemplate({ writeId: writeId(), name: 'VISITS' }, admin);
    expect(await names()).toEqual([]);
    await undo(deleted.entry);
    expect(await names()).toEqual(['Visits']);
    await expect(calls.deleteTemplate({ writeId: writeId(), name: 'Nope' }, admin)).rejects.toThrow(
      'NOT_FOUND template',
    );
  });

  it('is one of at most a hundred', async () => {
    const { save, names } = await desk();
    for (let number = 0; number < 100; number += 1)
      await save({ ...visits, name: `Number ${String(number)}` });
    await expect(save(visits)).rejects.toThrow('CONFLICT templates');
    await save({ ...visits, name: 'number 7' });
    expect(await names()).toHaveLength(100);
  });

  it('is the business of those who import', async () => {
    const { admin, save, calls, writeId } = await desk();
    const fields = {
      userName: 'ann',
      displayName: 'Ann',
      role: 'adviser',
      seesAllClients: true,
      active: true,
    } as const;
    const { user } = await usersHandlers.create(
      { writeId: writeId(), fields, password: 'long enough' },
      admin,
    );
    const ann = { ...admin, actor: user.id };
    await expect(save(visits, ann)).rejects.toThrow('NOT_ALLOWED');
    await expect(calls.templates({}, ann)).rejects.toThrow('NOT_ALLOWED');
    await expect(calls.deleteTemplate({ writeId: writeId(), name: 'x' }, ann)).rejects.toThrow('NOT_ALLOWED');
  });
});

describe('who sees clients that come with a file', () => {
  const header = 'client,title,date,owner\n';
  const rows =
    'Acme,Lunch,2026-11-21,Ann\nBolt,Call,2026-11-22,Bea\nBolt,Call,2026-11-23,Ann\nCore,Visit,2026-11-24,\n';
  const clientsOf = async (admin: Context) =>
    Object.fromEntries(
      (await usersHandlers.list({}, admin)).users.map(({ displayName, clients }) => [displayName, clients]),
    );

  it('are their owners and the users named, beside those who see all', async () => {
    const { admin, writeId } = await desk();
    const fields = {
      userName: 'cid',
      displayName: 'Cid',
      role: 'adviser',
      seesAllClients: false,
      active: true,
    } as const;
    const { user } = await usersHandlers.create(
      { writeId: writeId(), fields, password: 'long enough' },
      admin,
    );
    const importing = new Importing();
    const report = await importing.run(file(header + rows), admin, (guess) => ({
      ...guess,
      viewers: { owners: true, users: [user.id] },
    }));
    expect(report.counts).toMatchObject({ added: 4 });
    expect(await clientsOf(admin)).toEqual({ 'Ada Min': 3, Ann: 2, Bea: 1, Cid: 3 });
    await journal.undo({ writeId: writeId(), entry: report.entry! }, admin);
    expect(await clientsOf(admin)).toEqual({ 'Ada Min': 0, Cid: 0 });
  });

  it('are not found among strangers: an owner or user who does not exist is refused', async () => {
    const { admin } = await desk();
    const importing = new Importing();
    const nobody = '01a1fdf4-f8b5-70c8-8c27-edeac9c0f633';
    const start = (change: object) =>
      importing.start(file(header + rows), admin, (guess) => ({ ...guess, ...change }));
    await expect(start({ viewers: { owners: false, users: [nobody] } })).rejects.toThrow('NOT_FOUND user');
    await expect(
      start({ owners: { named: [{ name: 'Ann', userId: nobody }], unknown: 'new' } }),
    ).rejects.toThrow('NOT_FOUND owner');
  });

  it('is told by the names that the mapping gives to owners', async () => {
    const { admin } = await desk();
    const importing = new Importing();
    const report = await importing.run(file(header + rows), admin, (guess) => ({
      ...guess,
      owners: { named: [{ name: 'BEA', userId: admin.actor }], unknown: 'new' },
    }));
    expect(report).toMatchObject({ newUsers: 1 });
    const one = await importing.run(file(header + rows.replaceAll('Ann', 'Zoe')), admin, (guess) => ({
      ...guess,
      owners: { named: [], unknown: 'default' },
    }));
    expect(one).toMatchObject({ newUsers: 0 });
    expect(one.counts).toMatchObject({ updated: 2, unchanged: 2 });
  });
});
