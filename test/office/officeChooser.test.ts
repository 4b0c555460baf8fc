import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import type { KnownOffice } from '../../electron/contract/offices.ts';
import { administrator, newBackend, until, type TestBackend } from '../support/backend.ts';
import { newFolder, removeFolders } from '../support/engine.ts';

const backends: TestBackend[] = [];
let settings: string;
let chosen: string | null;

beforeEach(() => {
  settings = newFolder();
  chosen = null;
});
afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.close()));
  removeFolders();
});

/** The program, started as a person would. */
async function start(folder: string | null = null): Promise<TestBackend> {
  const backend = newBackend({ settingsFolder: settings, chooseFolder: () => chosen });
  backends.push(backend);
  await backend.offices.start(folder);
  return backend;
}
async function end(backend: TestBackend): Promise<void> {
  backends.splice(backends.indexOf(backend), 1);
  await backend.close();
}
const status = (backend: TestBackend): Promise<OfficeStatus> => backend.ask(1, 'office.status');
const create = (backend: TestBackend, name: string): Promise<never> =>
  backend.ask(1, 'office.create', { name, colour: 'teal', zone: 'Europe/Brussels', administrator });
const list = async (backend: TestBackend): Promise<KnownOffice[]> => {
  const answer: { offices: KnownOffice[] } = await backend.ask(1, 'offices.list');
  return answer.offices;
};
const names = async (backend: TestBackend): Promise<string[]> =>
  (await list(backend)).map(({ name }) => name);
const idOf = async (backend: TestBackend, name: string): Promise<string> =>
  (await list(backend)).find((office) => office.name === name)?.id ?? '';
const file = (): string => path.join(settings, 'offices.json');

/** Two offices in the usual places; the second one is open. */
async function twoOffices(): Promise<TestBackend> {
  const backend = await start();
  await create(backend, 'North');
  await backend.ask(1, 'offices.leave');
  await backend.ask(1, 'offices.createNew');
  await create(backend, 'South');
  return backend;
}

describe('the start', () => {
  it('leads to the first run in the usual folder, and opens the one office there is the next time', async () => {
    const first = await start();
    expect(await status(first)).toMatchObject({
      state: 'firstRun',
      dataFolder: path.join(settings, 'office'),
      knownOffices: 0,
    });
    await create(first, 'North');
    expect(await list(first)).toMatchObject([
      { name: 'North', colour: 'teal', folder: path.join(settings, 'office'), isThere: true },
    ]);
    await end(first);
    expect(await status(await start())).toMatchObject({ state: 'ready', name: 'North', colour: 'teal' });
  });

  it('leads to the list when there are several, and opens the one that is chosen', async () => {
    await end(await twoOffices());
    const backend = await start();
    expect(await status(backend)).toMatchObject({ state: 'choosing', name: '', knownOffices: 2 });
    await expect(
      backend.ask(1, 'session.signIn', { userName: 'ada', password: administrator.password }),
    ).rejects.toThrow('STORE_UNAVAILABLE');
    expect(await names(backend)).toEqual(['South', 'North']);
    await backend.ask(1, 'offices.open', { id: await idOf(backend, 'North') });
    expect(await status(backend)).toMatchObject({ state: 'ready', name: 'North' });
    expect(await names(backend)).toEqual(['North', 'South']);
  });

  it('opens the folder that is named, and remembers the office that was there before there was a list', async () => {
    const first = await start();
    await create(first, 'North');
    await end(first);
    renameSync(file(), `${file()}.gone`);
    const other = newFolder();
    const second = await start(other);
    expect(await status(second)).toMatchObject({ state: 'firstRun', dataFolder: other });
    await create(second, 'Elsewhere');
    expect((await list(second)).map(({ folder }) => folder)).toEqual([other, path.join(settings, 'office')]);
  });

  it('does not take a first run that came to nothing for an office', async () => {
    const elsewhere = newFolder();
    const other = newBackend();
    await other.offices.start(elsewhere);
    await create(other, 'Elsewhere');
    await other.close();
    const first = await start();
    chosen = elsewhere;
    await first.ask(1, 'offices.openFolder');
    expect(await names(first)).toEqual(['Elsewhere']);
  });
});

describe('leaving an office', () => {
  it('signs everybody out and stops its engine', async () => {
    const backend = await twoOffices();
    await backend.ask(2, 'session.signIn', { userName: 'ada', password: administrator.password });
    await backend.ask(1, 'offices.leave');
    expect(await status(backend)).toMatchObject({ state: 'choosing' });
    expect(backend.sessions.all()).toEqual([]);
    const told = backend.heard.filter(({ event }) => event === 'signedOut').map(({ windowId }) => windowId);
    expect(told).toEqual(expect.arrayContaining([1, 2]));
    await expect(backend.ask(1, 'meetings.filter', {})).rejects.toThrow('SIGNED_OUT');
    expect(readFileSync(path.join(settings, 'office-2', 'data', 'lock'), 'utf8')).not.toMatch(/redis \d+/);
  });

  it('keeps every office to itself', async () => {
    const backend = await twoOffices();
    await backend.ask(1, 'clients.create', {
      writeId: crypto.randomUUID(),
      fields: { name: 'Of the South' },
    });
    await backend.ask(1, 'offices.open', { id: await idOf(backend, 'North') });
    await backend.ask(1, 'session.signIn', { userName: 'ada', password: administrator.password });
    expect(await backend.ask(1, 'clients.list', {})).toMatchObject({ total: 0 });
    await backend.ask(1, 'offices.open', { id: await idOf(backend, 'South') });
    await backend.ask(1, 'session.signIn', { userName: 'ada', password: administrator.password });
    expect(await backend.ask(1, 'clients.list', {})).toMatchObject({ total: 1 });
  });

  it('removes a demo office, and leads to the first run when there is no other', async () => {
    const backend = await start();
    await backend.ask(1, 'office.createDemo');
    const demo = await status(backend);
    expect(demo).toMatchObject({ state: 'ready', demo: true, knownOffices: 0 });
    await backend.ask(1, 'offices.leave');
    expect(existsSync(demo.dataFolder)).toBe(false);
    expect(await status(backend)).toMatchObject({ state: 'firstRun', demo: false });
    expect(existsSync(file())).toBe(false);
  });

  it('lets two programs have two offices open at once, and tells the third that it is taken', async () => {
    const first = await twoOffices();
    const second = await start();
    await second.ask(1, 'offices.open', { id: await idOf(second, 'North') });
    expect([await status(first), await status(second)]).toMatchObject([
      { state: 'ready', name: 'South' },
      { state: 'ready', name: 'North' },
    ]);
    await second.ask(1, 'offices.open', { id: await idOf(second, 'South') });
    expect(await status(second)).toMatchObject({ state: 'trouble', trouble: { reason: 'locked' } });
    await second.ask(1, 'offices.leave');
    expect(await status(second)).toMatchObject({ state: 'choosing' });
  });

  it('goes on well when several are asked for at once', async () => {
    const backend = await twoOffices();
    const [north, south] = [await idOf(backend, 'North'), await idOf(backend, 'South')];
    await Promise.all([north, south, north].map((id) => backend.ask(1, 'offices.open', { id })));
    expect(await status(backend)).toMatchObject({ state: 'ready', name: 'North' });
  });
});

describe('the list', () => {
  it('follows the name and the colour of the office, and undo', async () => {
    const backend = await twoOffices();
    const { entry }: { entry: number } = await backend.ask(1, 'office.update', {
      writeId: crypto.randomUUID(),
      version: 1,
      fields: { name: 'Deep South', colour: 'red' },
    });
    await until(async () => (await status(backend)).name === 'Deep South');
    expect((await list(backend))[0]).toMatchObject({ name: 'Deep South', colour: 'red' });
    await backend.ask(1, 'journal.undo', { writeId: crypto.randomUUID(), entry });
    await until(async () => (await status(backend)).name === 'South');
    expect((await list(backend))[0]).toMatchObject({ name: 'South', colour: 'teal' });
  });

  it('forgets an office without touching its folder, which can be opened again', async () => {
    const backend = await twoOffices();
    const folder = path.join(settings, 'office');
    const id = await idOf(backend, 'North');
    await backend.ask(1, 'offices.remove', { id });
    expect(await names(backend)).toEqual(['South']);
    await expect(backend.ask(1, 'offices.open', { id })).rejects.toThrow('NOT_FOUND');
    expect(existsSync(path.join(folder, 'data'))).toBe(true);
    for (chosen of [path.join(folder, 'data'), folder]) {
      expect(await backend.ask(1, 'offices.openFolder')).toEqual({ opened: true });
      expect(await status(backend)).toMatchObject({ state: 'ready', name: 'North', dataFolder: folder });
    }
  });

  it('stays empty when its last office was taken off, and nothing is opened behind one’s back', async () => {
    const first = await start();
    await create(first, 'North');
    await first.ask(1, 'offices.remove', { id: await idOf(first, 'North') });
    await end(first);
    const second = await start();
    expect(await status(second)).toMatchObject({ state: 'choosing', knownOffices: 0 });
  });

  it('refuses a folder without an office with one sentence, writes nothing there and keeps what is open', async () => {
    const backend = await twoOffices();
    chosen = newFolder();
    mkdirSync(path.join(chosen, 'data'));
    expect(await backend.serve('offices.openFolder', undefined, 1)).toMatchObject({
      ok: false,
      code: 'NO_OFFICE',
      message: 'There is no office of Daybook in this folder.',
    });
    expect(readdirSync(chosen, { recursive: true })).toEqual(['data']);
    expect(await status(backend)).toMatchObject({ state: 'ready', name: 'South' });
    expect(backend.sessions.userAt(1)).not.toBeNull();
    chosen = null;
    expect(await backend.ask(1, 'offices.openFolder')).toEqual({ opened: false });
  });

  it('shows an office whose folder is gone, and says so when it is opened', async () => {
    const backend = await twoOffices();
    renameSync(path.join(settings, 'office'), path.join(settings, 'unplugged'));
    expect((await list(backend)).map(({ isThere }) => isThere)).toEqual([true, false]);
    expect(await backend.serve('offices.open', { id: await idOf(backend, 'North') }, 1)).toMatchObject({
      code: 'NO_OFFICE',
      message: 'The folder of this office cannot be found. Nothing was changed.',
    });
    expect(await status(backend)).toMatchObject({ state: 'ready', name: 'South' });
  });

  it('takes the folder of a new office again as long as it was not created', async () => {
    const backend = await twoOffices();
    await backend.ask(1, 'offices.createNew');
    const { dataFolder } = await status(backend);
    await backend.ask(1, 'offices.leave');
    await backend.ask(1, 'offices.createNew');
    expect(await status(backend)).toMatchObject({ state: 'firstRun', dataFolder, knownOffices: 2 });
    await create(backend, 'East');
    await backend.ask(1, 'offices.createNew');
    expect((await status(backend)).dataFolder).not.toBe(dataFolder);
  });

  it.each(['', '{"offices": [', '{"offices": 7}', '[]', '\u0000\u0000'])(
    'is set aside when it is damaged (%j), and the program goes on',
    async (damaged) => {
      const first = await start();
      await create(first, 'North');
      await end(first);
      writeFileSync(file(), damaged);
      const second = await start();
      expect(await status(second)).toMatchObject({ state: 'ready', name: 'North' });
      expect(await names(second)).toEqual(['North']);
      expect(readFileSync(`${file()}.damaged`, 'utf8')).toBe(damaged);
    },
  );

  it('refuses ids that are none', async () => {
    const backend = await start();
    for (const id of ['', '../../etc', 7, null])
      expect(await backend.serve('offices.open', { id }, 1)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await backend.serve('offices.remove', { id: '0123456789ab' }, 1)).toMatchObject({
      code: 'NOT_FOUND',
      message: 'This office does not exist, or no longer does.',
    });
  });
});

describe('a list that cannot be read at the moment', () => {
  it('is not taken for an empty one, and is there again afterwards', async () => {
    await end(await twoOffices());
    const before = readFileSync(file(), 'utf8');
    renameSync(file(), `${file()}.away`);
    // Reading fails, and not for what stands in it.
    mkdirSync(file());
    const backend = await start();
    expect(await status(backend)).toMatchObject({ state: 'choosing', trouble: null });
    await expect(list(backend)).rejects.toThrow('STORE_UNAVAILABLE settings');
    await expect(backend.ask(1, 'offices.createNew')).rejects.toThrow('STORE_UNAVAILABLE settings');
    chosen = path.join(settings, 'office');
    await backend.ask(1, 'offices.openFolder');
    expect(await status(backend)).toMatchObject({ state: 'ready', name: 'North' });
    rmdirSync(file());
    renameSync(`${file()}.away`, file());
    expect(readFileSync(file(), 'utf8')).toBe(before);
    expect((await names(backend)).sort()).toEqual(['North', 'South']);
  });
});
