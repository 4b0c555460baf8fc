import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../electron/contract/index.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { openStore, type OpenStore } from '../../electron/office/openStore.ts';
import { asAdministrator } from '../crashes/rewriting.ts';
import { administrator, newBackend, newOffice } from '../support/backend.ts';
import {
  engineOptions,
  enginePrograms,
  fileNames,
  luaFolder,
  newFolder,
  removeFolders,
} from '../support/engine.ts';
import { faultEngine, faultWord, hasFaultEngine, hasFired, wish } from '../support/faultEngine.ts';

let folder = '';
const data = (): string => path.join(folder, 'data');
const files = (): string => path.join(data(), 'appendonlydir');
const list = (): string => path.join(files(), 'appendonly.aof.manifest');
const opened: OpenStore[] = [];

beforeEach(async () => {
  folder = newFolder();
  const backend = newBackend();
  await newOffice(backend, folder);
  await backend.close();
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  removeFolders();
});

async function open(how: { redisServer?: string; repairs?: boolean } = {}): Promise<OpenStore> {
  const store = await openStore({ ...engineOptions(data()), luaFolder, folder, ...how });
  opened.push(store);
  return store;
}
const close = async (): Promise<void> => opened.pop()?.close();
const lastEntry = async (): Promise<unknown> =>
  ((await opened.at(-1)!.store.call('journal_head', {})) as { last: number }).last;

async function save(name: string): Promise<number> {
  const input = contract.clients.create.input.parse({ writeId: crypto.randomUUID(), fields: { name } });
  return (await clientsHandlers.create(input, await asAdministrator(opened.at(-1)!))).entry;
}

describe('an office without the list of its files', () => {
  it.each<[string, () => void]>([
    ['that is gone', () => rmSync(list())],
    ['that is empty', () => writeFileSync(list(), '')],
  ])('%s opens with all that was saved', async (_, damage) => {
    await open();
    const last = await save('Acme');
    await close();
    damage();
    const backend = newBackend();
    try {
      await backend.offices.start(folder);
      expect(await backend.ask(1, 'office.status')).toMatchObject({ state: 'ready', name: 'Test office' });
      await backend.ask(1, 'session.signIn', { userName: 'Ada', password: administrator.password });
    } finally {
      await backend.close();
    }
    await open();
    expect(await lastEntry()).toBe(last);
  });

  it.skipIf(!hasFaultEngine)(
    `opens with all of its files when a rewriting was cut off before${faultWord}`,
    async () => {
      // A rewriting renames the list, then the new base: that fails, so it is given up, and people go on in a second file.
      wish(data(), { fail: { call: 'rename', at: 2, how: 'EIO' } });
      await open({ redisServer: faultEngine });
      await save('before');
      await opened[0]!.compact();
      const last = await save('behind');
      await close();
      expect(hasFired(data())).toBe(true);
      expect(fileNames(files()).filter((name) => name.endsWith('.incr.aof'))).toHaveLength(2);
      rmSync(list());
      await open({ redisServer: enginePrograms.redisServer });
      expect(await lastEntry()).toBe(last);
    },
  );

  it('asks before it opens when nothing tells that all is there', async () => {
    rmSync(list());
    rmSync(path.join(data(), 'acknowledged'));
    const before = fileNames(files());
    const expected = {
      lost: null,
      records: null,
      since: expect.any(String) as string,
      until: null,
      mayRepair: true,
    };
    await expect(open()).rejects.toMatchObject({ reason: 'damaged', damage: expected });
    expect(fileNames(files())).toEqual(before);

    const backend = newBackend();
    try {
      await backend.offices.start(folder);
      expect(await backend.ask(1, 'office.status')).toMatchObject({
        trouble: { reason: 'damaged', damage: expected, mayOpenCopy: true },
      });
      await backend.ask(1, 'office.reopen', { repair: true });
      expect(await backend.ask(1, 'office.status')).toMatchObject({ state: 'ready', name: 'Test office' });
    } finally {
      await backend.close();
    }
    await open();
  });

  it('says that nothing can be read when the base is gone, too', async () => {
    rmSync(list());
    for (const name of readdirSync(files())) if (name.includes('.base.')) rmSync(path.join(files(), name));
    const backend = newBackend();
    try {
      await backend.offices.start(folder);
      expect(await backend.ask(1, 'office.status')).toMatchObject({
        trouble: { reason: 'damaged', damage: { mayRepair: false }, mayOpenCopy: false },
      });
    } finally {
      await backend.close();
    }
  });
});
