import { readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { schemaVersion } from '../../electron/contract/office.ts';
import { officeFacts } from '../../electron/office/officeFacts.ts';
import { openStore, type OpenStore, type StoreOptions } from '../../electron/office/openStore.ts';
import { connect } from '../../electron/redis/connection.ts';
import { tailOf } from '../support/damagedFolders.ts';
import { engineOptions, fileNames, luaFolder, newFolder, removeFolders } from '../support/engine.ts';

const stores: OpenStore[] = [];
const open = async (folder: string, options: Partial<StoreOptions> = {}): Promise<OpenStore> => {
  const store = await openStore({ ...engineOptions(folder), luaFolder, ...options });
  stores.push(store);
  return store;
};
const createOffice = (
  { store }: OpenStore,
  schema: number = schemaVersion,
  program?: string,
): Promise<unknown> => {
  const administrator = { userName: 'ada', userNameKey: 'ada', displayName: 'Ada', nameKey: 'ada' };
  return store.call('office_create', {
    schema,
    ...(program !== undefined && { program }),
    name: 'Office',
    zone: 'Europe/Brussels',
    administrator,
    secret: 'x',
  });
};
const fileOf = (folder: string, part: string): Buffer => {
  const files = path.join(folder, 'appendonlydir');
  return readFileSync(path.join(files, fileNames(files).find((name) => name.includes(part)) ?? 'none'));
};

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  removeFolders();
});

describe('openStore', () => {
  it('tells what the office says of itself', async () => {
    const folder = newFolder();
    const first = await open(folder);
    expect(first.facts).toEqual({
      ...{ exists: false, id: '', name: '', zone: '', program: null },
      ...{ colour: 'blue', version: 0, hasRecoveryCode: false },
    });
    await createOffice(first);
    await first.close();
    const { facts } = await open(folder);
    expect(facts.id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(facts).toEqual({
      ...{ exists: true, id: facts.id, name: 'Office', zone: 'Europe/Brussels', program: null },
      ...{ colour: 'blue', version: 1, hasRecoveryCode: false },
    });
  });

  it('tells of a lost office however short its life was', async () => {
    const folder = newFolder();
    const first = await open(folder);
    const before = fileOf(folder, 'incr').length;
    await createOffice(first);
    await first.close();
    truncateSync(tailOf(folder), before);
    const damage = {
      lost: 1,
      records: 1,
      since: null,
      until: expect.any(String) as string,
      mayRepair: false,
    };
    await expect(open(folder)).rejects.toMatchObject({ reason: 'damaged', damage });
    // Not even when told to: a new office would take the place of the old one.
    await expect(open(folder, { repairs: true })).rejects.toMatchObject({ reason: 'damaged', damage });
  });

  it('loads the library only when it is another one, because loading is a write', async () => {
    const folder = newFolder();
    await (await open(folder)).close();
    const before = fileOf(folder, 'incr');
    await (await open(folder)).close();
    expect(fileOf(folder, 'incr').equals(before)).toBe(true);
  });

  it('leaves data of a newer version untouched', async () => {
    const folder = newFolder();
    const first = await open(folder);
    await createOffice(first, 99, '7.2.0');
    const operations = await connect(first.engine.endpoint, 'operations');
    // A library of a later version, known by one more function.
    const [[, , , , , , , code]] = (await operations.call('FUNCTION', 'LIST', 'WITHCODE')) as [string[]];
    await operations.call(
      'FUNCTION',
      'LOAD',
      'REPLACE',
      `${code ?? ''}\nredis.register_function('later', function() end)`,
    );
    operations.disconnect();
    await first.close();
    const before = fileOf(folder, 'incr');
    await expect(open(folder)).rejects.toMatchObject({ reason: 'newer', path: folder, program: '7.2.0' });
    expect(fileOf(folder, 'incr').equals(before)).toBe(true);
  });

  it('notes the program that opened the office, once', async () => {
    const folder = newFolder();
    const first = await open(folder);
    await createOffice(first);
    await first.close();
    await (await open(folder, { appVersion: '1.4.0' })).close();
    const before = fileOf(folder, 'incr');
    expect((await open(folder, { appVersion: '1.4.0' })).facts.program).toBe('1.4.0');
    expect(fileOf(folder, 'incr').equals(before)).toBe(true);
  });

  it('leaves data of an earlier layout untouched', async () => {
    const folder = newFolder();
    const first = await open(folder);
    await createOffice(first, 1);
    await first.close();
    const before = fileOf(folder, 'incr');
    await expect(open(folder)).rejects.toMatchObject({ reason: 'older', path: folder });
    expect(fileOf(folder, 'incr').equals(before)).toBe(true);
  });

  it('writes a grown file anew at closing, and keeps everything', async () => {
    const folder = newFolder();
    const first = await open(folder, { tolerableBytes: 1_000 });
    await createOffice(first);
    await first.close();
    expect(fileOf(folder, 'incr').length).toBe(0);
    expect(fileOf(folder, 'base').length).toBeGreaterThan(1_000);
    expect((await open(folder)).facts.exists).toBe(true);
  });

  it('writes a grown file anew while people work', async () => {
    const folder = newFolder();
    const opened = await open(folder, { tolerableBytes: 1_000, growthEveryMs: 20 });
    await createOffice(opened);
    await vi.waitFor(() => {
      expect(fileOf(folder, 'base').length).toBeGreaterThan(1_000);
    }, 10_000);
    expect((await officeFacts(opened.store, folder)).exists).toBe(true);
  });
});
