import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../electron/contract/failure.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { journalHandlers } from '../../electron/handlers/journal.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { discardImport } from '../../electron/imports/discardImport.ts';
import { discardLeftovers } from '../../electron/imports/store/discardLeftovers.ts';
import { knownClients } from '../../electron/imports/store/knownNames.ts';
import { MeetingStager } from '../../electron/imports/store/meetingStager.ts';
import { stagedClient, stagedMeeting } from '../../electron/imports/store/staged.ts';
import { Staging } from '../../electron/imports/store/staging.ts';
import { rankOrders } from '../../electron/ranking/rankOrders.ts';
import type { Store } from '../../electron/redis/store.ts';
import { fold } from '../../electron/text/fold.ts';
import { daily, fieldsOf, nextWriteId } from '../support/office.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

const journal = journalHandlers({ older: () => Promise.resolve([]) });
let server: TestStore;
let office: TestStore;
let day: ReturnType<typeof daily>;

beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());
beforeEach(async () => {
  office = await server.newOffice();
  day = daily(office);
});

const actor = () => office.administrator;
const meeting = (title: string, tags: string[] = []) =>
  stagedMeeting(
    {
      title,
      details: '',
      type: 'visit',
      status: 'closed',
      priority: 'normal',
      tags,
      start: { date: '2020-02-18' },
      durationMinutes: null,
    },
    'Europe/Brussels',
  );

/** Stages one new client with some meetings; answers the import's and the client's id, and a way to stage more. */
async function stage(titles: string[], store: Store = office.store) {
  const staging = await Staging.begin(store, actor(), 'register.csv');
  const [client] = await staging.clients([
    stagedClient({ name: 'Newcomer', kind: 'company', city: '', ownerId: null, notes: '' }),
  ]);
  const stager = await MeetingStager.of(store, staging, actor());
  const more = (title: string, under = client!) =>
    stager.stage([{ meeting: meeting(title), client: under, ownerId: actor() }]);
  await stager.stage(
    titles.map((title) => ({ meeting: meeting(title, ['imported']), client: client!, ownerId: actor() })),
  );
  return { importId: staging.importId, clientId: client!.id, more };
}

/** A client of the office, as meetings are filed under it. */
const filed = async (name: string) => (await knownClients(office.store, actor())).get(fold(name))!;

const commit = (importId: string) =>
  office.store.call('imports_commit', { actor: actor(), importId, writeId: nextWriteId() }) as Promise<{
    entry: number;
    meetings: number;
  }>;

/** Everything a person can find out, for comparing before and after. */
async function seen(user = actor()) {
  const page = await day.filter({ facets: ['type', 'status', 'priority', 'owner', 'tag', 'client'] }, user);
  const clients = await clientsHandlers.list({ search: '', offset: 0, limit: 100 }, office.as(user));
  const found = await day.filter({ text: 'imported' }, user);
  return { page, clients, found };
}

describe('an import', () => {
  it('is seen by nobody before it is in, and by everyone who may at once after', async () => {
    const known = await day.client('Known');
    const user = await day.user('Ben', 'adviser', [known.id]);
    const [before, beforeUser] = [await seen(), await seen(user.id)];
    const { importId, more } = await stage(['imported one', 'imported two']);
    await more('imported for Known', await filed('Known'));
    expect(await seen()).toEqual(before);
    expect(await seen(user.id)).toEqual(beforeUser);
    expect(await commit(importId)).toMatchObject({ meetings: 3, newClients: 1, newUsers: 0 });
    expect(await day.titles()).toEqual(['imported for Known', 'imported one', 'imported two']);
    expect(await day.titles({}, user.id)).toEqual(['imported for Known']);
    expect(await day.titles({ text: 'newcom' })).toEqual(['imported one', 'imported two']);
  });

  it('answers a repeated step without doing it again', async () => {
    const twice: Store = {
      ...office.store,
      async call(name, request, ...bytes) {
        const reply = await office.store.call(name, request, ...bytes);
        if ('step' in request) expect(await office.store.call(name, request, ...bytes), name).toEqual(reply);
        return reply;
      },
    };
    const { importId, more } = await stage(['imported one'], twice);
    await more('imported twice?');
    expect(await commit(importId)).toMatchObject({ meetings: 2, newClients: 1 });
    const { facets } = await day.filter({ facets: ['type'] });
    expect(facets.type?.find(({ value }) => value === 'visit')?.count).toBe(2);
  });

  it('refuses a step out of turn, and rows that were not reserved', async () => {
    const { importId } = await stage(['imported one']);
    const step = { actor: actor(), importId, step: 99, count: 8 };
    await expect(office.store.call('imports_reserve', step)).rejects.toMatchObject({ code: 'CONFLICT' });
    const columns = { ...step, step: 5, row: 800, clients: [], owners: [], orders: [] };
    const nothing = new Uint8Array();
    await expect(office.store.call('imports_columns', columns, nothing, nothing)).rejects.toMatchObject({
      code: 'CONFLICT',
      detail: 'rows',
    });
    expect(await commit(importId)).toMatchObject({ meetings: 1 });
  });

  it('cannot come in while some of its rows are not filled', async () => {
    const { importId } = await stage(['imported one']);
    await office.store.call('imports_reserve', { actor: actor(), importId, step: 5, count: 8 });
    await expect(commit(importId)).rejects.toMatchObject({ code: 'CONFLICT' });
    await discardImport(office.store, importId);
    expect(await office.store.call('imports_pending', {})).toEqual({ imports: [] });
  });

  it('writes the records that writing them one by one would write', async () => {
    const { importId } = await stage(['Größe “1/2” \\ 日本 🦄']);
    await commit(importId);
    const [row] = (await day.filter({})).rows;
    const client = await clientsHandlers.get({ id: row!.client.id }, office.as(actor()));
    const { meeting: again } = await day.meeting({
      ...{ clientId: client.id, title: row!.title, tags: row!.tags, start: row!.start },
      ...{ type: row!.type, status: row!.status, priority: row!.priority, durationMinutes: null },
    });
    const texts = (await office.redis.keys('{ins:*}:meeting:*')).map((key) => office.redis.get(key));
    const records = (await Promise.all(texts)).filter((text) => text?.includes('日本')) as string[];
    const shape = (text: string) =>
      text
        .replaceAll('\\/', '/')
        .replaceAll(row!.id, 'id')
        .replaceAll(again.id, 'id')
        .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'instant');
    expect(records).toHaveLength(2);
    expect(shape(records[0]!)).toBe(shape(records[1]!));
  });

  it('gives each of many meetings an id by which it is found, in the order of the file', async () => {
    const count = 9_000;
    await stage(['imported before']);
    const { importId } = await stage(Array.from({ length: count }, (_, at) => `row ${String(at)}`));
    await commit(importId);
    const sort = [{ by: 'created', direction: 'ascending' }] as const;
    for (const offset of [0, 4_095, 4_096, 8_191, 8_192, count - 1]) {
      const [row] = (await day.filter({ sort: [...sort], offset, limit: 1 })).rows;
      expect(row?.title).toBe(`row ${String(offset)}`);
      const found = await meetingsHandlers.get({ id: row!.id }, office.as(actor()));
      expect(found.title).toBe(row!.title);
    }
  });

  it('that was cut off while its postings were filed takes nothing of others away', async () => {
    const known = await day.client('Known');
    await day.meeting({ clientId: known.id, title: 'imported words stay', tags: ['imported'] });
    const before = await seen();
    const cut: Store = {
      ...office.store,
      call: (name, request, ...bytes) =>
        name === 'imports_postings'
          ? Promise.reject(new Failure('STORE_FULL'))
          : office.store.call(name, request, ...bytes),
    };
    await expect(stage(['imported one', 'imported two'], cut)).rejects.toThrow('STORE_FULL');
    await discardLeftovers(office.store);
    expect(await seen()).toEqual(before);
    expect(await office.store.call('imports_pending', {})).toEqual({ imports: [] });
  });

  it('codes its rows anew when the orders were ranked while it was staged', async () => {
    for (const title of ['Alpha', 'Delta', 'Kilo'])
      await day.meeting({ clientId: (await day.client(title)).id, title });
    const ranking: Store = {
      ...office.store,
      async call(name, request, ...bytes) {
        if (name === 'imports_columns') await rankOrders(office.store);
        return office.store.call(name, request, ...bytes);
      },
    };
    const { importId } = await stage(['Bravo', 'Echo', 'Lima'], ranking);
    await commit(importId);
    const { rows } = await day.filter({ sort: [{ by: 'title', direction: 'ascending' }] });
    expect(rows.map(({ title }) => title)).toEqual(['Alpha', 'Bravo', 'Delta', 'Echo', 'Kilo', 'Lima']);
  });

  it('leaves nothing when it is cancelled', async () => {
    await day.meeting({ clientId: (await day.client('Known')).id, title: 'was here' });
    const before = await seen();
    const keys = async () =>
      (await office.redis.keys(`${'{ins:'}*`))
        .filter((key) => /posting|lexicon|totals|folded|labels|import/.test(key))
        .sort();
    const keysBefore = await keys();
    const { importId } = await stage(['imported one', 'imported two']);
    await discardImport(office.store, importId);
    expect(await seen()).toEqual(before);
    expect(await keys()).toEqual(keysBefore);
    expect(await office.store.call('imports_pending', {})).toEqual({ imports: [] });
  });

  it('stays hidden when its client is deleted and brought back meanwhile', async () => {
    const known = await day.client('Known');
    const { more } = await stage([]);
    await more('imported for Known', await filed('Known'));
    const { entry } = await clientsHandlers.delete(
      { writeId: nextWriteId(), id: known.id, version: 1 },
      office.as(actor()),
    );
    await journal.undo({ writeId: nextWriteId(), entry }, office.as(actor()));
    expect(await day.titles()).toEqual([]);
  });

  it('is taken back whole by one undo', async () => {
    const known = await day.client('Known');
    await day.meeting({ clientId: known.id, title: 'was here' });
    const before = await seen();
    const { importId } = await stage(['imported one', 'imported two']);
    const { entry } = await commit(importId);
    expect((await day.filter()).total).toBe(3);
    await journal.undo({ writeId: nextWriteId(), entry }, office.as(actor()));
    expect(await seen()).toEqual(before);
    await discardLeftovers(office.store);
    expect(await seen()).toEqual(before);
    expect(await office.store.call('imports_pending', {})).toEqual({ imports: [] });
  });

  it('is not taken back when somebody changed one of its meetings since', async () => {
    const { importId } = await stage(['imported one', 'imported two']);
    const { entry } = await commit(importId);
    const { rows } = await day.filter({ text: 'one' });
    await meetingsHandlers.update(
      {
        writeId: nextWriteId(),
        id: rows[0]!.id,
        version: 1,
        fields: { ...fieldsOf(rows[0]!), title: 'edited' },
      },
      office.as(actor()),
    );
    await expect(journal.undo({ writeId: nextWriteId(), entry }, office.as(actor()))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect((await day.filter()).total).toBe(2);
  });

  it('keeps a new client that got other meetings since', async () => {
    const { importId, clientId } = await stage(['imported one']);
    const { entry } = await commit(importId);
    await day.meeting({ clientId, title: 'by hand' });
    await journal.undo({ writeId: nextWriteId(), entry }, office.as(actor()));
    expect(await day.titles()).toEqual(['by hand']);
    expect(
      (await clientsHandlers.list({ search: '', offset: 0, limit: 10 }, office.as(actor()))).rows,
    ).toMatchObject([{ name: 'Newcomer', meetings: 1 }]);
  });
});
