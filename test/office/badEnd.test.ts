import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../electron/contract/index.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { openStore, type OpenStore } from '../../electron/office/openStore.ts';
import { all, asAdministrator, judgeClients, Writer } from '../crashes/rewriting.ts';
import { newBackend, newOffice } from '../support/backend.ts';
import { tailOf } from '../support/damagedFolders.ts';
import { engineOptions, fileNames, luaFolder, newFolder, removeFolders } from '../support/engine.ts';
import {
  faultEngine,
  faultWord,
  hasFaultEngine,
  hasFired,
  wish,
  type Fault,
} from '../support/faultEngine.ts';

afterEach(removeFolders);

async function madeOffice(): Promise<string> {
  const folder = newFolder();
  const backend = newBackend();
  await newOffice(backend, folder);
  await backend.close();
  return path.join(folder, 'data');
}
const open = (dataFolder: string, redisServer?: string): Promise<OpenStore> =>
  openStore({ ...engineOptions(dataFolder), luaFolder, ...(redisServer !== undefined && { redisServer }) });

/** Which file of the disk it is, whatever its name. */
const fileOf = (dataFolder: string): number => statSync(tailOf(dataFolder)).ino;

async function save(opened: OpenStore): Promise<void> {
  const input = contract.clients.create.input.parse({
    writeId: crypto.randomUUID(),
    fields: { name: 'Acme' },
  });
  await clientsHandlers.create(input, await asAdministrator(opened));
}

describe('what the engine before left in its file', () => {
  it('is known to be on the disk after it ended in good order', async () => {
    const data = await madeOffice();
    const before = fileOf(data);
    const first = await open(data);
    await save(first);
    await first.close();
    await (await open(data)).close();
    expect(fileOf(data)).toBe(before);
  });

  it('is written anew after it was killed, once', async () => {
    const data = await madeOffice();
    const first = await open(data);
    await save(first);
    first.engine.kill();
    await first.engine.ended;
    await first.close();
    const killed = fileOf(data);
    await (await open(data)).close();
    const anew = fileOf(data);
    expect(anew).not.toBe(killed);
    await (await open(data)).close();
    expect(fileOf(data)).toBe(anew);
    expect(await judgeClients(data, ['Acme'])).toEqual([]);
    expect(readdirSync(path.join(data, 'appendonlydir')).filter((name) => name.endsWith('.mended'))).toEqual(
      [],
    );
  });

  // The kernel would answer the next sync of the old file with a yes, wherever its bytes are.
  it.skipIf(!hasFaultEngine).each<Fault>([
    { call: 'sync', at: 5, how: 'EIO' },
    { call: 'write', at: 5, how: 'EIO' },
  ])(`is written anew after %o${faultWord}`, async (fail) => {
    const data = await madeOffice();
    wish(data, { fail });
    const first = await open(data, faultEngine);
    const writer = new Writer('Bolt', await asAdministrator(first));
    await first.engine.ended;
    await writer.end();
    await first.close();
    expect(hasFired(data)).toBe(true);
    const failed = fileOf(data);
    const bytes = statSync(tailOf(data)).size;
    const second = await open(data);
    expect(fileOf(data)).not.toBe(failed);
    expect(statSync(tailOf(data)).size).toBeLessThanOrEqual(bytes);
    await second.close();
    expect(await judgeClients(data, all([writer]))).toEqual([]);
    expect(fileNames(path.join(data, 'appendonlydir'))).toHaveLength(3);
  });
});
