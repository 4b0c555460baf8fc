import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstallAnswer, UpdatesStatus } from '../../electron/contract/updates.ts';
import { administrator, newBackend, newOffice, until, type TestBackend } from '../support/backend.ts';
import { fileNames, newFolder, removeFolders } from '../support/engine.ts';
import { newKeys, putPackage, RecordingInstaller, signList, startLook } from '../support/updates.ts';

/** A package this computer takes, whatever it is. */
const packageOf = (version: string): string => {
  if (process.platform === 'win32') return `Daybook-Setup-${version}-${process.arch}.exe`;
  const arm = process.arch === 'arm64' ? '-arm64' : '';
  return process.platform === 'darwin' ? `Daybook-${version}${arm}.dmg` : `Daybook-${version}${arm}.AppImage`;
};

let backend: TestBackend;
let settings: string;
let folder: string;
let chosen: string | null;
let installer: RecordingInstaller;
let looks: number;
let office: string;
const backends: TestBackend[] = [];

function start(
  updates: Parameters<typeof newBackend>[0] extends infer O ? Partial<NonNullable<O>> : never = {},
): TestBackend {
  const made = newBackend({
    settingsFolder: settings,
    appVersion: '0.1.0',
    chooseFolder: () => chosen,
    ...updates,
    updates: {
      installer,
      startLook: () => {
        looks += 1;
        return startLook();
      },
      ...updates.updates,
    },
  });
  backends.push(made);
  return made;
}

beforeEach(async () => {
  settings = newFolder();
  folder = newFolder('daybook-updates-');
  chosen = folder;
  installer = new RecordingInstaller();
  looks = 0;
  backend = start();
  office = await newOffice(backend);
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(backends.splice(0).map((each) => each.close()));
  removeFolders();
});

const status = (of = backend): Promise<UpdatesStatus> => of.ask(1, 'updates.status');
const choose = async (): Promise<UpdatesStatus> => {
  await backend.ask(1, 'updates.chooseFolder');
  await backend.ask(1, 'updates.check');
  return status();
};
const install = (version: string): Promise<InstallAnswer> => backend.ask(1, 'updates.install', { version });
const copies = (): string => path.join(settings, 'updates');

describe('Updates that nobody set up', () => {
  it('are off: no process looks anywhere, at the start or when asked', async () => {
    putPackage(folder, packageOf('0.2.0'));
    backend.updates.start();
    expect(await status()).toEqual({
      ...{ state: 'off', folder: null, found: null, trouble: null, lookedAt: null },
      ...{ proof: 'checksum', appVersion: '0.1.0' },
    });
    await backend.ask(1, 'updates.check');
    await expect(install('0.2.0')).rejects.toThrow('NO_UPDATE changed');
    expect(looks).toBe(0);
    expect(existsSync(copies())).toBe(false);
    expect(installer.did).toEqual([]);
  });

  it('stay off when the dialog is closed without a folder', async () => {
    chosen = null;
    expect(await backend.ask(1, 'updates.chooseFolder')).toEqual({ chosen: false });
    expect((await status()).state).toBe('off');
    expect(fileNames(settings)).not.toContain('updates.json');
  });
});

describe('Who may', () => {
  const calls = ['status', 'chooseFolder', 'turnOff', 'check', 'install'];

  it('is an administrator who is signed in, and nobody else', async () => {
    for (const [at, role] of ['manager', 'adviser', 'assistant', 'readOnly'].entries()) {
      await backend.ask(1, 'users.create', {
        writeId: crypto.randomUUID(),
        fields: { userName: role, displayName: role, role, seesAllClients: true },
        password: 'battery staple',
      });
      await backend.ask(10 + at, 'session.signIn', { userName: role, password: 'battery staple' });
      for (const call of calls)
        await expect(backend.ask(10 + at, `updates.${call}`), `${role} ${call}`).rejects.toThrow(
          'NOT_ALLOWED role',
        );
    }
    for (const call of calls) await expect(backend.ask(99, `updates.${call}`)).rejects.toThrow('SIGNED_OUT');
    // Nor do the others' windows hear of it.
    await choose();
    const told = backend.heard.filter(({ event }) => event === 'updatesStatus');
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told.map(({ windowId }) => windowId))).toEqual(new Set([1]));
  });

  it('is nobody in the demo office, whose passwords are on the screen', async () => {
    await backend.ask(1, 'offices.leave');
    await backend.ask(1, 'office.createDemo');
    const { demo } = backend.office;
    const userName = demo?.users.find(({ role }) => role === 'administrator')?.userName;
    await backend.ask(1, 'session.signIn', { userName, password: demo?.password });
    for (const call of ['status', 'chooseFolder', 'turnOff', 'check'])
      await expect(backend.ask(1, `updates.${call}`)).rejects.toThrow('CONFLICT demo');
    await expect(install('0.2.0')).rejects.toThrow('CONFLICT demo');
    expect(fileNames(settings)).not.toContain('updates.json');
  });

  it('never names a folder or a file: what a window makes up is refused', async () => {
    const refused = async (call: string, input: unknown): Promise<void> => {
      await expect(backend.ask(1, `updates.${call}`, input), JSON.stringify(input)).rejects.toThrow(
        'INVALID_INPUT',
      );
    };
    for (const call of ['chooseFolder', 'check', 'turnOff', 'status'])
      await refused(call, { folder: '/tmp' });
    for (const version of ['', '../0.2.0', '0.2', 7, null, '0.2.0\n', '0.2.0/../x', 'x'.repeat(10_000)])
      await refused('install', { version });
    await refused('install', { version: '0.2.0', file: '/bin/sh' });
    await refused('install', undefined);
    expect(installer.did).toEqual([]);
  });
});

describe('A folder that was chosen', () => {
  it('is looked at, and what is newer is offered with what will happen', async () => {
    expect(await choose()).toMatchObject({ state: 'nothing', folder });
    putPackage(folder, packageOf('0.2.0'), 'the package');
    await backend.ask(1, 'updates.check');
    const found = { version: '0.2.0', file: packageOf('0.2.0'), bytes: 11, handOver: 'installer' };
    expect(await status()).toMatchObject({ state: 'found', found, trouble: null });
    installer.installs = false;
    await backend.ask(1, 'updates.check');
    expect((await status()).found?.handOver).toBe('folder');
    expect(installer.did).toEqual([]);
  });

  it('is remembered by this computer, whatever office is open, and looked at at the next start', async () => {
    putPackage(folder, packageOf('0.2.0'));
    await choose();
    await backend.close();
    const later = start();
    await newOffice(later);
    later.updates.start();
    await until(async () => (await status(later)).state === 'found');
    expect(looks).toBe(2);
  });

  it('is looked at anew after a day, also when the clock is put back', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    const later = start();
    await newOffice(later);
    await later.ask(1, 'updates.chooseFolder');
    later.updates.start();
    await until(() => looks > 0);
    const lookAgainAfter = async (hours: number): Promise<void> => {
      await until(async () => (await status(later)).state !== 'looking');
      const before = looks;
      vi.setSystemTime(Date.now() + hours * 3_600_000);
      vi.advanceTimersByTime(30 * 60_000);
      await until(() => looks > before);
    };
    await lookAgainAfter(25);
    await lookAgainAfter(-72);
  });

  it('is forgotten with what was copied when updates are turned off', async () => {
    putPackage(folder, packageOf('0.2.0'));
    await choose();
    expect(fileNames(copies())).toEqual([packageOf('0.2.0')]);
    await backend.ask(1, 'updates.turnOff');
    expect(await status()).toMatchObject({ state: 'off', folder: null, found: null });
    expect(fileNames(copies())).toEqual([]);
    const before = looks;
    backend.updates.start();
    await backend.ask(1, 'updates.check');
    await expect(install('0.2.0')).rejects.toThrow('NO_UPDATE changed');
    expect(looks).toBe(before);
  });

  it('leaves nothing behind when it is forgotten in the middle of a look', async () => {
    putPackage(folder, packageOf('0.2.0'), 'x'.repeat(30_000_000));
    for (const waitMs of [0, 60, 120, 180, 240]) {
      await backend.ask(1, 'updates.chooseFolder');
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await backend.ask(1, 'updates.turnOff');
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(existsSync(copies()) ? fileNames(copies()) : [], `after ${String(waitMs)} ms`).toEqual([]);
    }
  });

  it('that makes trouble says which, and another one chosen while it is looked at takes its place', async () => {
    putPackage(folder, packageOf('0.2.0'));
    writeFileSync(path.join(folder, packageOf('0.2.0')), 'swapped');
    expect(await choose()).toMatchObject({
      state: 'trouble',
      found: null,
      trouble: { reason: 'checksum', file: packageOf('0.2.0') },
    });
    const slow = backend.ask(1, 'updates.check');
    expect((await status()).state).toBe('looking');
    chosen = newFolder();
    expect(await choose()).toMatchObject({ state: 'nothing', folder: chosen });
    await slow;
    expect((await status()).state).toBe('nothing');
  });

  it.each(['', '{"folder": ', '{"folder": 7}', '[]', '\0'])(
    'whose setting is damaged (%j) is none',
    async (content) => {
      writeFileSync(path.join(settings, 'updates.json'), content);
      expect((await status()).state).toBe('off');
      expect(looks).toBe(0);
      expect(readFileSync(path.join(settings, 'updates.json.damaged'), 'utf8')).toBe(content);
    },
  );

  it('that cannot be saved is not set', async () => {
    backends.splice(0);
    await backend.close();
    const file = path.join(newFolder(), 'file');
    writeFileSync(file, '');
    settings = file;
    backend = start();
    await newOffice(backend);
    await expect(backend.ask(1, 'updates.chooseFolder')).rejects.toThrow('STORE_FULL updates');
    expect((await status()).state).toBe('off');
  });
});

describe('An update that was said yes to', () => {
  beforeEach(async () => {
    putPackage(folder, packageOf('0.2.0'), 'the package');
    await choose();
  });

  it('backs the office up first, then opens the copy and ends Daybook', async () => {
    const answer = await install('0.2.0');
    expect(answer).toMatchObject({
      handedTo: 'installer',
      packagePath: path.join(copies(), packageOf('0.2.0')),
    });
    expect(path.dirname(answer.backup)).toBe(path.join(office, 'backups'));
    expect(path.basename(answer.backup)).toMatch(/-0\.1\.0-before-0\.2\.0\.daybook-backup$/);
    expect(existsSync(answer.backup)).toBe(true);
    expect(installer.did).toEqual([`open ${packageOf('0.2.0')}`, 'quit']);
    expect(installer.opened).toEqual([{ file: answer.packagePath, content: 'the package' }]);
  });

  it('opens what was proved, whatever the folder holds by now', async () => {
    writeFileSync(path.join(folder, packageOf('0.2.0')), 'swapped since');
    await install('0.2.0');
    expect(installer.opened.map(({ content }) => content)).toEqual(['the package']);
  });

  it('is refused when the copy was changed, before anything is done', async () => {
    writeFileSync(path.join(copies(), packageOf('0.2.0')), 'swapped since');
    await expect(install('0.2.0')).rejects.toThrow(`NO_UPDATE checksum ${packageOf('0.2.0')}`);
    expect(installer.did).toEqual([]);
    expect(existsSync(path.join(office, 'backups'))).toBe(false);
    expect((await status()).state).toBe('trouble');
  });

  it('is refused when it is not the one that was offered', async () => {
    putPackage(folder, packageOf('0.3.0'));
    await backend.ask(1, 'updates.check');
    await expect(install('0.2.0')).rejects.toThrow('NO_UPDATE changed');
    expect(installer.did).toEqual([]);
  });

  it('is not installed without a backup', async () => {
    writeFileSync(path.join(office, 'backups'), 'a file in the way');
    await expect(install('0.2.0')).rejects.toThrow('NO_UPDATE noBackup');
    expect(installer.did).toEqual([]);
    expect((await status()).state).toBe('found');
  });

  it('is done once, however often it is asked for', async () => {
    const [first, ...others] = await Promise.allSettled([
      install('0.2.0'),
      install('0.2.0'),
      backend.ask(1, 'updates.turnOff'),
      backend.ask(1, 'updates.chooseFolder'),
    ]);
    expect(first.status).toBe('fulfilled');
    for (const other of others)
      expect(String((other as PromiseRejectedResult).reason)).toContain('CONFLICT installing');
    expect(installer.did).toEqual([`open ${packageOf('0.2.0')}`, 'quit']);
    expect(readdirSync(path.join(office, 'backups'))).toHaveLength(1);
  });

  it('is shown in its folder where nothing can install it, and Daybook goes on', async () => {
    installer.installs = false;
    await backend.ask(1, 'updates.check');
    expect((await install('0.2.0')).handedTo).toBe('folder');
    installer.installs = true;
    installer.refusesToOpen = true;
    await backend.ask(1, 'updates.check');
    expect((await install('0.2.0')).handedTo).toBe('folder');
    expect(installer.did).toEqual([`show ${packageOf('0.2.0')}`, `show ${packageOf('0.2.0')}`]);
  });

  it('is offered no more once it runs', async () => {
    await backend.close();
    const later = start({ appVersion: '0.2.0' });
    await newOffice(later);
    later.updates.start();
    await until(async () => (await status(later)).state === 'nothing');
    expect(fileNames(copies())).toEqual([]);
  });
});

describe('A program with a key', () => {
  it('says so, and takes only what is signed by it', async () => {
    const keys = newKeys();
    backend = start({ updates: { publicKey: keys.publicKey } });
    await newOffice(backend);
    putPackage(folder, packageOf('0.2.0'));
    expect(await choose()).toMatchObject({
      proof: 'signature',
      state: 'trouble',
      trouble: { reason: 'unsigned' },
    });
    signList(folder, keys);
    await backend.ask(1, 'updates.check');
    expect((await status()).state).toBe('found');
    const { userName, password } = administrator;
    await backend.ask(2, 'session.signIn', { userName, password });
    expect(await backend.ask(2, 'updates.install', { version: '0.2.0' })).toMatchObject({
      handedTo: 'installer',
    });
  });
});
