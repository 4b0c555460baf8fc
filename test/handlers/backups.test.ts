import { cpSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { BackupFacts, BackupsAnswer } from '../../electron/contract/backups.ts';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import { administrator, newBackend, newOffice, type TestBackend } from '../support/backend.ts';
import { newFolder, removeFolders } from '../support/engine.ts';

const backends: TestBackend[] = [];
let chosen: string | null = null;

afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.close()));
  removeFolders();
});

/** The program on a computer of its own, started as a person would. */
async function start(settingsFolder = newFolder()): Promise<TestBackend> {
  const backend = newBackend({ appVersion: '0.1.0', settingsFolder, chooseBackup: () => chosen });
  backends.push(backend);
  await backend.offices.start(null);
  return backend;
}
const status = (backend: TestBackend): Promise<OfficeStatus> => backend.ask(1, 'office.status');
const list = (backend: TestBackend): Promise<BackupsAnswer> => backend.ask(1, 'backups.list');

/** The file of a backup, from a computer that is not there any more. */
async function backupFromElsewhere(): Promise<string> {
  const backend = await start();
  const folder = await newOffice(backend);
  const { backup }: { backup: BackupFacts } = await backend.ask(1, 'backups.create');
  const file = path.join(newFolder(), backup.file);
  renameSync(path.join(folder, 'backups', backup.file), file);
  await backends.pop()?.close();
  return file;
}

describe('Where there is no office yet', () => {
  it('the list of backups names no folder, because there is nothing to back up', async () => {
    const backend = await start();
    expect(await status(backend)).toMatchObject({ state: 'firstRun' });
    expect(await list(backend)).toMatchObject({ folder: null, isOpen: false, backups: [], others: 0 });
  });

  it('a backup from elsewhere becomes the office of this computer, and opens by itself from then on', async () => {
    chosen = await backupFromElsewhere();
    const settings = newFolder();
    const backend = await start(settings);
    const { backup }: { backup: BackupFacts } = await backend.ask(1, 'backups.chooseFile');
    await backend.ask(1, 'backups.restoreFile', { id: backup.id });
    const { userName, password } = administrator;
    await backend.ask(1, 'session.signIn', { userName, password });
    expect(await list(backend)).toMatchObject({ isOpen: true, folder: expect.any(String) as string });
    await backends.pop()?.close();
    expect(await status(await start(settings))).toMatchObject({
      state: 'ready',
      name: 'Test office',
      knownOffices: 1,
    });
  });

  it('backups that lie there all the same are listed', async () => {
    const file = await backupFromElsewhere();
    const settings = newFolder();
    // A new office that nobody created yet.
    await start(settings);
    await backends.pop()?.close();
    const folder = path.join(settings, 'office', 'backups');
    cpSync(file, path.join(folder, path.basename(file)));
    const backend = await start(settings);
    expect(await status(backend)).toMatchObject({ state: 'firstRun' });
    expect(await list(backend)).toMatchObject({ folder, isOpen: false });
    rmSync(folder, { recursive: true });
    expect(await list(backend)).toMatchObject({ folder: null });
  });
});
