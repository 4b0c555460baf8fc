import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { journalHandlers } from '../../electron/handlers/journal.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { usersHandlers } from '../../electron/handlers/users.ts';
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

const admin = () => office.as(office.administrator);
const undo = (entry: number, actor = office.administrator) =>
  journal.undo({ writeId: nextWriteId(), entry }, office.as(actor));

describe('undo', () => {
  it('takes back a new meeting, and brings it back when that is undone no further', async () => {
    const client = await day.client('Acme');
    const { entry } = await day.meeting({ clientId: client.id, title: 'Written by mistake' });
    await undo(entry);
    expect(await day.titles()).toEqual([]);
    await expect(undo(entry)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('restores the words, tags and client a changed meeting had', async () => {
    const [acme, other] = [await day.client('Acme'), await day.client('Other')];
    const { meeting } = await day.meeting({ clientId: acme.id, title: 'Budget talk', tags: ['spring'] });
    const changed = await meetingsHandlers.update(
      {
        writeId: nextWriteId(),
        id: meeting.id,
        version: 1,
        fields: { ...fieldsOf(meeting), clientId: other.id, title: 'Lunch', tags: ['summer'] },
      },
      admin(),
    );
    expect(await day.titles({ text: 'budget' })).toEqual([]);
    await undo(changed.entry);
    expect(await day.titles({ text: 'budg' })).toEqual(['Budget talk']);
    expect(await day.titles({ text: 'lunch' })).toEqual([]);
    expect(await day.titles({ where: { field: 'client', op: 'anyOf', values: [acme.id] } })).toEqual([
      'Budget talk',
    ]);
    expect(await day.titles({ where: { field: 'tag', op: 'anyOf', values: ['summer'] } })).toEqual([]);
  });

  it('brings a deleted meeting back as it was', async () => {
    const client = await day.client('Acme');
    const { meeting } = await day.meeting({ clientId: client.id, title: 'Kept after all', tags: ['a'] });
    const { entry } = await meetingsHandlers.delete(
      { writeId: nextWriteId(), id: meeting.id, version: 1 },
      admin(),
    );
    expect((await day.filter({ facets: ['tag'] })).facets.tag).toEqual([]);
    await undo(entry);
    const page = await day.filter({ facets: ['tag'], text: 'kept' });
    expect(page.rows[0]).toMatchObject({ title: 'Kept after all', deletedAt: null, version: 3 });
    expect(page.facets.tag).toEqual([{ value: 'a', label: 'a', count: 1 }]);
  });

  it('refuses when somebody built on the entry since', async () => {
    const client = await day.client('Acme');
    const { meeting, entry } = await day.meeting({ clientId: client.id, title: 'First' });
    await meetingsHandlers.update(
      {
        writeId: nextWriteId(),
        id: meeting.id,
        version: 1,
        fields: { ...fieldsOf(meeting), title: 'Second' },
      },
      admin(),
    );
    await expect(undo(entry)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await day.titles()).toEqual(['Second']);
  });

  it('brings a deleted client back with its meetings, but not the meetings deleted before it', async () => {
    const client = await day.client('Acme');
    const { meeting } = await day.meeting({ clientId: client.id, title: 'Deleted first' });
    await day.meeting({ clientId: client.id, title: 'Stays' });
    await meetingsHandlers.delete({ writeId: nextWriteId(), id: meeting.id, version: 1 }, admin());
    const { entry } = await clientsHandlers.delete(
      { writeId: nextWriteId(), id: client.id, version: 1 },
      admin(),
    );
    expect(await day.titles()).toEqual([]);
    await undo(entry);
    expect(await day.titles()).toEqual(['Stays']);
  });

  it('gives a renamed client its old name, its place in the order and its words back', async () => {
    const [zebra, mango] = [await day.client('Zebra'), await day.client('Mango')];
    await day.meeting({ clientId: zebra.id, title: 'of zebra' });
    await day.meeting({ clientId: mango.id, title: 'of mango' });
    const byClient = { sort: [{ by: 'client', direction: 'ascending' }] };
    const { entry } = await clientsHandlers.update(
      {
        writeId: nextWriteId(),
        id: zebra.id,
        version: 1,
        fields: { name: 'Apple', kind: 'company', city: '', ownerId: null, notes: '' },
      },
      admin(),
    );
    expect(await day.titles(byClient)).toEqual(['of zebra', 'of mango']);
    expect(await day.titles({ text: 'appl' })).toEqual(['of zebra']);
    await undo(entry);
    expect(await day.titles(byClient)).toEqual(['of mango', 'of zebra']);
    expect(await day.titles({ text: 'appl' })).toEqual([]);
    expect(await day.titles({ text: 'zeb' })).toEqual(['of zebra']);
  });

  it('takes an assignment back', async () => {
    const client = await day.client('Acme');
    await day.meeting({ clientId: client.id, title: 'Seen for a while' });
    const user = await day.user('Ben', 'adviser');
    const { entry } = await usersHandlers.assignClients(
      { writeId: nextWriteId(), id: user.id, add: [client.id], remove: [] },
      admin(),
    );
    expect(await day.titles({}, user.id)).toEqual(['Seen for a while']);
    await undo(entry);
    expect(await day.titles({}, user.id)).toEqual([]);
  });

  it('takes back a new user as long as nothing speaks of them', async () => {
    const client = await day.client('Acme');
    const fields = {
      userName: 'new',
      displayName: 'New',
      role: 'adviser' as const,
      seesAllClients: false,
      active: false,
    };
    const made = () => usersHandlers.create({ writeId: nextWriteId(), fields }, admin());
    const { entry } = await made();
    await undo(entry);
    const again = await made();
    expect((await usersHandlers.list(undefined, admin())).users.map((user) => user.userName)).toEqual([
      'admin',
      'new',
    ]);
    await day.meeting({ clientId: client.id, ownerId: again.user.id, title: 'Theirs' });
    await expect(undo(again.entry)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('lets an adviser take back the deletion of a client', async () => {
    const client = await day.client('Acme');
    const user = await day.user('Ben', 'adviser', [client.id]);
    const request = { writeId: nextWriteId(), id: client.id, version: 1 };
    const { entry } = await clientsHandlers.delete(request, office.as(user.id));
    await undo(entry, user.id);
    expect((await clientsHandlers.get({ id: client.id }, office.as(user.id))).name).toBe('Acme');
  });

  it('is for one’s own entries; others do not learn that an entry exists', async () => {
    const client = await day.client('Acme');
    const user = await day.user('Ben', 'adviser', [client.id]);
    const { entry } = await day.meeting({ clientId: client.id, title: 'By the administrator' });
    await expect(undo(entry, user.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(undo(9_999, user.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a write that is repeated', () => {
  it('is answered with the first answer and done once', async () => {
    const client = await day.client('Acme');
    const request = {
      writeId: nextWriteId(),
      fields: {
        ...fieldsOf((await day.meeting({ clientId: client.id, title: 'x' })).meeting),
        title: 'Once',
      },
    };
    const first = await meetingsHandlers.create(request, admin());
    const second = await meetingsHandlers.create(request, admin());
    expect(second).toEqual(first);
    expect((await day.titles()).filter((title) => title === 'Once')).toHaveLength(1);
  });

  it('is answered even when the first time deleted what it speaks of', async () => {
    const client = await day.client('Acme');
    const { meeting } = await day.meeting({ clientId: client.id, title: 'Gone' });
    const request = { writeId: nextWriteId(), id: meeting.id, version: 1 };
    const first = await meetingsHandlers.delete(request, admin());
    expect(await meetingsHandlers.delete(request, admin())).toEqual(first);
  });

  it('tells its answer to nobody else', async () => {
    const client = await day.client('Acme');
    const user = await day.user('Ben', 'adviser', [client.id]);
    const { meeting } = await day.meeting({ clientId: client.id, title: 'Mine' });
    const request = { writeId: nextWriteId(), fields: fieldsOf(meeting) };
    await meetingsHandlers.create(request, admin());
    await expect(meetingsHandlers.create(request, office.as(user.id))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});

describe('the journal', () => {
  it('holds one entry per action with who, before and after', async () => {
    const client = await day.client('Acme');
    const { meeting } = await day.meeting({ clientId: client.id, title: 'Old title' });
    await meetingsHandlers.update(
      {
        writeId: nextWriteId(),
        id: meeting.id,
        version: 1,
        fields: { ...fieldsOf(meeting), title: 'New title' },
      },
      admin(),
    );
    const { entries } = await journal.list({ limit: 1 }, admin());
    expect(entries[0]).toMatchObject({
      action: 'update',
      noun: 'meeting',
      subject: meeting.id,
      label: 'New title',
      by: { id: office.administrator, name: 'Ada Min' },
      before: { title: 'Old title', version: 1 },
      after: { title: 'New title', version: 2 },
      undoneBy: null,
    });
  });

  it('never holds a password hash', async () => {
    await usersHandlers.create(
      {
        writeId: nextWriteId(),
        fields: { userName: 'eve', displayName: 'Eve', role: 'adviser', seesAllClients: false, active: true },
        password: 'a long password',
      },
      admin(),
    );
    const { entries } = await journal.list({ limit: 5 }, admin());
    expect(JSON.stringify(entries)).not.toContain('scrypt');
  });

  it('shows others only what they did themselves to clients they still see', async () => {
    const client = await day.client('Acme');
    const user = await day.user('Ben', 'adviser', [client.id]);
    await day.meeting({ clientId: client.id, title: 'By Ben' }, user.id);
    await day.meeting({ clientId: client.id, title: 'By Ada' });
    expect(
      (await journal.list({ limit: 50 }, office.as(user.id))).entries.map((entry) => entry.label),
    ).toEqual(['By Ben']);
    await usersHandlers.assignClients(
      { writeId: nextWriteId(), id: user.id, add: [], remove: [client.id] },
      admin(),
    );
    expect((await journal.list({ limit: 50 }, office.as(user.id))).entries).toEqual([]);
  });
});
