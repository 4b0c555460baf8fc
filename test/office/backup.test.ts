import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import { administrator, newBackend, newOffice, type TestBackend } from '../support/backend.ts';
import { fileNames, newFolder, removeFolders } from '../support/engine.ts';

const backends: TestBackend[] = [];
const open = (options: Parameters<typeof newBackend>[0] = {}): TestBackend => {
  const backend = newBackend(options);
  backends.push(backend);
  return backend;
};
const createClient = (backend: TestBackend, name: string): Promise<unknown> =>
  backend.ask(1, 'clients.create', { writeId: crypto.randomUUID(), fields: { name } });
const clientNames = async (backend: TestBackend): Promise<string[]> => {
  const { rows }: { rows: { name: string }[] } = await backend.ask(1, 'clients.list', { limit: 500 });
  return rows.map(({ name }) => name);
};
const why = { appVersion: '0.1.0', reason: 'before-0.2.0' };

afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.close()));
  removeFolders();
});

describe('A backup', () => {
  it('lies beside the data under its day and version, with nothing in it that is not the office', async () => {
    const backend = open({ sealing: { inStore: 4, perSegment: 2 } });
    const folder = await newOffice(backend);
    for (let count = 0; count < 12; count += 1) await createClient(backend, `Client ${String(count)}`);
    // What the journal is about to put in its place may be gone in the next moment.
    writeFileSync(path.join(folder, 'journal', '0000000099-0000000100.jsonl.tmp'), 'half');
    const backup = await backend.office.backUp(why);
    expect(path.dirname(backup)).toBe(path.join(folder, 'backups'));
    expect(path.basename(backup)).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}-0\.1\.0-before-0\.2\.0$/);
    expect(readdirSync(path.join(folder, 'backups'))).toEqual([path.basename(backup)]);
    expect(fileNames(backup)).toEqual(['backup.json', 'data', 'journal']);
    expect(fileNames(path.join(backup, 'data'))).toEqual(['appendonlydir']);
    expect(fileNames(path.join(backup, 'journal')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const paper = JSON.parse(readFileSync(path.join(backup, 'backup.json'), 'utf8')) as {
      office: string;
      files: { file: string; bytes: number }[];
    };
    expect(paper).toMatchObject({ ...why, office: 'Test office' });
    for (const { file, bytes } of paper.files)
      expect(readFileSync(path.join(backup, file)).length, file).toBe(bytes);
    expect(paper.files.some(({ file }) => file.startsWith('journal/'))).toBe(true);
  });

  it('opens as an office with everything that was saved before, and nothing that came later', async () => {
    let chosen: string | null = null;
    const settingsFolder = newFolder();
    const backend = open({ settingsFolder, chooseFolder: () => chosen });
    await newOffice(backend);
    await createClient(backend, 'Before');
    chosen = await backend.office.backUp(why);
    await createClient(backend, 'After');
    expect(await clientNames(backend)).toEqual(['After', 'Before']);
    await backend.ask(1, 'offices.openFolder');
    const status: OfficeStatus = await backend.ask(1, 'office.status');
    expect(status).toMatchObject({ state: 'ready', name: 'Test office', dataFolder: chosen });
    const { userName, password } = administrator;
    await backend.ask(1, 'session.signIn', { userName, password });
    expect(await clientNames(backend)).toEqual(['Before']);
  });

  it('is whole while people go on writing: every client saved before it began is in it', async () => {
    let chosen: string | null = null;
    const backend = open({ chooseFolder: () => chosen });
    await newOffice(backend);
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
    chosen = await backend.office.backUp(why);
    isOver = true;
    await writers;
    await backend.ask(1, 'offices.openFolder');
    const { userName, password } = administrator;
    await backend.ask(1, 'session.signIn', { userName, password });
    const inBackup = await clientNames(backend);
    for (const name of before) expect(inBackup).toContain(name);
    // What came meanwhile is in it up to some moment, without a gap.
    expect([...inBackup].sort()).toEqual(saved.slice(0, inBackup.length));
  });

  it('that cannot be written leaves nothing behind, and the office as it was', async () => {
    const backend = open();
    const folder = await newOffice(backend);
    writeFileSync(path.join(folder, 'backups'), 'a file in the way');
    await expect(backend.office.backUp(why)).rejects.toThrow('EEXIST');
    await createClient(backend, 'Still here');
    expect(await clientNames(backend)).toEqual(['Still here']);
    expect(readFileSync(path.join(folder, 'backups'), 'utf8')).toBe('a file in the way');
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
    await expect(backend.office.backUp(why)).rejects.toThrow('engine damaged');
    expect(readdirSync(path.join(folder, 'backups'))).toEqual([]);
  });

  it('needs an open office', async () => {
    await expect(open().office.backUp(why)).rejects.toThrow('STORE_UNAVAILABLE');
  });
});
