import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { journalHandlers } from '../../electron/handlers/journal.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { discardImport } from '../../electron/imports/discardImport.ts';
import { fold } from '../../electron/text/fold.ts';
import { words } from '../../electron/text/words.ts';
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
const stagedClient = (name: string) => ({
  name,
  kind: 'company',
  city: '',
  notes: '',
  nameKey: fold(name),
  words: words(name),
});
const stagedMeeting = (clientId: string, title: string, tags: string[] = []) => ({
  clientId,
  ownerId: actor(),
  title,
  details: '',
  type: 'visit',
  status: 'closed',
  priority: 'normal',
  tags,
  start: { date: '2020-02-18' },
  startKey: '2020-02-17T23:00:00.000Z',
  titleKey: fold(title),
  durationMinutes: null,
  words: words(title),
  tagFolds: tags.map(fold),
});

/** Stages one new client with some meetings; answers the import's and the client's id. */
async function stage(titles: string[], name = 'Newcomer') {
  const { importId } = (await office.store.call('imports_begin', {
    actor: actor(),
    label: 'register.csv',
  })) as { importId: string };
  const { ids } = (await office.store.call('imports_clients', {
    actor: actor(),
    importId,
    step: 1,
    clients: [stagedClient(name)],
  })) as { ids: string[] };
  await office.store.call('imports_meetings', {
    actor: actor(),
    importId,
    step: 2,
    meetings: titles.map((title) => stagedMeeting(ids[0]!, title, ['imported'])),
  });
  return { importId, clientId: ids[0]! };
}

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
    const { importId } = await stage(['imported one', 'imported two']);
    await office.store.call('imports_meetings', {
      actor: actor(),
      importId,
      step: 3,
      meetings: [stagedMeeting(known.id, 'imported for Known')],
    });
    expect(await seen()).toEqual(before);
    expect(await seen(user.id)).toEqual(beforeUser);
    expect(await commit(importId)).toMatchObject({ meetings: 3, newClients: 1, newUsers: 0 });
    expect(await day.titles()).toEqual(['imported for Known', 'imported one', 'imported two']);
    expect(await day.titles({}, user.id)).toEqual(['imported for Known']);
    expect(await day.titles({ text: 'newcom' })).toEqual(['imported one', 'imported two']);
  });

  it('answers a repeated step without doing it again', async () => {
    const { importId, clientId } = await stage(['imported one']);
    const step = {
      actor: actor(),
      importId,
      step: 3,
      meetings: [stagedMeeting(clientId, 'imported twice?')],
    };
    await office.store.call('imports_meetings', step);
    await office.store.call('imports_meetings', step);
    expect(await commit(importId)).toMatchObject({ meetings: 2 });
  });

  it('refuses a step out of turn', async () => {
    const { importId, clientId } = await stage(['imported one']);
    const step = { actor: actor(), importId, step: 9, meetings: [stagedMeeting(clientId, 'too early')] };
    await expect(office.store.call('imports_meetings', step)).rejects.toMatchObject({ code: 'CONFLICT' });
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
    const { importId } = await stage([]);
    await office.store.call('imports_meetings', {
      actor: actor(),
      importId,
      step: 3,
      meetings: [stagedMeeting(known.id, 'imported for Known')],
    });
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
