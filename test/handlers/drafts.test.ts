import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { newBackend, newOffice, type TestBackend } from '../support/backend.ts';
import { removeFolders } from '../support/engine.ts';

const backends: TestBackend[] = [];
const open = async (folder?: string): Promise<{ backend: TestBackend; folder: string }> => {
  const backend = newBackend();
  backends.push(backend);
  if (folder === undefined) return { backend, folder: await newOffice(backend) };
  await backend.office.open(folder);
  await backend.ask(1, 'session.signIn', { userName: 'Ada', password: 'correct horse' });
  return { backend, folder };
};
afterEach(async () => {
  for (const backend of backends.splice(0)) await backend.close();
});
afterAll(removeFolders);

const fields = JSON.stringify({ title: 'Half a sen' });

it('keeps what is typed beyond the end of the program, until it is forgotten', async () => {
  const { backend, folder } = await open();
  expect(await backend.ask(1, 'drafts.kept')).toEqual({ draft: null });
  await backend.ask(1, 'drafts.keep', { draft: { noun: 'meeting', recordId: null, fields: '{}' } });
  await backend.ask(1, 'drafts.keep', { draft: { noun: 'meeting', recordId: null, fields } });
  await backend.close();
  const { backend: again } = await open(folder);
  expect(await again.ask(1, 'drafts.kept')).toMatchObject({
    draft: { noun: 'meeting', recordId: null, fields },
  });
  const [file = ''] = readdirSync(path.join(folder, 'drafts'));
  expect(statSync(path.join(folder, 'drafts', file)).mode & 0o077).toBe(0);
  await again.ask(1, 'drafts.keep', { draft: null });
  expect(await again.ask(1, 'drafts.kept')).toEqual({ draft: null });
  expect(readdirSync(path.join(folder, 'drafts'))).toEqual([]);
});

it('is told to nobody else, and to nobody who is not signed in', async () => {
  const { backend } = await open();
  await backend.ask(1, 'drafts.keep', { draft: { noun: 'meeting', recordId: null, fields } });
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
  await backend.ask(1, 'drafts.keep', { draft: { noun: 'meeting', recordId: null, fields } });
  const [name = ''] = readdirSync(path.join(folder, 'drafts'));
  const file = path.join(folder, 'drafts', name);
  writeFileSync(file, readFileSync(file).subarray(0, 20));
  expect(await backend.ask(1, 'drafts.kept')).toEqual({ draft: null });
  expect(existsSync(`${file}.damaged`)).toBe(true);
});

it('refuses what is too long with one sentence', async () => {
  const { backend } = await open();
  const draft = { noun: 'meeting', recordId: null, fields: 'x'.repeat(300_001) };
  await expect(backend.ask(1, 'drafts.keep', { draft })).rejects.toThrow('INVALID_INPUT');
  expect(await backend.ask(1, 'drafts.kept')).toEqual({ draft: null });
});
