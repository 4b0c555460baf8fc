import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeHealth } from '../../electron/contract/health.ts';
import { newBackend, type TestBackend } from '../support/backend.ts';
import { newFolder, removeFolders } from '../support/engine.ts';

let backend: TestBackend;
let folder: string;
let chosen: string | null;
let chosenFolder: string | null;
let shown: string[];

const founder = { userName: 'wilhelmina', displayName: 'Wilhelmina Oosterhuis', password: 'eight or more' };
const secrets = ['Oosterhuis', 'wilhelmina', 'Zeewind', 'Bakkerij', 'Quarterly', 'Gent', 'Kantoor'];

beforeEach(async () => {
  chosen = null;
  chosenFolder = null;
  shown = [];
  backend = newBackend({
    chooseBundleFile: () => chosen,
    chooseFolder: () => chosenFolder,
    showFolder: (which) => {
      shown.push(which);
    },
    appVersion: '0.9.1',
  });
  folder = path.join(newFolder(), 'Kantoor van Wilhelmina', 'Zeewind office');
  await backend.office.open(folder);
  await backend.ask(1, 'office.create', { name: 'Zeewind', zone: 'Europe/Brussels', administrator: founder });
  const { user }: { user: { id: string } } = await backend.ask(1, 'session.current');
  const { client }: { client: { id: string } } = await backend.ask(1, 'clients.create', {
    writeId: crypto.randomUUID(),
    fields: { name: 'Bakkerij Quist', city: 'Gent' },
  });
  for (const title of ['Quarterly talk', 'Quarterly call'])
    await backend.ask(1, 'meetings.create', {
      writeId: crypto.randomUUID(),
      fields: {
        ...{ clientId: client.id, ownerId: user.id, title, type: 'call', status: 'open' },
        start: { date: '2026-03-02' },
      },
    });
});
afterEach(async () => {
  await backend.close();
  removeFolders();
});

const status = (): Promise<OfficeHealth> => backend.ask(1, 'health.status');
const sizeOnDisk = (part: string): number =>
  (readdirSync(path.join(folder, part), { recursive: true }) as string[])
    .map((name) => statSync(path.join(folder, part, name)))
    .reduce((sum, found) => sum + (found.isFile() ? found.size : 0), 0);

describe('the health of an office', () => {
  it('says how the engine, the data and the disk are', async () => {
    const health = await status();
    expect(health).toMatchObject({
      ...{ engineVersion: '7.0.15', meetings: 2, clients: 1, readOnly: false, lastCheck: null },
      ...{ lastBackup: null, dataBytes: sizeOnDisk('data') },
    });
    expect(health.memoryBytes).toBeGreaterThan(500_000);
    expect(health.memoryLimitBytes).toBe(Math.floor(os.totalmem() / 2));
    expect(health.freeBytes).toBeGreaterThan(0);
    expect(health.uptimeSeconds).toBeLessThan(60);
  });

  it('remembers the last check and its outcome', async () => {
    const before = new Date().toISOString();
    await backend.ask(1, 'office.check', {});
    const { lastCheck } = await status();
    expect(lastCheck).toMatchObject({ state: 'done', repaired: false, differences: [] });
    expect(lastCheck && lastCheck.at >= before).toBe(true);
    await backend.office.open(folder);
    await backend.ask(1, 'session.signIn', { userName: founder.userName, password: founder.password });
    expect((await status()).lastCheck).toEqual(lastCheck);
  });

  it('tells the last backup of this office and its proof, wherever backups lie', async () => {
    const place = newFolder();
    chosenFolder = place;
    await backend.ask(1, 'backups.chooseFolder');
    mkdirSync(path.join(folder, 'backups'));
    for (const where of [path.join(folder, 'backups'), place])
      writeFileSync(path.join(where, 'notes.txt'), '');
    expect(await status()).toMatchObject({ lastBackup: null, backupsReachable: true });
    const { backup }: { backup: { file: string; madeAt: string; bytes: number } } = await backend.ask(
      1,
      'backups.create',
    );
    const { madeAt: at, bytes } = backup;
    expect((await status()).lastBackup).toEqual({ at, bytes, isVerified: true });
    const file = path.join(place, backup.file);
    truncateSync(file, bytes - 1);
    expect((await status()).lastBackup).toMatchObject({ at, isVerified: false });
    rmSync(place, { recursive: true });
    expect(await status()).toMatchObject({ lastBackup: null, backupsReachable: false });
    await expect(backend.ask(1, 'backups.create')).rejects.toThrow('NO_BACKUP gone');
    expect(existsSync(place)).toBe(false);
  });

  it('counts what was put aside, and shows where', async () => {
    expect((await status()).keptBytes).toBe(0);
    for (const where of ['kept/2026', 'data/kept']) {
      mkdirSync(path.join(folder, where), { recursive: true });
      writeFileSync(path.join(folder, where, 'part'), Buffer.alloc(5_000));
    }
    const { keptBytes, dataBytes } = await status();
    expect(keptBytes).toBe(10_000);
    expect(dataBytes).toBe(sizeOnDisk('data') - 5_000);
    await backend.ask(1, 'health.showKept');
    rmSync(path.join(folder, 'kept'), { recursive: true });
    await backend.ask(1, 'health.showKept');
    expect(shown).toEqual([path.join(folder, 'kept'), path.join(folder, 'data', 'kept')]);
    rmSync(path.join(folder, 'data', 'kept'), { recursive: true });
    expect(await backend.serve('health.showKept', undefined, 1)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is for administrators, and shows the folder to them only', async () => {
    await backend.ask(1, 'health.showFolder');
    expect(shown).toEqual([folder]);
    const fields = { userName: 'otto', displayName: 'Otto', role: 'manager', active: true };
    const password = 'eight or more';
    await backend.ask(1, 'users.create', { writeId: crypto.randomUUID(), fields, password });
    await backend.ask(2, 'session.signIn', { userName: 'otto', password });
    for (const channel of ['health.status', 'health.showFolder', 'health.showKept', 'health.saveBundle'])
      expect(await backend.serve(channel, undefined, 2)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(shown).toEqual([folder]);
  });
});

describe('the diagnostic bundle', () => {
  it('tells support what it needs, and no name, title, path or user name', async () => {
    await backend.ask(1, 'office.check', {});
    mkdirSync(path.join(folder, 'backups', 'of Wilhelmina'), { recursive: true });
    chosen = path.join(newFolder(), 'bundle.json');
    expect(await backend.ask(1, 'health.saveBundle')).toEqual({ saved: true });
    const text = readFileSync(chosen, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      program: { name: 'Daybook', version: '0.9.1' },
      system: { platform: process.platform, node: process.versions.node },
      office: { meetings: 2, clients: 1, lastCheck: { state: 'done', differences: [] } },
      engine: { redis_version: '7.0.15', maxmemory_policy: 'noeviction', aof_enabled: '1' },
    });
    const { engineLog } = JSON.parse(text) as { engineLog: string[] };
    expect(engineLog.some((line) => line.includes('ready to accept connections'))).toBe(true);
    const hidden = [
      ...secrets,
      folder,
      os.homedir(),
      os.hostname(),
      `/${os.userInfo().username}`,
      os.tmpdir(),
    ];
    for (const secret of hidden) expect(text.toLowerCase(), secret).not.toContain(secret.toLowerCase());
    expect(statSync(chosen).mode & 0o077).toBe(0);
  });

  it('is not written when nobody chose a file, and says so when it cannot be', async () => {
    expect(await backend.ask(1, 'health.saveBundle')).toEqual({ saved: false });
    chosen = path.join(newFolder(), 'none', 'bundle.json');
    expect(await backend.serve('health.saveBundle', undefined, 1)).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'The bundle could not be written to this file.',
    });
  });
});
