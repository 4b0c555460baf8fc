import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { OfficeStatus } from '../electron/contract/office.ts';
import type { Client } from '../electron/contract/clients.ts';
import type { User } from '../electron/contract/users.ts';
import { listSegments } from '../electron/journal/segments.ts';
import { administrator, newBackend, newOffice, until, type TestBackend } from './support/backend.ts';
import { fileNames, isRunning, newFolder, removeFolders } from './support/engine.ts';

const backends: TestBackend[] = [];
const open = (options?: Parameters<typeof newBackend>[0]): TestBackend => {
  const backend = newBackend(options);
  backends.push(backend);
  return backend;
};
const status = (backend: TestBackend): Promise<OfficeStatus> => backend.ask(1, 'office.status');
const writeId = (): string => crypto.randomUUID();
const createClient = (backend: TestBackend, windowId = 1): Promise<{ entry: number; client: Client }> =>
  backend.ask(windowId, 'clients.create', { writeId: writeId(), fields: { name: 'Acme' } });
const enginePid = async (folder: string): Promise<number> => {
  const { readFile } = await import('node:fs/promises');
  const [, pid = ''] = /redis (\d+)/.exec(await readFile(path.join(folder, 'data', 'lock'), 'utf8')) ?? [];
  return Number(pid);
};

afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.close()));
  removeFolders();
});

describe('first run', () => {
  it('starts an empty office, signs its administrator in, and finds both again', async () => {
    const backend = open();
    const folder = newFolder();
    await backend.office.open(folder);
    expect(await status(backend)).toMatchObject({ state: 'firstRun', demo: false, dataFolder: folder });
    await expect(backend.ask(2, 'session.signIn', { userName: 'ada', password: 'x' })).rejects.toThrow(
      'NO_OFFICE',
    );

    await newOffice(backend, folder);
    expect(await status(backend)).toMatchObject({
      state: 'ready',
      name: 'Test office',
      zone: 'Europe/Brussels',
    });
    expect(await backend.ask(1, 'session.current')).toMatchObject({
      user: { userName: 'Ada', role: 'administrator' },
    });
    expect(await backend.ask(2, 'session.current')).toEqual({ user: null });
    await backend.close();

    const later = open();
    await later.office.open(folder);
    expect(await status(later)).toMatchObject({ state: 'ready', name: 'Test office' });
    expect(
      await later.ask(1, 'session.signIn', { userName: ' ÁDA ', password: administrator.password }),
    ).toMatchObject({
      user: { displayName: 'Ada Min' },
    });
  });

  it('creates no second office over the first, and no demo in its place', async () => {
    const backend = open();
    await newOffice(backend);
    const again = { name: 'Other', administrator: { ...administrator, userName: 'Eve' } };
    await expect(backend.ask(2, 'office.create', again)).rejects.toThrow('CONFLICT');
    await expect(backend.ask(2, 'office.createDemo')).rejects.toThrow('CONFLICT');
  });

  it('opens a demo office at once the second time, and leaves nothing of it behind', async () => {
    const backend = open();
    const own = newFolder();
    await backend.office.open(own);
    await backend.ask(1, 'office.createDemo');
    const first = await status(backend);
    expect(first).toMatchObject({ state: 'ready', demo: true });
    expect(first.demoUsers).toHaveLength(8);
    const [{ userName } = { userName: '' }] = first.demoUsers;
    await backend.ask(1, 'session.signIn', { userName, password: first.demoPassword });
    expect(await backend.ask(1, 'meetings.filter', {})).toMatchObject({ total: 20_000 });
    await backend.office.openDemo();
    const second = await status(backend);
    expect(second).toMatchObject({ state: 'ready', demoUsers: first.demoUsers });
    await backend.ask(1, 'session.signIn', { userName, password: second.demoPassword });
    expect(await backend.ask(1, 'meetings.filter', {})).toMatchObject({ total: 20_000 });
    await backend.close();
    expect([first, second].map((demo) => existsSync(demo.dataFolder))).toEqual([false, false]);
    expect(fileNames(own)).toEqual(['data']);
  });
});

describe('sessions', () => {
  it('look the same for a wrong name and a wrong password, and slow guessing down', async () => {
    const backend = open();
    await newOffice(backend);
    const attempt = (userName: string): Promise<unknown> =>
      backend.serve('session.signIn', { userName, password: 'guessed' }, 2);
    expect(await attempt('ada')).toEqual(await attempt('nobody'));
    for (let count = 0; count < 4; count += 1) await attempt('ada');
    expect(await attempt('ada')).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    await expect(
      backend.ask(2, 'session.signIn', { userName: 'ada', password: administrator.password }),
    ).rejects.toThrow('TOO_MANY_ATTEMPTS');
  });

  it('end everywhere when the user is made inactive, and change with the role', async () => {
    const backend = open();
    await newOffice(backend);
    const fields = { userName: 'bob', displayName: 'Bob', role: 'adviser', seesAllClients: true };
    const { user }: { user: User } = await backend.ask(1, 'users.create', {
      writeId: writeId(),
      fields,
      password: 'battery staple',
    });
    for (const windowId of [2, 3])
      await backend.ask(windowId, 'session.signIn', { userName: 'bob', password: 'battery staple' });
    await createClient(backend, 2);

    const update = (changes: object, version: number): Promise<{ user: User }> =>
      backend.ask(1, 'users.update', {
        writeId: writeId(),
        id: user.id,
        version,
        fields: { ...fields, ...changes },
      });
    await update({ role: 'readOnly' }, 1);
    await until(() => backend.sessions.userAt(2)?.role === 'readOnly');
    await expect(createClient(backend, 2)).rejects.toThrow('NOT_ALLOWED');

    await update({ active: false }, 2);
    await until(() => backend.sessions.userAt(2) === null && backend.sessions.userAt(3) === null);
    const ended = backend.heard.filter(({ event }) => event === 'signedOut');
    expect(ended.map(({ windowId }) => windowId).sort()).toEqual([2, 3]);
    await expect(backend.ask(2, 'clients.list', {})).rejects.toThrow('SIGNED_OUT');
    await expect(
      backend.ask(2, 'session.signIn', { userName: 'bob', password: 'battery staple' }),
    ).rejects.toThrow('WRONG_PASSWORD');
  });
});

describe('news', () => {
  it('of a write reaches every window', async () => {
    const backend = open();
    await newOffice(backend);
    await until(() => backend.heard.some(({ event }) => event === 'changed'));
    const { entry } = await createClient(backend);
    await until(() => backend.heard.some(({ payload }) => (payload as { entry?: number }).entry === entry));
    expect(backend.heard.at(-1)).toEqual({
      windowId: 'all',
      event: 'changed',
      payload: { entry, nouns: ['client'] },
    });
  });

  it('has old entries sealed in the office folder, where the journal still reads them', async () => {
    const backend = open({ sealing: { inStore: 10, perSegment: 5 } });
    const folder = await newOffice(backend);
    for (let count = 0; count < 20; count += 1) await createClient(backend);
    await until(() => listSegments(path.join(folder, 'journal')).length >= 2);
    const first = { before: 3, limit: 5 };
    expect(await backend.ask(1, 'journal.list', first)).toMatchObject({ entries: [{ entry: 2, noun: 'client' }, { entry: 1, noun: 'office' }] }); // prettier-ignore
  });
});

describe('trouble with the engine', () => {
  it('is told instead of an office, and calls fail without harm', async () => {
    const broken = path.join(newFolder(), 'redis-server');
    writeFileSync(broken, 'no program');
    chmodSync(broken, 0o755);
    for (const [redisServer, reason] of [
      ['/nowhere/redis-server', 'missing'],
      [broken, 'unstartable'],
    ] as const) {
      // prettier-ignore
      const backend = open({ redisServer });
      await backend.office.open(newFolder());
      expect(await status(backend)).toMatchObject({
        state: 'trouble',
        trouble: { reason, path: redisServer },
      });
      expect(await backend.ask(1, 'session.current')).toEqual({ user: null });
      await expect(backend.ask(1, 'session.signIn', { userName: 'a', password: 'b' })).rejects.toThrow(
        'STORE_UNAVAILABLE',
      );
    }
  });

  it('is told when another program has the office open', async () => {
    const folder = await newOffice(open());
    const second = open();
    await second.office.open(folder);
    expect(await status(second)).toMatchObject({
      state: 'trouble',
      trouble: { reason: 'locked', path: path.join(folder, 'data') },
    });
  });

  it('can be tried again when what was wrong is put right', async () => {
    const first = open();
    const folder = await newOffice(first);
    const second = open();
    await second.office.open(folder);
    await second.ask(1, 'office.reopen');
    expect(await status(second)).toMatchObject({ state: 'trouble', trouble: { reason: 'locked' } });
    await first.close();
    // Asked for twice at once, it is done once.
    await Promise.all([second.ask(1, 'office.reopen'), second.ask(2, 'office.reopen')]);
    expect(await status(second)).toMatchObject({ state: 'ready', name: 'Test office' });
    const pid = await enginePid(folder);
    await second.ask(1, 'office.reopen');
    expect(await enginePid(folder)).toBe(pid);
  });

  it('is over soon when the engine was killed, and nothing saved is lost', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    const { client } = await createClient(backend);
    const pid = await enginePid(folder);
    process.kill(pid, 'SIGKILL');
    await until(async () => (await status(backend)).restarting);
    // People keep what they have on the screen, and what they ask for meanwhile comes in a moment.
    expect(await status(backend)).toMatchObject({ state: 'ready', name: 'Test office', trouble: null });
    expect(await backend.ask(1, 'clients.get', { id: client.id })).toMatchObject({ name: 'Acme' });
    expect(await status(backend)).toMatchObject({ state: 'ready', restarting: false });
    expect(await enginePid(folder)).not.toBe(pid);
    expect(backend.heard.filter(({ event }) => event === 'officeStatus').length).toBeGreaterThanOrEqual(4);
  });

  it('is heard of by nobody who is saving when the engine is killed, and nothing is saved twice', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    const save = (at: number): Promise<{ client: { id: string } }> =>
      backend.ask(1, 'clients.create', {
        writeId: `saved-while-killed-${String(at)}`,
        fields: { name: `Client ${String(at)}`, kind: 'company', city: '', ownerId: null, notes: '' },
      });
    const began = Array.from({ length: 60 }, (_, at) => save(at));
    await began[10];
    process.kill(await enginePid(folder), 'SIGKILL');
    const saved = await Promise.all([...began, ...Array.from({ length: 20 }, (_, at) => save(60 + at))]);
    const { rows, total } = (await backend.ask(1, 'clients.list', { limit: 500 })) as {
      rows: { id: string }[];
      total: number;
    };
    expect(total).toBe(80);
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(saved.map(({ client }) => client.id)));
  });

  it('ends a check, which would pass things over with the next one', async () => {
    let doomed = 0;
    const backend = open({
      listen: ({ event }) => {
        if (event !== 'checkProgress' || doomed === 0) return;
        process.kill(doomed, 'SIGKILL');
        doomed = 0;
      },
    });
    doomed = await enginePid(await newOffice(backend));
    const check = (): Promise<object> => backend.ask(1, 'office.check', { repair: false });
    await expect(check()).rejects.toThrow('STORE_UNAVAILABLE');
    // The next one waits for the engine that is being started.
    expect(await check()).toMatchObject({ state: 'done', differences: [] });
  });

  it('lets nobody in who was not in while the engine is started again', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    process.kill(await enginePid(folder), 'SIGKILL');
    await until(async () => (await status(backend)).restarting);
    await expect(backend.ask(2, 'backups.list')).rejects.toThrow('SIGNED_OUT');
    await expect(backend.ask(2, 'office.createDemo')).rejects.toThrow('CONFLICT');
    await expect(backend.ask(2, 'office.showFolder')).rejects.toThrow('NOT_ALLOWED');
  });

  it('is no news to windows when the program ends: they would ask a program that is gone', async () => {
    const backend = open();
    await newOffice(backend);
    const before = backend.heard.length;
    await backend.close();
    expect(backend.heard.slice(before)).toEqual([]);
  });

  it('leaves no engine behind when the program ends', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    const pid = await enginePid(folder);
    expect(isRunning(pid)).toBe(true);
    await backend.close();
    expect(isRunning(pid)).toBe(false);
  });
});
