import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BackupFacts } from '../../electron/contract/backups.ts';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import type { KnownOffice } from '../../electron/contract/offices.ts';
import { administrator, newBackend, type TestBackend } from '../support/backend.ts';
import { fileNames, newFolder, removeFolders } from '../support/engine.ts';

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

/** The program, started as a person would: nothing tells it which office to open. */
async function start(): Promise<TestBackend> {
  const backend = newBackend({
    appVersion: '0.1.0',
    settingsFolder: settings,
    chooseFolder: () => chosen,
  });
  backends.push(backend);
  await backend.offices.start(null);
  return backend;
}
async function end(): Promise<void> {
  await backends.pop()?.close();
}
const status = (backend: TestBackend): Promise<OfficeStatus> => backend.ask(1, 'office.status');
const list = async (backend: TestBackend): Promise<KnownOffice[]> => {
  const answer: { offices: KnownOffice[] } = await backend.ask(1, 'offices.list');
  return answer.offices;
};
const usual = (): string => path.join(settings, 'office');
const contents = (folder: string): string[] => (readdirSync(folder, { recursive: true }) as string[]).sort();

async function signIn(backend: TestBackend): Promise<void> {
  const { userName, password } = administrator;
  await backend.ask(1, 'session.signIn', { userName, password });
}
async function clientNames(backend: TestBackend): Promise<string[]> {
  const { rows }: { rows: { name: string }[] } = await backend.ask(1, 'clients.list', { limit: 10 });
  return rows.map(({ name }) => name);
}

/** Makes an office with a client and a backup of it. */
async function found(backend: TestBackend, name: string): Promise<void> {
  await backend.ask(1, 'office.create', { name, colour: 'teal', zone: 'Europe/Brussels', administrator });
  await backend.ask(1, 'clients.create', {
    writeId: crypto.randomUUID(),
    fields: { name: `Client of ${name}` },
  });
  await backend.ask(1, 'backups.create');
}

/** North in the usual folder, on its own or with South beside it; the program is ended. */
async function offices(...names: readonly string[]): Promise<void> {
  const backend = await start();
  for (const [at, name] of names.entries()) {
    if (at > 0) {
      await backend.ask(1, 'offices.leave');
      await backend.ask(1, 'offices.createNew');
    }
    await found(backend, name);
  }
  await end();
}

const takeAway: Record<string, (folder: string) => void> = {
  'its data': (folder) => rmSync(path.join(folder, 'data'), { recursive: true }),
  'the files of the engine': (folder) =>
    rmSync(path.join(folder, 'data', 'appendonlydir'), { recursive: true }),
};
const everyLoss = Object.keys(takeAway);

/** Each way that leads to the office named North, from a program that was just started. */
const ways: Record<string, { readonly names: readonly string[]; open(backend: TestBackend): Promise<void> }> =
  {
    'an ordinary start': { names: ['North'], open: () => Promise.resolve() },
    'a click in the list': {
      names: ['North', 'South'],
      async open(backend) {
        const { id } = (await list(backend)).find(({ name }) => name === 'North')!;
        await backend.ask(1, 'offices.open', { id });
      },
    },
    'its folder': {
      names: ['North', 'South'],
      async open(backend) {
        chosen = usual();
        await backend.ask(1, 'offices.openFolder');
      },
    },
    'its folder, taken off the list': {
      names: ['North', 'South'],
      async open(backend) {
        const { id } = (await list(backend)).find(({ name }) => name === 'North')!;
        await backend.ask(1, 'offices.remove', { id });
        chosen = usual();
        await backend.ask(1, 'offices.openFolder');
      },
    },
  };

describe.each(Object.keys(ways))('by %s', (way) => {
  const { names, open } = ways[way]!;

  it.each(everyLoss)('an office without %s says so, and comes back from a backup', async (loss) => {
    await offices(...names);
    takeAway[loss]?.(usual());
    const left = contents(usual());
    const backend = await start();
    await open(backend);
    expect(await status(backend)).toMatchObject({
      state: 'trouble',
      trouble: { reason: 'vanished', path: usual() },
      dataFolder: usual(),
    });
    expect(contents(usual())).toEqual(left);
    const { backups }: { backups: BackupFacts[] } = await backend.ask(1, 'backups.list');
    await backend.ask(1, 'backups.restore', { id: backups[0]?.id ?? '' });
    await signIn(backend);
    expect(await clientNames(backend)).toEqual(['Client of North']);
  });

  it('a restore that was cut off between its steps is finished', async () => {
    await offices(...names);
    // As it stands when the program ends after the office was moved away and before the other one came.
    const kept = path.join(usual(), 'kept', '2026-11-20');
    mkdirSync(kept, { recursive: true });
    mkdirSync(path.join(usual(), 'restored'));
    renameSync(path.join(usual(), 'data'), path.join(usual(), 'restored', 'data'));
    writeFileSync(path.join(usual(), 'restored', 'ready'), '2026-11-20');
    const backend = await start();
    await open(backend);
    expect(await status(backend)).toMatchObject({ state: 'ready', name: 'North' });
    expect(fileNames(usual())).not.toContain('restored');
    await signIn(backend);
    expect(await clientNames(backend)).toEqual(['Client of North']);
  });
});

describe('an office of the list', () => {
  it('is there as long as its folder is, whatever became of its data', async () => {
    await offices('North', 'South');
    for (const name of readdirSync(usual())) rmSync(path.join(usual(), name), { recursive: true });
    const backend = await start();
    expect((await list(backend)).map(({ isThere }) => isThere)).toEqual([true, true]);
    await ways['a click in the list']!.open(backend);
    expect((await status(backend)).trouble).toMatchObject({ reason: 'vanished', path: usual() });
    await expect(found(backend, 'North again')).rejects.toThrow('STORE_UNAVAILABLE');
    expect(contents(usual())).toEqual([]);
  });

  it('whose folder is gone is not there, also when it is the only one', async () => {
    await offices('North');
    renameSync(usual(), path.join(settings, 'unplugged'));
    const backend = await start();
    expect(await status(backend)).toMatchObject({ state: 'choosing' });
    const [north] = await list(backend);
    expect(north).toMatchObject({ name: 'North', isThere: false });
    expect(await backend.serve('offices.open', { id: north?.id ?? '' }, 1)).toMatchObject({
      code: 'NO_OFFICE',
      message: 'The folder of this office cannot be found. Nothing was changed.',
    });
    expect(readdirSync(settings)).not.toContain('office');
  });

  it('is found by its data folder, too, when there is nothing in that', async () => {
    await offices('North', 'South');
    takeAway['the files of the engine']!(usual());
    const backend = await start();
    chosen = path.join(usual(), 'data');
    await backend.ask(1, 'offices.openFolder');
    expect((await status(backend)).trouble).toMatchObject({ reason: 'vanished', path: usual() });
  });
});

describe('a folder that only looks like an office', () => {
  it('is refused, and what is open stays open', async () => {
    await offices('North');
    const backend = await start();
    chosen = newFolder();
    for (const part of ['backups', 'journal']) {
      mkdirSync(path.join(chosen, part));
      writeFileSync(path.join(chosen, part, 'holiday.zip'), 'somebody else’s');
    }
    const before = contents(chosen);
    await expect(backend.ask(1, 'offices.openFolder')).rejects.toThrow('NO_OFFICE folder');
    expect(await status(backend)).toMatchObject({ state: 'ready', name: 'North' });
    expect(contents(chosen)).toEqual(before);
  });
});
