import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BackupFacts, BackupsAnswer } from '../../../electron/contract/backups.ts';
import { digestOfEngine } from '../../../electron/office/backups/snapshot.ts';
import { startEngine } from '../../../electron/redis/engine.ts';
import { administrator, newBackend, newOffice, until, type TestBackend } from '../../support/backend.ts';
import { settleRestore } from '../../../electron/office/backups/swap.ts';
import { canMount, newVolume, removeVolumes } from '../../support/volumes.ts';
import { engineOptions, enginePrograms, fileNames, newFolder, removeFolders } from '../../support/engine.ts';
import { restoreMany } from './restoreMany.ts';

const backends: TestBackend[] = [];
const open = (options: Parameters<typeof newBackend>[0] = {}): TestBackend => {
  const backend = newBackend({ appVersion: '0.1.0', ...options });
  backends.push(backend);
  return backend;
};
const createClient = (backend: TestBackend, name: string): Promise<unknown> =>
  backend.ask(1, 'clients.create', { writeId: crypto.randomUUID(), fields: { name } });
const clientNames = async (backend: TestBackend): Promise<string[]> => {
  const { rows }: { rows: { name: string }[] } = await backend.ask(1, 'clients.list', { limit: 500 });
  return rows.map(({ name }) => name);
};
const list = (backend: TestBackend): Promise<BackupsAnswer> => backend.ask(1, 'backups.list');
const create = async (backend: TestBackend): Promise<BackupFacts> => {
  const { backup }: { backup: BackupFacts } = await backend.ask(1, 'backups.create');
  return backup;
};
const signIn = async (backend: TestBackend): Promise<void> => {
  const { userName, password } = administrator;
  await backend.ask(1, 'session.signIn', { userName, password });
};
/** What a folder of an office holds, by an engine of its own. */
async function digestOfFolder(folder: string): Promise<string> {
  const engine = await startEngine(engineOptions(path.join(folder, 'data')));
  return digestOfEngine(engine.endpoint).finally(() => engine.stop());
}

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(backends.splice(0).map((backend) => backend.close()));
  removeVolumes();
  removeFolders();
});

describe('A backup', () => {
  it('is one file that says what it is, with nothing else left behind', async () => {
    const backend = open({ sealing: { inStore: 4, perSegment: 2 } });
    const folder = await newOffice(backend);
    for (let count = 0; count < 12; count += 1) await createClient(backend, `Client ${String(count)}`);
    // What the journal is about to put in its place may be gone in the next moment.
    writeFileSync(path.join(folder, 'journal', '0000000099-0000000100.jsonl.tmp'), 'half');
    const backup = await create(backend);
    expect(backup.file).toMatch(
      /^Test-office-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-0\.1\.0-by-hand\.daybook-backup$/,
    );
    expect(backup).toMatchObject({
      ...{ reason: 'by-hand', appVersion: '0.1.0', officeName: 'Test office' },
      ...{ isEncrypted: false, isVerified: true, counts: { meetings: 0, clients: 12 } },
    });
    expect(readdirSync(path.join(folder, 'backups'))).toEqual([backup.file]);
    expect(fileNames(folder)).toEqual(['backups', 'data', 'journal']);
    expect((await list(backend)).backups).toEqual([backup]);
  });

  it('is whole while people go on writing, and is restored elsewhere equal to one moment', async () => {
    let chosen: string | null = null;
    const backend = open({ chooseBackup: () => chosen });
    const folder = await newOffice(backend);
    const saved: string[] = [];
    let isOver = false;
    const writing = async (): Promise<void> => {
      for (let count = 0; !isOver; count += 1) {
        const name = `Client ${String(count).padStart(5, '0')}`;
        await createClient(backend, name);
        saved.push(name);
      }
    };
    const writers = writing();
    while (saved.length < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = [...saved];
    // It is made only when what it was restored to has the digest that the office had while writes were held.
    const backup = await create(backend);
    isOver = true;
    await writers;
    chosen = path.join(folder, 'backups', backup.file);
    const { backup: offered }: { backup: BackupFacts } = await backend.ask(1, 'backups.chooseFile');
    await backend.ask(1, 'backups.restoreFile', { id: offered.id });
    expect(backend.office.folder).not.toBe(folder);
    await signIn(backend);
    const inBackup = await clientNames(backend);
    for (const name of before.slice(-500)) expect(inBackup).toContain(name);
    // What came meanwhile is in it up to some moment, without a gap.
    expect([...inBackup].sort()).toEqual(saved.slice(0, inBackup.length));
  });

  it('is restored with an equal digest each time, encrypted or not', async () => {
    const { equal, written } = await restoreMany(5);
    expect(equal).toBe(5);
    expect(written).toBeGreaterThan(5);
  });

  it('restored has the very content the office had', async () => {
    let chosen: string | null = null;
    const backend = open({ sealing: { inStore: 4, perSegment: 2 }, chooseBackup: () => chosen });
    const folder = await newOffice(backend);
    for (let count = 0; count < 8; count += 1) await createClient(backend, `Client ${String(count)}`);
    const backup = await create(backend);
    chosen = path.join(folder, 'backups', backup.file);
    await backend.ask(1, 'offices.leave');
    const { backup: offered }: { backup: BackupFacts } = await backend.ask(1, 'backups.chooseFile');
    await backend.ask(1, 'backups.restoreFile', { id: offered.id });
    const restored = backend.office.folder;
    await backend.ask(1, 'offices.leave');
    expect(await digestOfFolder(restored)).toBe(await digestOfFolder(folder));
    expect(fileNames(path.join(restored, 'journal'))).toEqual(fileNames(path.join(folder, 'journal')));
    for (const name of fileNames(path.join(folder, 'journal')))
      expect(readFileSync(path.join(restored, 'journal', name))).toEqual(
        readFileSync(path.join(folder, 'journal', name)),
      );
  });

  it('is made, and restored, of an office whose older journal is damaged, and says so', async () => {
    const backend = open({ sealing: { inStore: 4, perSegment: 2 } });
    const folder = await newOffice(backend);
    for (let count = 0; count < 8; count += 1) await createClient(backend, `Client ${String(count)}`);
    const sealed = (): string[] =>
      fileNames(path.join(folder, 'journal')).filter((name) => name.endsWith('.seal'));
    await until(() => sealed().length >= 2);
    expect(await create(backend)).toMatchObject({ isVerified: true, isJournalWhole: true });
    // One of the first two entries was put in by somebody else.
    const file = path.join(folder, 'journal', '0000000001-0000000002.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Client 0', 'Client X'));
    const backup = await create(backend);
    expect(backup).toMatchObject({ isVerified: true, isJournalWhole: false });
    expect((await list(backend)).backups.map(({ isJournalWhole }) => isJournalWhole)).toEqual([false, true]);
    await backend.ask(1, 'backups.restore', { id: backup.id });
    await signIn(backend);
    expect(await clientNames(backend)).toHaveLength(8);
    expect(await backend.ask(1, 'journal.list', { before: 3 })).toMatchObject({
      entries: [],
      isDamaged: true,
    });
  });

  it('that cannot be written leaves nothing behind, and the office as it was', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    writeFileSync(path.join(folder, 'backups'), 'a file in the way');
    await expect(create(backend)).rejects.toThrow('NO_BACKUP folder');
    await createClient(backend, 'Still here');
    expect(await clientNames(backend)).toEqual(['Still here']);
    expect(fileNames(folder)).toEqual(['backups', 'data']);
  });

  it('of data an engine would refuse is none', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    await createClient(backend, 'Acme');
    const logs = path.join(folder, 'data', 'appendonlydir');
    const increments = fileNames(logs).find((name) => name.includes('incr')) ?? '';
    const content = readFileSync(path.join(logs, increments));
    // As a damaged disk would give it back; the running engine does not read it again.
    content.fill(0, content.length - 40);
    writeFileSync(path.join(logs, increments), content);
    await expect(create(backend)).rejects.toThrow('NO_BACKUP failed');
    expect(readdirSync(path.join(folder, 'backups'))).toEqual([]);
  });

  it('of data that start as something else than the office holds is none either', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    await createClient(backend, 'Bakery Janssens');
    const logs = path.join(folder, 'data', 'appendonlydir');
    const increments = path.join(logs, fileNames(logs).find((name) => name.includes('incr')) ?? '');
    const content = readFileSync(increments);
    // The engine's log has no checksum: with one letter changed it starts as if nothing were wrong.
    content[content.lastIndexOf('Janssens')]! ^= 1;
    writeFileSync(increments, content);
    await expect(create(backend)).rejects.toThrow('NO_BACKUP failed');
    expect(readdirSync(path.join(folder, 'backups'))).toEqual([]);
    expect(fileNames(folder)).toEqual(['backups', 'data']);
  });

  it('is encrypted with a passphrase, and opens with that one only', async () => {
    const folders: { chosen: string | null } = { chosen: null };
    const backend = open({ chooseFolder: () => folders.chosen });
    const folder = await newOffice(backend);
    await createClient(backend, 'Bakery Janssens');
    folders.chosen = newFolder();
    expect(await backend.ask(1, 'backups.chooseFolder')).toEqual({ chosen: true });
    await backend.ask(1, 'backups.setPassphrase', { passphrase: 'eight or more' });
    const backup = await create(backend);
    expect(backup).toMatchObject({ isEncrypted: true, counts: null, isVerified: true });
    expect(fileNames(folders.chosen)).toEqual([backup.file]);
    expect(readFileSync(path.join(folders.chosen, backup.file)).includes('Janssens')).toBe(false);
    await backend.ask(1, 'backups.clearPassphrase');
    await createClient(backend, 'Later');
    await expect(backend.ask(1, 'backups.restore', { id: backup.id })).rejects.toThrow(
      'WRONG_PASSPHRASE needed',
    );
    await expect(
      backend.ask(1, 'backups.restore', { id: backup.id, passphrase: 'seven or more' }),
    ).rejects.toThrow('WRONG_PASSPHRASE');
    expect((await clientNames(backend)).sort()).toEqual(['Bakery Janssens', 'Later']);
    await backend.ask(1, 'backups.restore', { id: backup.id, passphrase: 'eight or more' });
    await signIn(backend);
    expect(await clientNames(backend)).toEqual(['Bakery Janssens']);
    expect(fileNames(folder)).toEqual(['data', 'journal', 'kept']);
  });
});

describe('The folder for backups', () => {
  it('is none of the office’s own, which a restore would take away', async () => {
    let chosen = '';
    const backend = open({ chooseFolder: () => chosen });
    const folder = await newOffice(backend);
    const choose = (): Promise<unknown> => backend.ask(1, 'backups.chooseFolder');
    for (const own of ['', 'data', 'journal', 'kept', 'drafts', 'restored']) {
      chosen = path.join(folder, own);
      mkdirSync(chosen, { recursive: true });
      await expect(choose(), own).rejects.toThrow('NO_BACKUP inOffice');
    }
    chosen = path.join(folder, 'a file');
    writeFileSync(chosen, '');
    await expect(choose()).rejects.toThrow('NO_BACKUP folder');
    expect(await list(backend)).toMatchObject({ isUsualFolder: true });
  });

  it('is not used any more when it is one of the office’s own', async () => {
    const settingsFolder = newFolder();
    const backend = open({ settingsFolder, chooseFolder: () => newFolder() });
    const folder = await newOffice(backend);
    await backend.ask(1, 'backups.chooseFolder');
    const file = path.join(settingsFolder, 'backups.json');
    const { folder: place } = await list(backend);
    writeFileSync(file, readFileSync(file, 'utf8').replace(place ?? '', path.join(folder, 'journal')));
    mkdirSync(path.join(folder, 'journal'), { recursive: true });
    await expect(create(backend)).rejects.toThrow('NO_BACKUP inOffice');
  });

  it('may be the usual one again, which goes along with the office, or one in it', async () => {
    let chosen = newFolder();
    const backend = open({ chooseFolder: () => chosen });
    const folder = await newOffice(backend);
    await backend.ask(1, 'backups.chooseFolder');
    expect(await list(backend)).toMatchObject({ isUsualFolder: false });
    chosen = path.join(folder, 'backups');
    mkdirSync(path.join(chosen, '2026'), { recursive: true });
    await backend.ask(1, 'backups.chooseFolder');
    expect(await list(backend)).toMatchObject({ isUsualFolder: true, folder: chosen });
    chosen = path.join(chosen, '2026');
    await backend.ask(1, 'backups.chooseFolder');
    await createClient(backend, 'Acme');
    const { id } = await create(backend);
    await backend.ask(1, 'backups.restore', { id });
    await signIn(backend);
    expect(await list(backend)).toMatchObject({ folder: chosen, backups: [{ id }] });
  });
});

describe('Once a day', () => {
  it('the office is backed up: when it is open on a new day, and when midnight passes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    const backend = open();
    const ticks = async (): Promise<void> => {
      vi.advanceTimersByTime(60_000);
      await until(async () => (await list(backend)).busy === 'no');
    };
    vi.setSystemTime(new Date('2026-11-20T12:00:00Z'));
    await newOffice(backend);
    await ticks();
    expect((await list(backend)).backups).toEqual([]);
    backend.backups.start();
    const reasons = async (): Promise<string[]> =>
      (await list(backend)).backups.map(({ reason, madeAt }) => `${reason} ${madeAt.slice(0, 13)}`);
    for (let tick = 0; tick < 3; tick += 1) {
      await ticks();
      await until(async () => (await reasons()).length === 1);
    }
    // Tests run in Berlin's zone, whose day begins at 23:00 UTC.
    vi.setSystemTime(new Date('2026-11-20T22:57:00Z'));
    await ticks();
    expect(await reasons()).toEqual(['daily 2026-11-20T12']);
    vi.setSystemTime(new Date('2026-11-20T22:59:30Z'));
    vi.advanceTimersByTime(60_000);
    await until(async () => (await reasons()).length === 2);
    expect(await reasons()).toEqual(['daily 2026-11-20T23', 'daily 2026-11-20T12']);
  });

  it('is tried again after one that failed, also when the clock is put back', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    const backend = open();
    vi.setSystemTime(new Date('2026-11-20T12:00:00Z'));
    const folder = await newOffice(backend);
    writeFileSync(path.join(folder, 'backups'), 'in the way');
    backend.backups.start();
    const tick = async (): Promise<void> => {
      vi.advanceTimersByTime(60_000);
      await pause(300);
    };
    await tick();
    const trouble = (): Promise<object> => backend.ask(1, 'backups.status');
    expect(await trouble()).toMatchObject({
      dailyTrouble: expect.stringMatching(/^The folder for backups cannot be written to/) as string,
    });
    rmSync(path.join(folder, 'backups'));
    await tick();
    expect(existsSync(path.join(folder, 'backups'))).toBe(false);
    vi.setSystemTime(new Date('2026-11-18T12:00:00Z'));
    await tick();
    await until(async () => (await list(backend)).backups.length === 1);
    expect(await trouble()).toMatchObject({ dailyTrouble: null });
  });

  it('is made as soon as a folder that was gone is there again, and says until then that it is gone', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const place = newFolder();
    const backend = open({ chooseFolder: () => place });
    await newOffice(backend);
    await backend.ask(1, 'backups.chooseFolder');
    renameSync(place, `${place} away`);
    backend.backups.start();
    const trouble = async (): Promise<string | null> => {
      vi.advanceTimersByTime(60_000);
      await pause(100);
      const { dailyTrouble }: { dailyTrouble: string | null } = await backend.ask(1, 'backups.status');
      return dailyTrouble;
    };
    await until(async () => (await trouble()) !== null);
    expect(await trouble()).toMatch(/^The folder for backups cannot be reached\./);
    await expect(create(backend)).rejects.toThrow('NO_BACKUP gone');
    await expect(backend.ask(1, 'backups.chooseFolder')).rejects.toThrow('NO_BACKUP gone');
    renameSync(`${place} away`, place);
    await until(async () => (await trouble()) === null);
    expect((await list(backend)).backups).toMatchObject([{ reason: 'daily' }]);
  });
});

describe('Restoring', () => {
  it('brings the office back as it was and keeps what there was', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    await createClient(backend, 'Before');
    const backup = await create(backend);
    await createClient(backend, 'After');
    await backend.ask(1, 'backups.restore', { id: backup.id });
    await expect(backend.ask(1, 'clients.list', { limit: 5 })).rejects.toThrow('SIGNED_OUT');
    await signIn(backend);
    expect(await clientNames(backend)).toEqual(['Before']);
    const [kept = ''] = fileNames(path.join(folder, 'kept'));
    expect(existsSync(path.join(folder, 'restored'))).toBe(false);
    await backend.office.open(path.join(folder, 'kept', kept));
    await signIn(backend);
    expect((await clientNames(backend)).sort()).toEqual(['After', 'Before']);
  });

  it('of a damaged file leaves the office open as it is', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    await createClient(backend, 'Acme');
    const { file, id } = await create(backend);
    const full = path.join(folder, 'backups', file);
    const bytes = readFileSync(full);
    bytes[bytes.length - 200]! ^= 4;
    writeFileSync(full, bytes);
    await expect(backend.ask(1, 'backups.restore', { id })).rejects.toThrow('NO_BACKUP damaged');
    writeFileSync(full, bytes.subarray(0, 3_000));
    expect((await list(backend)).backups).toMatchObject([{ isVerified: false }]);
    await expect(backend.ask(1, 'backups.restore', { id })).rejects.toThrow('NO_BACKUP damaged');
    expect(await clientNames(backend)).toEqual(['Acme']);
    expect(fileNames(folder)).toEqual(['backups', 'data']);
  });

  it('of a file that is no backup says so, and of one that was one that it is damaged', async () => {
    let chosen = '';
    const backend = open({ chooseBackup: () => chosen });
    const folder = await newOffice(backend);
    const { file } = await create(backend);
    const bytes = readFileSync(path.join(folder, 'backups', file));
    const offer = (name: string, content: string | Buffer): Promise<unknown> => {
      chosen = path.join(newFolder(), name);
      writeFileSync(chosen, content);
      return backend.ask(1, 'backups.chooseFile');
    };
    for (const text of ['', 'To do\n', `{"about":"${file}"}\n`])
      await expect(offer('notes.txt', text), text).rejects.toThrow('NO_BACKUP notOurs');
    for (const [name, content] of [
      ...[
        ['cut off', bytes.subarray(0, 60)] as const,
        ['changed', bytes.subarray(0, 400).fill(7, 50)] as const,
      ],
      ['all gone.daybook-backup', Buffer.alloc(400)] as const,
    ])
      await expect(offer(name, content), name).rejects.toThrow('NO_BACKUP damaged');
  });

  it.skipIf(!canMount)('without room for it says that of restoring', async () => {
    const place = newFolder();
    const backend = open({ chooseFolder: () => place });
    const folder = newVolume(120);
    await newOffice(backend, folder);
    await backend.ask(1, 'backups.chooseFolder');
    const { id } = await create(backend);
    writeFileSync(path.join(folder, 'filler'), Buffer.alloc((await statfs(folder)).bavail * 4_096 - 200_000));
    await expect(backend.ask(1, 'backups.restore', { id })).rejects.toThrow('NO_BACKUP noRoomToRestore');
    expect(existsSync(path.join(folder, 'restored'))).toBe(false);
  });

  it('works where the office no longer opens, for whoever sits there', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    await createClient(backend, 'Acme');
    const { id } = await create(backend);
    await backend.office.close();
    const logs = path.join(folder, 'data', 'appendonlydir');
    const increments = fileNames(logs).find((name) => name.includes('incr')) ?? '';
    writeFileSync(path.join(logs, increments), Buffer.alloc(4_000));
    await backend.office.open(folder);
    expect(backend.office.state().state).toBe('trouble');
    expect(await backend.ask(7, 'backups.list')).toMatchObject({ isOpen: false, backups: [{ id }] });
    await expect(backend.ask(7, 'backups.create')).rejects.toThrow('SIGNED_OUT');
    await backend.ask(7, 'backups.restore', { id });
    await signIn(backend);
    expect(await clientNames(backend)).toEqual(['Acme']);
  });

  it('that was cut off between its steps goes on when the office is opened', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    await createClient(backend, 'Before');
    const { id } = await create(backend);
    await createClient(backend, 'After');
    await backend.ask(1, 'backups.restore', { id });
    await backend.office.close();
    // As it stands when the program ends after the office was moved away and before the other one came.
    const restored = path.join(folder, 'restored');
    const [kept = ''] = fileNames(path.join(folder, 'kept'));
    mkdirSync(restored);
    renameSync(path.join(folder, 'data'), path.join(restored, 'data'));
    writeFileSync(path.join(restored, 'ready'), kept);
    await backend.office.open(folder);
    await signIn(backend);
    expect(await clientNames(backend)).toEqual(['Before']);
    expect(existsSync(path.join(folder, 'kept', kept, 'data', 'appendonlydir'))).toBe(true);
  });
});

describe('A restore that waits to be finished', () => {
  const makeReady = (folder: string): void => {
    writeFileSync(path.join(folder, 'restored', 'ready'), '2026-11-20');
  };

  it('and cannot be is told, and is finished once it can', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    await createClient(backend, 'Before');
    const { id } = await create(backend);
    await backend.office.close();
    cpSync(path.join(folder, 'data'), path.join(folder, 'restored', 'data'), { recursive: true });
    makeReady(folder);
    writeFileSync(path.join(folder, 'kept'), 'in the way');
    await backend.office.open(folder);
    expect(await backend.ask(1, 'office.status')).toMatchObject({
      state: 'trouble',
      trouble: { reason: 'notRestored', path: folder },
      dataFolder: folder,
    });
    await expect(backend.ask(1, 'backups.restore', { id })).rejects.toThrow('NO_BACKUP pending');
    rmSync(path.join(folder, 'kept'));
    await backend.ask(1, 'office.reopen');
    await signIn(backend);
    expect(await clientNames(backend)).toEqual(['Before']);
    expect(fileNames(folder).filter((name) => name !== 'journal')).toEqual(['backups', 'data', 'kept']);
  });

  it('is left to the program that has the office open', async () => {
    const [one, other] = [open(), open()];
    const folder = await newOffice(one);
    await createClient(one, 'Here');
    // As it stands while a backup is being unpacked, and when that is done.
    mkdirSync(path.join(folder, 'restored', 'data'), { recursive: true });
    for (const step of [() => undefined, () => makeReady(folder)]) {
      step();
      await other.office.open(folder);
      expect(other.office.state()).toMatchObject({ state: 'trouble', trouble: { reason: 'locked' } });
      expect(existsSync(path.join(folder, 'restored', 'data'))).toBe(true);
    }
    expect(await clientNames(one)).toEqual(['Here']);
  });

  it('is finished once when two programs come to it at the same time', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    await backend.office.close();
    for (let round = 0; round < 5; round += 1) {
      cpSync(path.join(folder, 'data'), path.join(folder, 'restored', 'data'), { recursive: true });
      writeFileSync(path.join(folder, 'restored', 'data', 'round'), String(round));
      makeReady(folder);
      const ended = await Promise.allSettled([1, 2].map(() => settleRestore(folder, enginePrograms)));
      const kept = ended.flatMap((one) =>
        one.status === 'fulfilled' && one.value !== null ? [one.value] : [],
      );
      expect(kept).toHaveLength(1);
      expect(readFileSync(path.join(folder, 'data', 'round'), 'utf8')).toBe(String(round));
      expect(existsSync(path.join(folder, 'restored'))).toBe(false);
    }
  });
});

describe('Offices that back up into one folder', () => {
  /** Two programs with an office each; both offices have the same name. */
  async function twoOffices(): Promise<{ one: TestBackend; other: TestBackend; shared: string }> {
    const shared = newFolder();
    const [one, other] = [open({ chooseFolder: () => shared }), open({ chooseFolder: () => shared })];
    for (const backend of [one, other]) {
      await newOffice(backend);
      await backend.ask(1, 'backups.chooseFolder');
    }
    return { one, other, shared };
  }

  it('see and restore their own backups only', async () => {
    const { one, other } = await twoOffices();
    await createClient(one, 'Of the one');
    await createClient(other, 'Of the other');
    const backup = await create(one);
    const own = await create(other);
    expect(await list(one)).toMatchObject({ backups: [{ id: backup.id }], others: 1 });
    expect(await list(other)).toMatchObject({ backups: [{ id: own.id }], others: 1 });
    await expect(other.ask(1, 'backups.restore', { id: backup.id })).rejects.toThrow('NO_BACKUP otherOffice');
    expect(await clientNames(other)).toEqual(['Of the other']);
  });

  it('are told apart where they no longer open', async () => {
    const { one, other } = await twoOffices();
    const backup = await create(one);
    const own = await create(other);
    const { folder } = other.office;
    await other.office.close();
    const logs = path.join(folder, 'data', 'appendonlydir');
    for (const name of fileNames(logs).filter((each) => !each.endsWith('.manifest')))
      writeFileSync(path.join(logs, name), Buffer.alloc(4_000));
    await other.office.open(folder);
    expect(await other.ask(7, 'backups.list')).toMatchObject({
      isOpen: false,
      backups: [{ id: own.id }],
      others: 1,
    });
    await expect(other.ask(7, 'backups.restore', { id: backup.id })).rejects.toThrow('NO_BACKUP otherOffice');
  });

  it('are both backed up once a day', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { one, other } = await twoOffices();
    await create(one);
    other.backups.start();
    vi.advanceTimersByTime(60_000);
    await until(async () => (await list(other)).backups.length === 1);
    expect((await list(other)).backups).toMatchObject([{ reason: 'daily' }]);
  });

  it('lose none of theirs to the other’s tidying', async () => {
    const { one, other, shared } = await twoOffices();
    const first = await create(one);
    for (const reason of ['daily', 'daily']) await other.backups.backUp(reason);
    const names = fileNames(shared);
    expect(names).toContain(first.file);
    // Of two on one day the newer is enough.
    expect(names).toHaveLength(2);
  });

  it('are not mixed up where nothing tells whose office does not open', async () => {
    const { one, other, shared } = await twoOffices();
    const { file } = await create(one);
    const stranger = open();
    const folder = newFolder();
    const place = path.join(folder, 'backups');
    mkdirSync(place);
    copyFileSync(path.join(shared, file), path.join(place, file));
    await stranger.office.open(folder);
    expect(stranger.office.state().state).toBe('trouble');
    // All that lies in its own folder is of one office: there is no doubt.
    expect(await list(stranger)).toMatchObject({ backups: [{ file }], others: 0 });
    const another = await create(other);
    copyFileSync(path.join(shared, another.file), path.join(place, another.file));
    expect(await list(stranger)).toMatchObject({ backups: [], others: 2 });
  });
});

describe('The settings of backups', () => {
  it('go along with an office whose folder is moved, and not to the one made in its place', async () => {
    let chosen = newFolder();
    const settingsFolder = newFolder();
    const start = (): TestBackend => open({ settingsFolder, chooseFolder: () => chosen });
    let backend = start();
    const folder = await newOffice(backend);
    await backend.ask(1, 'backups.chooseFolder');
    await backend.ask(1, 'backups.setPassphrase', { passphrase: 'eight or more' });
    await backend.close();
    const moved = path.join(newFolder(), 'moved');
    renameSync(folder, moved);
    backend = start();
    await newOffice(backend, folder);
    expect(await list(backend)).toMatchObject({ hasPassphrase: false, isUsualFolder: true });
    const shared = chosen;
    chosen = newFolder();
    await backend.ask(1, 'backups.chooseFolder');
    await backend.office.open(moved);
    await signIn(backend);
    expect(await list(backend)).toMatchObject({ hasPassphrase: true, folder: shared });
    expect(await create(backend)).toMatchObject({ isEncrypted: true });
    await backend.office.open(folder);
    await signIn(backend);
    expect(await list(backend)).toMatchObject({ hasPassphrase: false, folder: chosen });
  });

  it('that are damaged stop backups until an administrator says whether they are encrypted', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const settingsFolder = newFolder();
    const backend = open({ settingsFolder });
    const folder = await newOffice(backend);
    const answer = (): Promise<object> => backend.ask(1, 'backups.status');
    expect(await answer()).toMatchObject({ settingsLost: false });
    await backend.ask(1, 'backups.setPassphrase', { passphrase: 'eight or more' });
    await create(backend);
    writeFileSync(path.join(settingsFolder, 'backups.json'), '{"offices":');
    expect(await answer()).toMatchObject({ settingsLost: true });
    expect(existsSync(path.join(settingsFolder, 'backups.json.damaged'))).toBe(true);
    for (const reason of ['daily', 'before-9.9.9'])
      await expect(backend.backups.backUp(reason)).rejects.toThrow('NO_BACKUP settings');
    await expect(create(backend)).rejects.toThrow('NO_BACKUP settings');
    expect(fileNames(path.join(folder, 'backups'))).toHaveLength(1);
    // Also after the next start, and where backups lie says nothing of who may read them.
    await backend.close();
    const next = open({ settingsFolder, chooseFolder: () => newFolder() });
    await next.office.open(folder);
    await signIn(next);
    await next.ask(1, 'backups.chooseFolder');
    expect(await list(next)).toMatchObject({ settingsLost: true, isUsualFolder: false });
    await next.ask(1, 'backups.setPassphrase', { passphrase: 'eight or more' });
    expect(await next.ask(1, 'backups.status')).toMatchObject({ settingsLost: false });
    expect(await create(next)).toMatchObject({ isEncrypted: true });
    // Another office is asked about apart.
    await newOffice(next);
    expect(await next.ask(1, 'backups.status')).toMatchObject({ settingsLost: true });
    await next.ask(1, 'backups.clearPassphrase');
    expect(await create(next)).toMatchObject({ isEncrypted: false });
  });

  it('that cannot be read at the moment are neither empty nor replaced', async () => {
    const settingsFolder = newFolder();
    const backend = open({ settingsFolder });
    await newOffice(backend);
    await backend.ask(1, 'backups.setPassphrase', { passphrase: 'eight or more' });
    const file = path.join(settingsFolder, 'backups.json');
    renameSync(file, `${file}.away`);
    // Reading fails, and not for what stands in it.
    mkdirSync(file);
    await expect(create(backend)).rejects.toThrow('STORE_UNAVAILABLE settings');
    await expect(list(backend)).rejects.toThrow('STORE_UNAVAILABLE settings');
    expect(await backend.ask(1, 'health.status')).toMatchObject({ backupsReachable: false });
    rmSync(file, { recursive: true });
    renameSync(`${file}.away`, file);
    expect(await create(backend)).toMatchObject({ isEncrypted: true });
    expect(fileNames(settingsFolder).some((name) => name.endsWith('.damaged'))).toBe(false);
  });

  it('stay with an office whose drive is away while a copy of it is open', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    await backend.ask(1, 'backups.setPassphrase', { passphrase: 'eight or more' });
    await backend.office.close();
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true });
    renameSync(folder, `${folder} away`);
    for (const place of [copy, folder]) {
      if (place === folder) renameSync(`${folder} away`, folder);
      await backend.office.open(place);
      await signIn(backend);
      expect(await list(backend)).toMatchObject({ hasPassphrase: true });
    }
  });

  it('are its own for a copy of an office', async () => {
    const backend = open({ chooseFolder: () => newFolder() });
    const folder = await newOffice(backend);
    await backend.ask(1, 'backups.setPassphrase', { passphrase: 'eight or more' });
    await backend.office.close();
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true });
    await backend.office.open(copy);
    await signIn(backend);
    expect(await list(backend)).toMatchObject({ hasPassphrase: false });
  });
});

describe('Who may', () => {
  it('is an administrator while an office is open', async () => {
    const backend = open();
    await newOffice(backend);
    const { id } = await create(backend);
    await backend.ask(1, 'users.create', {
      writeId: crypto.randomUUID(),
      fields: { userName: 'max', displayName: 'Max', role: 'manager', seesAllClients: true },
      password: 'battery staple',
    });
    await backend.ask(2, 'session.signIn', { userName: 'max', password: 'battery staple' });
    for (const [call, input] of [
      ...[['list'], ['status'], ['create'], ['clearPassphrase'], ['chooseFolder']],
      ...[
        ['setPassphrase', { passphrase: 'eight or more' }],
        ['restore', { id }],
      ],
    ] as [string, unknown][]) {
      await expect(backend.ask(2, `backups.${call}`, input), call).rejects.toThrow('NOT_ALLOWED');
      await expect(backend.ask(3, `backups.${call}`, input), call).rejects.toThrow('SIGNED_OUT');
    }
  });

  it('is nobody in the demo office', async () => {
    const backend = open();
    await backend.office.openDemo();
    await expect(backend.ask(1, 'backups.list')).rejects.toThrow('CONFLICT demoBackups');
  });

  it('makes one at a time', async () => {
    const backend = open();
    await newOffice(backend);
    const [one, other] = await Promise.allSettled([create(backend), create(backend)]);
    expect(one.status).toBe('fulfilled');
    expect(String((other as PromiseRejectedResult).reason)).toContain('CONFLICT backup');
  });
});
