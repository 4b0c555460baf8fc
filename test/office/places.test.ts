import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import { administrator, newBackend, type TestBackend } from '../support/backend.ts';
import { newFolder, removeFolders } from '../support/engine.ts';
import { canMount, fill, mountWord, newReadOnlyView, newVolume, removeVolumes } from '../support/volumes.ts';

const backends: TestBackend[] = [];
let settings: string;
let chosen: string | null;

beforeEach(() => {
  settings = newFolder();
  chosen = null;
});
afterEach(async () => {
  for (const backend of backends.splice(0)) await backend.close();
  removeVolumes();
  removeFolders();
});

/** The program, started as a person would; it knows the offices it has opened. */
async function start(folder: string | null = null): Promise<TestBackend> {
  const backend = newBackend({ settingsFolder: settings, chooseFolder: () => chosen });
  backends.push(backend);
  await backend.offices.start(folder);
  return backend;
}
const end = async (): Promise<void> => {
  await backends.pop()?.close();
};
const status = (backend: TestBackend): Promise<OfficeStatus> => backend.ask(1, 'office.status');
const create = (backend: TestBackend): Promise<never> =>
  backend.ask(1, 'office.create', { name: 'North', zone: 'Europe/Brussels', administrator });
const troubleOf = async (backend: TestBackend): Promise<[string, string] | null> => {
  const { trouble } = await status(backend);
  return trouble && [trouble.reason, trouble.path];
};

/** An office that was made and closed again. */
async function officeIn(folder: string): Promise<string> {
  await create(await start(folder));
  await end();
  return folder;
}
const contents = (folder: string): string[] => (readdirSync(folder, { recursive: true }) as string[]).sort();

describe('an office whose data vanished', () => {
  const takeAway: Record<string, (folder: string) => void> = {
    'the files of the engine': (folder) => {
      rmSync(path.join(folder, 'data', 'appendonlydir'), { recursive: true });
      mkdirSync(path.join(folder, 'data', 'appendonlydir'));
    },
    'all data': (folder) => rmSync(path.join(folder, 'data'), { recursive: true }),
    'all it held': (folder) => {
      for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
    },
  };

  it.each(Object.keys(takeAway))('is never made anew: without %s', async (what) => {
    const folder = await officeIn(newFolder());
    takeAway[what]?.(folder);
    const left = contents(folder);
    const backend = await start(folder);
    expect(await troubleOf(backend)).toEqual(['vanished', folder]);
    await expect(create(backend)).rejects.toThrow('STORE_UNAVAILABLE');
    await backend.ask(1, 'office.reopen');
    expect(await troubleOf(backend)).toEqual(['vanished', folder]);
    expect(contents(folder)).toEqual(left);
  });

  it('is not made anew in the usual folder either, with no list to know it by', async () => {
    await create(await start());
    await end();
    const folder = path.join(settings, 'office');
    rmSync(path.join(settings, 'offices.json'));
    renameSync(path.join(folder, 'data', 'appendonlydir'), path.join(folder, 'taken away'));
    const backend = await start();
    expect(await troubleOf(backend)).toEqual(['vanished', folder]);
    renameSync(path.join(folder, 'taken away'), path.join(folder, 'data', 'appendonlydir'));
    await backend.ask(1, 'office.reopen');
    expect(await status(backend)).toMatchObject({ state: 'ready', name: 'North' });
  });

  it('is gone when its whole folder is', async () => {
    const folder = await officeIn(path.join(newFolder(), 'stick', 'office'));
    rmSync(path.dirname(folder), { recursive: true });
    const backend = await start(folder);
    expect(await troubleOf(backend)).toEqual(['gone', folder]);
    expect(readdirSync(path.dirname(path.dirname(folder)))).toEqual([]);
  });
});

describe('an office in a strange place', () => {
  it.each([240, 900, 3_900])('works at the end of a path of %d bytes', async (bytes) => {
    let folder = newFolder();
    while (Buffer.byteLength(folder) < bytes - 60) folder = path.join(folder, 'ä long name'.repeat(4));
    await officeIn(folder);
    expect(await status(await start(folder))).toMatchObject({ state: 'ready', name: 'North' });
  });

  it('is refused where the path is too long, or leads through a file, in words', async () => {
    const top = newFolder();
    const long = path.join(top, 'x'.repeat(300));
    expect(await troubleOf(await start(long))).toEqual(['tooLong', long]);
    writeFileSync(path.join(top, 'file'), '');
    for (const folder of [path.join(top, 'file'), path.join(top, 'file', 'office')])
      expect(await troubleOf(await start(folder))).toEqual(['notFolder', folder]);
    expect(readdirSync(top)).toEqual(['file']);
  });

  it.skipIf(!canMount)(
    `is left alone on a read-only drive where a restore was cut off${mountWord}`,
    async () => {
      const folder = await officeIn(newFolder());
      mkdirSync(path.join(folder, 'restored'));
      const view = newReadOnlyView(folder);
      expect(await troubleOf(await start(view))).toEqual(['readOnly', view]);
    },
  );

  it('is refused where a cloud program synchronises it, and left alone', async () => {
    const top = newFolder();
    const folder = await officeIn(path.join(top, 'papers', 'office'));
    writeFileSync(path.join(top, '.dropbox'), '');
    const left = contents(folder);
    const backend = await start(newFolder());
    chosen = folder;
    await backend.ask(1, 'offices.openFolder');
    expect((await status(backend)).trouble).toEqual({
      ...{ reason: 'synchronised', path: folder, log: 'Dropbox' },
      ...{ damage: null, program: null },
      mayOpenCopy: true,
    });
    await expect(
      backend.ask(1, 'session.signIn', { userName: 'Ada', password: administrator.password }),
    ).rejects.toThrow('STORE_UNAVAILABLE');
    expect(contents(folder)).toEqual(left);
    expect(await troubleOf(await start(path.join(top, 'new')))).toEqual([
      'synchronised',
      path.join(top, 'new'),
    ]);
  });

  it.skipIf(!canMount)(`is refused where nothing can be written${mountWord}`, async () => {
    const folder = await officeIn(newFolder());
    const view = newReadOnlyView(folder);
    expect(await troubleOf(await start(view))).toEqual(['readOnly', view]);
  });

  it.skipIf(!canMount)(`is not made where there is no room for it${mountWord}`, async () => {
    const volume = newVolume(60);
    fill(volume, 40);
    const folder = path.join(volume, 'office');
    expect(await troubleOf(await start(folder))).toEqual(['full', folder]);
    expect(readdirSync(volume)).toEqual(['filler']);
  });
});
