import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { administrator, newBackend, newOffice, type TestBackend } from '../support/backend.ts';
import { removeFolders } from '../support/engine.ts';

const backends: TestBackend[] = [];
const enter = (backend: TestBackend, windowId: number): Promise<unknown> =>
  backend.ask(windowId, 'session.signIn', {
    userName: administrator.userName,
    password: administrator.password,
  });
const open = async (folder?: string): Promise<{ backend: TestBackend; folder: string }> => {
  const backend = newBackend();
  backends.push(backend);
  if (folder === undefined) return { backend, folder: await newOffice(backend) };
  await backend.office.open(folder);
  await enter(backend, 1);
  return { backend, folder };
};
afterEach(async () => {
  for (const backend of backends.splice(0)) await backend.close();
});
afterAll(removeFolders);

const fields = JSON.stringify({ title: 'Half a sen' });
const draftOf = (form: string, more: object = {}) => ({
  draft: { form, noun: 'meeting', recordId: null, fields, writeId: null, ...more },
});
const newForm = (): string => crypto.randomUUID();

it('keeps what is typed beyond the end of the program, until it is forgotten', async () => {
  const { backend, folder } = await open();
  const form = newForm();
  expect(await backend.ask(1, 'drafts.kept')).toEqual({ draft: null });
  await backend.ask(1, 'drafts.keep', draftOf(form, { fields: '{}' }));
  await backend.ask(1, 'drafts.keep', draftOf(form));
  await backend.close();
  const { backend: again } = await open(folder);
  expect(await again.ask(1, 'drafts.kept')).toMatchObject(draftOf(form));
  const [file = ''] = readdirSync(path.join(folder, 'drafts'));
  expect(statSync(path.join(folder, 'drafts', file)).mode & 0o077).toBe(0);
  await again.ask(1, 'drafts.forget', { form });
  expect(await again.ask(1, 'drafts.kept')).toEqual({ draft: null });
  expect(readdirSync(path.join(folder, 'drafts'))).toEqual([]);
});

it('keeps a draft for each form, ten at most, and offers the latest first', async () => {
  const { backend } = await open();
  const forms = Array.from({ length: 12 }, newForm);
  for (const form of forms) await backend.ask(1, 'drafts.keep', draftOf(form));
  const offered: string[] = [];
  for (;;) {
    const { draft }: { draft: { form: string } | null } = await backend.ask(1, 'drafts.kept');
    if (!draft) break;
    offered.push(draft.form);
    await backend.ask(1, 'drafts.forget', { form: draft.form });
  }
  expect(offered).toEqual(forms.slice(2).reverse());
});

it('is left to the window where its form is open, and offered elsewhere once that window is gone', async () => {
  const { backend } = await open();
  await enter(backend, 2);
  const [here, there] = [newForm(), newForm()];
  await backend.ask(1, 'drafts.keep', draftOf(here));
  await backend.ask(2, 'drafts.keep', draftOf(there));
  expect(await backend.ask(1, 'drafts.kept')).toMatchObject({ draft: { form: here } });
  // A form that is closed takes nothing away from the other window.
  await backend.ask(1, 'drafts.forget', { form: here });
  expect(await backend.ask(1, 'drafts.kept')).toEqual({ draft: null });
  backend.sessions.end(2);
  expect(await backend.ask(1, 'drafts.kept')).toMatchObject({ draft: { form: there } });
});

it('is no draft any more when what was typed was saved, although nobody heard of it', async () => {
  const { backend, folder } = await open();
  const [saved, refused] = ['saved-after-all-1', 'never-came-through'];
  await backend.ask(1, 'drafts.keep', draftOf(newForm(), { noun: 'client', writeId: refused }));
  await backend.ask(1, 'drafts.keep', draftOf(newForm(), { noun: 'client', writeId: saved }));
  await backend.ask(1, 'clients.create', {
    writeId: saved,
    fields: { name: 'Acme', kind: 'company', city: '', ownerId: null, notes: '' },
  });
  await backend.close();
  const { backend: again } = await open(folder);
  expect(await again.ask(1, 'drafts.kept')).toMatchObject({ draft: { writeId: refused } });
});

it('is one of the record that an earlier save wrote down after all, when more was typed since', async () => {
  const { backend, folder } = await open();
  const client = { name: 'Acme', kind: 'company', city: '', ownerId: null, notes: '' };
  const { client: acme }: { client: { id: string } } = await backend.ask(1, 'clients.create', {
    ...{ writeId: 'acme-after-all', fields: client },
  });
  const meeting = {
    ...{
      clientId: acme.id,
      ownerId: backend.sessions.userAt(1)!.id,
      title: 'Tea',
      type: 'call',
      status: 'open',
    },
    start: { date: '2026-11-30' },
  };
  const { meeting: tea }: { meeting: { id: string } } = await backend.ask(1, 'meetings.create', {
    ...{ writeId: 'tea-after-all-1', fields: meeting },
  });
  const { user: bob }: { user: { id: string } } = await backend.ask(1, 'users.create', {
    writeId: 'bob-after-all-1',
    fields: { userName: 'bob', displayName: 'Bob', role: 'adviser', seesAllClients: true, active: true },
    password: 'another horse',
  });
  await backend.close();
  const { backend: again } = await open(folder);
  for (const [noun, earlier, recordId] of [
    ['client', 'acme-after-all', acme.id],
    ['meeting', 'tea-after-all-1', tea.id],
    ['user', 'bob-after-all-1', bob.id],
    ['client', 'never-came-through', null],
  ]) {
    await again.ask(1, 'drafts.keep', draftOf(newForm(), { noun, earlier }));
    expect(await again.ask(1, 'drafts.kept')).toMatchObject({ draft: { noun, fields, recordId } });
  }
});

it('is told to nobody else, and to nobody who is not signed in', async () => {
  const { backend } = await open();
  await backend.ask(1, 'drafts.keep', draftOf(newForm()));
  await expect(backend.ask(2, 'drafts.kept')).rejects.toThrow('SIGNED_OUT');
  await backend.ask(1, 'users.create', {
    writeId: 'user-bob-000',
    fields: {
      userName: 'bob',
      displayName: 'Bob',
      role: 'administrator',
      seesAllClients: true,
      active: true,
    },
    password: 'another horse',
  });
  await backend.ask(2, 'session.signIn', { userName: 'bob', password: 'another horse' });
  expect(await backend.ask(2, 'drafts.kept')).toEqual({ draft: null });
});

it('passes over a file that cannot be read, and keeps it', async () => {
  const { backend, folder } = await open();
  await backend.ask(1, 'drafts.keep', draftOf(newForm()));
  const [name = ''] = readdirSync(path.join(folder, 'drafts'));
  const file = path.join(folder, 'drafts', name);
  writeFileSync(file, readFileSync(file).subarray(0, 20));
  expect(await backend.ask(1, 'drafts.kept')).toEqual({ draft: null });
  expect(existsSync(`${file}.damaged`)).toBe(true);
});

it('refuses what is too long with one sentence', async () => {
  const { backend } = await open();
  const tooLong = draftOf(newForm(), { fields: 'x'.repeat(300_001) });
  await expect(backend.ask(1, 'drafts.keep', tooLong)).rejects.toThrow('INVALID_INPUT');
  expect(await backend.ask(1, 'drafts.kept')).toEqual({ draft: null });
});
