import { readdirSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { administrator, newBackend, newOffice } from '../support/backend.ts';
import { newFolder, removeFolders } from '../support/engine.ts';

afterAll(removeFolders);

const signIn = { userName: administrator.userName, password: administrator.password };

it('a log cut off within an acknowledged write says what is lost, and opens without it when told to', async () => {
  const folder = newFolder();
  const backend = newBackend();
  await newOffice(backend, folder);
  for (const name of ['Acme', 'Bolt']) {
    const fields = { name, kind: 'company', city: '', ownerId: null, notes: '' };
    await backend.ask(1, 'clients.create', { writeId: `client-${name}`, fields });
  }
  await backend.close();
  const logs = path.join(folder, 'data', 'appendonlydir');
  const log = path.join(logs, readdirSync(logs).find((name) => name.endsWith('.incr.aof')) ?? '');
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
