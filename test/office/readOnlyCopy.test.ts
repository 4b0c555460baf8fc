import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportReport } from '../../electron/contract/export.ts';
import { contract } from '../../electron/contract/index.ts';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import type { SealingLimits } from '../../electron/journal/sealing.ts';
import { administrator, newBackend, newOffice, type TestBackend } from '../support/backend.ts';
import { tailOf } from '../support/damagedFolders.ts';
import { newFolder, removeFolders } from '../support/engine.ts';

const credentials = { userName: administrator.userName, password: administrator.password };
let backend: TestBackend;
let folder: string;
let settingsFolder: string;
let into: string;
let shown: string[];

const start = (sealing?: SealingLimits): TestBackend =>
  newBackend({
    settingsFolder,
    chooseFolder: () => into,
    showFolder: (which) => {
      shown.push(which);
    },
    ...(sealing && { sealing }),
  });
const status = (): Promise<OfficeStatus> => backend.ask(1, 'office.status');
const save = (name: string): Promise<unknown> =>
  backend.ask(1, 'clients.create', { writeId: crypto.randomUUID(), fields: { name } });
const names = async (): Promise<string[]> => {
  const { rows }: { rows: { name: string }[] } = await backend.ask(1, 'clients.list', { limit: 500 });
  return rows.map(({ name }) => name);
};

/** Every file of a folder with its bytes and when it was written. */
function everything(of: string): string[] {
  return readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => `${file} ${String(statSync(file).mtimeMs)} ${readFileSync(file).toString('base64')}`)
    .sort();
}
const copies = (): string[] =>
  readdirSync(os.tmpdir()).filter((name) => name.startsWith(`daybook-read-only-${String(process.pid)}-`));

const clients = Array.from({ length: 20 }, (_, at) => `Client ${String(at + 10)}`);

beforeEach(async () => {
  settingsFolder = newFolder();
  into = newFolder();
  shown = [];
  // The last write is to be that of the last client.
  backend = start();
  folder = await newOffice(backend);
  for (const name of clients) await save(name);
  await backend.close();
  // The end of the last write is lost.
  const tail = tailOf(path.join(folder, 'data'));
  truncateSync(tail, statSync(tail).size - 20);
  // Sealed at once where that is allowed, so that it shows when a copy touches the journal.
  backend = start({ inStore: 8, perSegment: 4 });
  await backend.office.open(folder);
});
afterEach(async () => {
  await backend.close();
  removeFolders();
});

describe('a copy of a damaged office, opened to be read', () => {
  it('shows what can be read to who signs in, and leaves the office as it is to the last byte', async () => {
    expect((await status()).trouble).toMatchObject({ reason: 'damaged', mayOpenCopy: true });
    const before = everything(folder);
    await backend.ask(1, 'office.openReadOnlyCopy');
    expect(await status()).toMatchObject({
      state: 'ready',
      readOnlyCopy: true,
      readOnly: false,
      dataFolder: folder,
    });
    expect(copies()).toHaveLength(1);
    await expect(names()).rejects.toThrow('SIGNED_OUT');
    await expect(
      backend.ask(1, 'session.signIn', { ...credentials, password: 'a wrong one' }),
    ).rejects.toThrow('WRONG_PASSWORD');
    await backend.ask(1, 'session.signIn', credentials);
    expect(await names()).toEqual(clients.slice(0, -1));
    await backend.ask(1, 'journal.list', { limit: 200 });
    await backend.ask(1, 'office.check', {});
    await backend.ask(1, 'drafts.keep', {
      draft: {
        form: crypto.randomUUID(),
        ...{ noun: 'meeting', recordId: null, fields: '{}', writeId: null },
      },
    });
    expect(await backend.ask(1, 'drafts.kept')).toEqual({ draft: null });
    expect(everything(folder)).toEqual(before);

    await backend.ask(1, 'office.closeReadOnlyCopy');
    expect(copies()).toEqual([]);
    expect((await status()).trouble).toMatchObject({ reason: 'damaged', damage: { lost: 1 } });
    // And it can be opened as ever.
    await backend.ask(1, 'office.reopen', { repair: true });
    await backend.ask(1, 'session.signIn', credentials);
    expect(await names()).toEqual(clients.slice(0, -1));
    await save('Client 99');
  });

  it('refuses every write with one sentence', async () => {
    await backend.ask(1, 'office.openReadOnlyCopy');
    await backend.ask(1, 'session.signIn', credentials);
    const before = everything(folder);
    const { rows }: { rows: { id: string }[] } = await backend.ask(1, 'clients.list', {});
    const { user }: { user: { id: string } } = await backend.ask(1, 'session.current');
    const { entries }: { entries: { entry: number }[] } = await backend.ask(1, 'journal.list', {});
    const [last] = entries;
    const id = rows[0]?.id ?? '';
    const writeId = crypto.randomUUID();
    const meeting = {
      ...{ clientId: id, ownerId: user.id, title: 'x', type: 'call', status: 'open' },
      start: { date: '2026-03-02' },
    };
    const writes: [string, object][] = [
      ['meetings.create', { writeId, fields: meeting }],
      ['clients.create', { writeId, fields: { name: 'x' } }],
      ['clients.delete', { writeId, id, version: 1 }],
      [
        'users.create',
        { writeId, password: 'long enough', fields: { userName: 'x', displayName: 'x', role: 'manager' } },
      ],
      ['office.update', { writeId, version: 1, fields: { name: 'x', colour: 'red' } }],
      ['office.renewRecoveryCode', { password: credentials.password }],
      ['journal.undo', { writeId, entry: last?.entry }],
    ];
    for (const [channel, input] of writes)
      expect(await backend.serve(channel, input, 1), channel).toMatchObject({
        ok: false,
        code: 'NOT_ALLOWED',
        message: 'This is a copy to read, so nothing can be saved.',
      });
    for (const channel of ['backups.create'])
      expect((await backend.serve(channel, {}, 1)).ok, channel).toBe(false);
    expect(await names()).toEqual(clients.slice(0, -1));
    expect(everything(folder)).toEqual(before);
    expect(writes.every(([channel]) => channel.split('.')[0]! in contract)).toBe(true);
  });

  it('can be exported by an administrator', async () => {
    await backend.ask(1, 'office.openReadOnlyCopy');
    await expect(backend.ask(1, 'office.export')).rejects.toThrow('SIGNED_OUT');
    await backend.ask(1, 'session.signIn', credentials);
    const report: ExportReport = await backend.ask(1, 'office.export', { withJournal: true });
    expect(report).toMatchObject({ state: 'done', clients: clients.length - 1 });
    const told = JSON.parse(readFileSync(path.join(report.folder, 'clients.json'), 'utf8')) as {
      name: string;
    }[];
    expect(told.map(({ name }) => name)).toEqual(clients.slice(0, -1));
    expect(readFileSync(path.join(report.folder, 'README.txt'), 'utf8')).toMatch(
      /NOT COMPLETE: .*\r\nMissing in these files: 1 saved action, the last one made on 20\d\d-/,
    );
  });

  it('goes away with the program, and when another office is chosen', async () => {
    await backend.ask(1, 'office.openReadOnlyCopy');
    expect(copies()).toHaveLength(1);
    await backend.close();
    expect(copies()).toEqual([]);
    backend = start();
    await backend.office.open(folder);
    await backend.ask(1, 'office.openReadOnlyCopy');
    await backend.ask(1, 'offices.leave');
    expect(copies()).toEqual([]);
    expect((await status()).readOnlyCopy).toBe(false);
  });

  it('of a program that crashed is removed at the next start', async () => {
    // No process has this number.
    const left = path.join(os.tmpdir(), 'daybook-read-only-4194303-left');
    mkdirSync(path.join(left, 'data'), { recursive: true });
    writeFileSync(path.join(left, 'data', 'x'), '');
    await backend.close();
    backend = start();
    expect(readdirSync(os.tmpdir())).not.toContain(path.basename(left));
  });

  it('is opened only of an office in trouble, whose folder can be shown then', async () => {
    await backend.ask(1, 'office.showFolder');
    expect(shown).toEqual([folder]);
    await backend.ask(1, 'office.reopen', { repair: true });
    for (const call of ['openReadOnlyCopy', 'showFolder'])
      await expect(backend.ask(1, `office.${call}`), call).rejects.toThrow(/CONFLICT copy|NOT_ALLOWED/);
    await backend.ask(1, 'office.closeReadOnlyCopy');
    expect(await status()).toMatchObject({ state: 'ready', readOnlyCopy: false });
    expect(shown).toEqual([folder]);
    expect(copies()).toEqual([]);
  });
});
