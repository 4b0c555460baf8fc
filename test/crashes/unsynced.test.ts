import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { administrator, newBackend, newOffice, until, type TestBackend } from '../support/backend.ts';
import { copyFolder, tailOf } from '../support/damagedFolders.ts';
import { newFolder, removeFolders } from '../support/engine.ts';
import { faultEngine, faultWord, hasFaultEngine, wish } from '../support/faultEngine.ts';
import { canMountDisk, newDisk, removeVolumes } from '../support/volumes.ts';
import { engineProcesses } from './doomedApp.ts';

const signIn = { userName: administrator.userName, password: administrator.password };
const isDisk = hasFaultEngine && canMountDisk();
const skipWord = isDisk ? '' : faultWord || ' (skipped: no file can be mounted as a disk here)';

afterAll(() => {
  removeVolumes();
  removeFolders();
});

/** The disk is small. */
const spaceLimits = { lowBytes: 2 * 1024 * 1024, noneBytes: 1024 * 1024 };

async function openAt(folder: string, redisServer?: string): Promise<TestBackend> {
  const backend = newBackend({ spaceLimits, ...(redisServer !== undefined && { redisServer }) });
  await backend.office.open(folder);
  expect(backend.office.state()).toMatchObject({ state: 'open' });
  await backend.ask(1, 'session.signIn', signIn);
  return backend;
}

const create = (backend: TestBackend): Promise<unknown> =>
  backend.ask(1, 'clients.create', { writeId: 'client-of-test', fields: { name: 'Acme' } });

/** Clients of an office that nobody has open. */
async function clientsOf(folder: string): Promise<number> {
  const backend = await openAt(copyFolder(folder, newFolder()));
  const { total }: { total: number } = await backend.ask(1, 'clients.list', {});
  await backend.close();
  return total;
}

describe('what an engine wrote and did not sync before it ended', () => {
  it.skipIf(!isDisk)(`is on the disk before anybody is told that it is saved${skipWord}`, async () => {
    const disk = newDisk(32);
    const first = newBackend();
    const whole = await newOffice(first);
    await first.close();
    const folder = copyFolder(whole, path.join(disk.folder, 'office'));
    disk.sync();

    const dataFolder = path.join(folder, 'data');
    wish(dataFolder, { delayMs: 5_000 });
    const backend = await openAt(folder, faultEngine);
    const before = statSync(tailOf(dataFolder)).size;
    const saved = create(backend);
    await until(() => statSync(tailOf(dataFolder)).size > before);
    rmSync(path.join(dataFolder, 'faults'));
    process.kill(engineProcesses(folder).redis, 'SIGKILL');
    // It is in the file, but a power cut would still take it.
    const cut = disk.afterPowerCut();
    expect(readFileSync(tailOf(dataFolder), 'latin1')).toContain('Acme');
    // The next engine finds that it was done.
    await saved;
    expect(await clientsOf(path.join(cut, 'office'))).toBe(0);
    expect(await clientsOf(path.join(disk.afterPowerCut(), 'office'))).toBe(1);
    await backend.close();
  });
});
