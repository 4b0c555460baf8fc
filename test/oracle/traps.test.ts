import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { usersHandlers } from '../../electron/handlers/users.ts';
import { stagedOwner } from '../../electron/imports/store/staged.ts';
import { Staging } from '../../electron/imports/store/staging.ts';
import { daily, nextWriteId } from '../support/office.ts';
import { startStore } from '../support/startStore.ts';
import { deskOf } from './desk.ts';
import type { TestStore } from '../support/startStore.ts';

const up = (...fields: string[]): object => ({ sort: fields.map((by) => ({ by, direction: 'ascending' })) });

// What random questions found once is asked by name from then on.
describe('traps that random questions found', () => {
  let store: TestStore;
  let office: ReturnType<typeof daily>;

  beforeAll(async () => {
    store = await startStore();
  });
  afterAll(() => store.stop());

  it('clients of one name and one count are listed by id', async () => {
    office = daily(await store.newOffice());
    const ids: string[] = [];
    for (let left = 25; left > 0; left -= 1) ids.push((await office.client('Smith')).id);
    for (const clientId of ids) await office.meeting({ clientId, title: 'hello' });
    const { facets } = await office.filter({ facets: ['client'] });
    expect(facets.client?.map(({ value }) => value)).toEqual(ids.slice(0, 20));
  });

  it('meetings made in the same millisecond are listed in the order of making', async () => {
    office = daily(await store.newOffice());
    const client = await office.client('Acme');
    const made = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        office.meeting({ clientId: client.id, title: String(999 - at) }),
      ),
    );
    const instants = made.map(({ meeting }) => meeting.createdAt);
    expect(new Set(instants).size).toBeLessThan(200);
    expect(instants).toEqual(instants.toSorted());
    const { rows } = await office.filter({ ...up('created', 'title'), limit: 500 });
    expect(rows.map(({ id }) => id)).toEqual(made.map(({ meeting }) => meeting.id));
  });

  it('a list by the longest titles can be followed', async () => {
    office = daily(await store.newOffice());
    const client = await office.client('ﷺ'.repeat(200));
    for (const letter of 'abc')
      await office.meeting({ clientId: client.id, title: 'ﷺ'.repeat(299) + letter });
    const { cursor } = await office.filter({ ...up('client', 'title'), limit: 1 });
    const next = await office.filter({ ...up('client', 'title'), limit: 5, cursor });
    expect(next.rows.map((row) => row.title.at(-1))).toEqual(['b', 'c']);
  });

  it('whoever deleted a client may take that back', async () => {
    const here = await store.newOffice();
    office = daily(here);
    const adviser = await office.user('Bob', 'adviser');
    const client = await office.client('Acme', adviser.id);
    await office.meeting({ clientId: client.id, title: 'hello' }, adviser.id);
    const request = { actor: adviser.id, writeId: 'delete-it-once', id: client.id, version: 1 };
    const { entry } = (await here.store.call('clients_delete', request)) as { entry: number };
    expect(await office.titles({}, adviser.id)).toEqual([]);
    const words = { remove: [], add: [] };
    await here.store.call('journal_undo', {
      actor: adviser.id,
      writeId: 'undo-it-once',
      entry,
      words,
      tagFolds: [],
    });
    expect(await office.titles({}, adviser.id)).toEqual(['hello']);
  });

  it('a meeting taken back never names an owner nobody knows', async () => {
    const here = await store.newOffice();
    office = daily(here);
    const desk = deskOf(here);
    const client = await office.client('Acme');
    const staging = await Staging.begin(here.store, here.administrator, 'register.csv');
    const [ownerId] = await staging.owners([stagedOwner('Old Owner')]);
    const imported = await staging.commit(nextWriteId());
    const { meeting } = await office.meeting({ clientId: client.id, title: 'hello', ownerId });
    const deletion = { writeId: nextWriteId(), id: meeting.id, version: 1 };
    const { entry } = await meetingsHandlers.delete(deletion, here.as(here.administrator));
    await desk.ask('journal.undo', { writeId: nextWriteId(), entry: imported.entry });
    await desk.ask('journal.undo', { writeId: nextWriteId(), entry });
    const { rows } = await office.filter({});
    const names = await usersHandlers.names({}, here.as(here.administrator));
    const known = names.users.map(({ id }) => id);
    expect(rows.filter(({ owner }) => !known.includes(owner.id))).toEqual([]);
  });
});
