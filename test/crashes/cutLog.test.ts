import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openStore } from '../../electron/office/openStore.ts';
import { plantedFile } from '../imports/planted/file.ts';
import { administrator, newBackend, newOffice, type TestBackend } from '../support/backend.ts';
import { copyFolder, tailOf } from '../support/damagedFolders.ts';
import { engineOptions, luaFolder, newFolder, removeFolders } from '../support/engine.ts';
import { entryOf, importFile, undoImport } from './imports.ts';

afterAll(removeFolders);

const signIn = { userName: administrator.userName, password: administrator.password };

const create = (backend: TestBackend, name: string): Promise<unknown> => {
  const fields = { name, kind: 'company', city: '', ownerId: null, notes: '' };
  return backend.ask(1, 'clients.create', { writeId: `client-${name}`, fields });
};

/** Clients and users there are. */
async function counts(backend: TestBackend): Promise<{ clients: number; users: number }> {
  const { total }: { total: number } = await backend.ask(1, 'clients.list', {});
  const { users }: { users: unknown[] } = await backend.ask(1, 'users.names');
  return { clients: total, users: users.length };
}

it('a log cut off within an acknowledged write says what is lost, and opens without it when told to', async () => {
  const folder = newFolder();
  const backend = newBackend();
  await newOffice(backend, folder);
  for (const name of ['Acme', 'Bolt']) await create(backend, name);
  await backend.close();
  const log = tailOf(path.join(folder, 'data'));
  truncateSync(log, statSync(log).size - 3);

  const again = newBackend();
  await again.office.open(folder);
  expect(await again.ask(1, 'office.status')).toMatchObject({
    state: 'trouble',
    trouble: { reason: 'damaged', damage: { lost: 1, mayRepair: true } },
  });
  await again.ask(1, 'office.reopen');
  expect(again.office.state()).toMatchObject({ state: 'trouble' });
  await again.ask(1, 'office.reopen', { repair: true });
  await again.ask(1, 'session.signIn', signIn);
  expect(await again.ask(1, 'clients.list', {})).toMatchObject({ total: 1, rows: [{ name: 'Acme' }] });
  await again.close();
});

it('records of an import are counted, too, when it is lost, and when taking it back is', async () => {
  const folder = newFolder();
  const backend = newBackend();
  await newOffice(backend, folder);
  await create(backend, 'Acme');
  const log = tailOf(path.join(folder, 'data'));
  const before = statSync(log).size;
  const file = path.join(folder, 'old.csv');
  const { bytes, rows } = plantedFile({ seed: 1, rows: 12, faulty: 0, clients: [], owners: [] });
  writeFileSync(file, bytes);
  const { importId } = await importFile(backend, file);
  const entry = await entryOf(backend, importId);
  const meetings = rows.reduce((sum, row) => sum + ('meetings' in row ? row.meetings.length : 0), 0);
  const { clients, users } = await counts(backend);
  const imported = meetings + clients - 1 + users - 1;
  await backend.close();

  const lost = async (): Promise<unknown> => {
    const again = newBackend();
    await again.office.open(copyFolder(folder, newFolder()));
    const status: { trouble: { damage: unknown } } = await again.ask(1, 'office.status');
    await again.close();
    return status.trouble.damage;
  };
  const whole = readFileSync(log);
  truncateSync(log, before);
  expect(await lost()).toMatchObject({ lost: 1, records: imported });
  writeFileSync(log, whole);

  const later = newBackend();
  await later.office.open(folder);
  await later.ask(1, 'session.signIn', signIn);
  await undoImport(later, entry);
  await create(later, 'Bolt');
  await later.close();
  truncateSync(tailOf(path.join(folder, 'data')), whole.length);
  expect(await lost()).toMatchObject({ lost: 2, records: imported + 1 });
  truncateSync(tailOf(path.join(folder, 'data')), before);
  // What was known before the program was closed still is.
  expect(await lost()).toMatchObject({ lost: 3, records: 2 * imported + 1 });
});

/** An office whose engine's file was written anew, with one client in it and the next one behind it. */
async function officeWithOneWrite(): Promise<string> {
  const folder = newFolder();
  const backend = newBackend();
  await newOffice(backend, folder);
  await create(backend, 'Acme');
  await backend.close();
  const store = await openStore({ ...engineOptions(path.join(folder, 'data')), luaFolder });
  await store.compact();
  await store.close();
  const later = newBackend();
  await later.office.open(folder);
  await later.ask(1, 'session.signIn', signIn);
  await create(later, 'Bolt');
  await later.close();
  return folder;
}

it('the very first write of a file, when it never finished, is taken off or there as a whole', async () => {
  const whole = await officeWithOneWrite();
  const first = readFileSync(tailOf(path.join(whole, 'data'))).indexOf('#SUM:') + 26;
  // In its first command, in a later one, before its sum, within that, and before its last byte.
  for (const bytes of [1, Math.floor(first / 2), first - 26, first - 12, first - 1]) {
    const folder = copyFolder(whole, newFolder());
    truncateSync(tailOf(path.join(folder, 'data')), bytes);
    // It was never acknowledged.
    rmSync(path.join(folder, 'data', 'acknowledged'));
    // Where only its sum is missing, it is as if an earlier engine had written it.
    const before = bytes === first - 26 ? ['Acme', 'Bolt'] : ['Acme'];
    for (const expected of [before, [...before, 'Core']]) {
      const backend = newBackend();
      await backend.office.open(folder);
      expect(backend.office.state(), `${String(bytes)} bytes`).toMatchObject({ state: 'open' });
      await backend.ask(1, 'session.signIn', signIn);
      const { rows }: { rows: { name: string }[] } = await backend.ask(1, 'clients.list', {});
      expect(rows.map(({ name }) => name)).toEqual(expected);
      if (expected === before) await create(backend, 'Core');
      await backend.close();
    }
  }
});
