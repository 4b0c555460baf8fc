import { readdirSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { newBackend, newOffice, administrator } from '../support/backend.ts';
import { newFolder } from '../support/engine.ts';
import { mendCutLog } from './cutLog.ts';

it('a log that ends in the midst of a command is told from one that does not, and opens once it is mended', async () => {
  const folder = newFolder();
  const backend = newBackend();
  await newOffice(backend, folder);
  for (const name of ['Acme', 'Bolt']) {
    const fields = { name, kind: 'company', city: '', ownerId: null, notes: '' };
    await backend.ask(1, 'clients.create', { writeId: `client-${name}`, fields });
  }
  await backend.close();
  expect(await mendCutLog(folder)).toBe(false);
  const logs = path.join(folder, 'data', 'appendonlydir');
  const log = path.join(logs, readdirSync(logs).find((name) => name.endsWith('.incr.aof')) ?? '');
  truncateSync(log, statSync(log).size - 3);

  const refused = newBackend();
  await refused.office.open(folder);
  expect(refused.office.state()).toMatchObject({ state: 'trouble' });
  await refused.close();
  expect(await mendCutLog(folder)).toBe(true);
  const mended = newBackend();
  await mended.office.open(folder);
  const { userName, password } = administrator;
  await mended.ask(1, 'session.signIn', { userName, password });
  expect(await mended.ask(1, 'clients.list', {})).toMatchObject({ total: 1, rows: [{ name: 'Acme' }] });
  await mended.close();
});
