import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { placeSentence, placeTroubles } from '../../electron/contract/places.ts';
import { lookAtPlace, type PlaceOptions } from '../../electron/places/lookAtPlace.ts';
import { newFolder, removeFolders } from '../support/engine.ts';
import { projectRoot } from '../support/projectRoot.ts';
import { canMount, fill, mountWord, newReadOnlyView, newVolume, removeVolumes } from '../support/volumes.ts';

afterEach(() => {
  removeVolumes();
  removeFolders();
});

const reasonOf = async (folder: string, options: PlaceOptions = {}): Promise<string | undefined> =>
  (await lookAtPlace(folder, { env: {}, ...options }))?.reason;

/** A file below a folder, with the folders it needs. */
function put(folder: string, file: string, text = 'x'): void {
  const whole = path.join(folder, file);
  mkdirSync(path.dirname(whole), { recursive: true });
  writeFileSync(whole, text);
}
const manifest = 'data/appendonlydir/appendonly.aof.manifest';

describe('a good place', () => {
  it('is a folder that is empty, one that is still to be made, and one with an office; all stay as they are', async () => {
    const folder = newFolder();
    expect(await reasonOf(folder)).toBeUndefined();
    expect(await reasonOf(path.join(folder, 'a', 'b'))).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
    put(folder, manifest);
    expect(await reasonOf(folder, { isKnown: true })).toBeUndefined();
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(
      ['data', 'data/appendonlydir', manifest].map((name) => path.normalize(name)),
    );
  });

  it('is one with data whose list is gone or empty, for that can be made anew', async () => {
    for (const name of ['appendonly.aof.1.base.rdb', 'appendonly.aof.1.incr.aof']) {
      const folder = newFolder();
      put(folder, `data/appendonlydir/${name}`, 'x'.repeat(2_000));
      expect(await reasonOf(folder, { isKnown: true })).toBeUndefined();
      put(folder, manifest, '');
      expect(await reasonOf(folder)).toBeUndefined();
    }
  });

  it('may have a path of more than 200 bytes', async () => {
    const long = path.join(newFolder(), 'ä'.repeat(100), 'office');
    expect(Buffer.byteLength(long)).toBeGreaterThan(200);
    expect(await reasonOf(long)).toBeUndefined();
  });
});

describe('a place that is none', () => {
  it('is a file, or lies in one', async () => {
    const folder = newFolder();
    put(folder, 'file');
    expect(await reasonOf(path.join(folder, 'file'))).toBe('notFolder');
    expect(await reasonOf(path.join(folder, 'file', 'office'))).toBe('notFolder');
    put(folder, 'office/data');
    expect(await reasonOf(path.join(folder, 'office'))).toBe('notFolder');
  });

  it('has a path that the system does not take', async () => {
    const folder = newFolder();
    expect(await reasonOf(path.join(folder, 'x'.repeat(256)))).toBe('tooLong');
    expect(await reasonOf(path.join(folder, 'ä'.repeat(128)))).toBe('tooLong');
    expect(await reasonOf(path.join(folder, ...Array.from({ length: 30 }, () => 'y'.repeat(200))))).toBe(
      'tooLong',
    );
  });

  it('is not there although an office is known by it', async () => {
    expect(await reasonOf(path.join(newFolder(), 'unplugged'), { isKnown: true })).toBe('gone');
  });

  it.skipIf(process.platform === 'win32')('is on a drive that is not there', async () => {
    expect(await reasonOf('/media/nobody-here/STICK/office')).toBe('gone');
  });

  it('is on a file system of the network, which is not even touched', async () => {
    const folder = newFolder();
    const mounts = [
      { folder: '/', type: 'ext4' },
      { folder, type: 'nfs4' },
    ];
    expect(await lookAtPlace(path.join(folder, 'office'), { mounts })).toEqual({
      ...{ reason: 'network', detail: 'nfs4' },
      folder: path.join(folder, 'office'),
    });
    const link = path.join(newFolder(), 'link');
    symlinkSync(folder, link);
    expect(await reasonOf(path.join(link, 'office'), { mounts })).toBe('network');
    expect(await reasonOf('/nowhere/at/all', { mounts: [{ folder: '/nowhere', type: 'fuse.sshfs' }] })).toBe(
      'network',
    );
  });

  it('may not be written in by this person', async ({ skip }) => {
    if (process.platform === 'win32') skip('rights are others on Windows');
    const folder = newFolder();
    const isRoot = process.getuid?.() === 0;
    chmodSync(folder, isRoot ? 0o755 : 0o500);
    // Root may do anything, so somebody else has to try.
    const look = `import(${JSON.stringify(pathToFileURL(path.join(projectRoot, 'electron/places/lookAtPlace.ts')).href)})
      .then(async ({ lookAtPlace }) => console.log((await lookAtPlace(${JSON.stringify(folder)}, { env: {} }))?.reason))`;
    const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};
    expect(execFileSync(process.execPath, ['-e', look], { ...nobody, encoding: 'utf8' }).trim()).toBe(
      'noPermission',
    );
    chmodSync(folder, 0o700);
  });
});

describe(`a volume${mountWord}`, () => {
  it.skipIf(!canMount)('that is read-only holds no office', async () => {
    const folder = newFolder();
    put(folder, `office/${manifest}`);
    const view = newReadOnlyView(folder);
    expect(await reasonOf(path.join(view, 'office'), { isKnown: true })).toBe('readOnly');
    expect(await reasonOf(path.join(view, 'new'))).toBe('readOnly');
  });

  it.skipIf(!canMount)('that is full takes no new office, and opens the one it holds', async () => {
    const volume = newVolume(60);
    put(volume, `office/${manifest}`);
    expect(await reasonOf(path.join(volume, 'new'))).toBeUndefined();
    fill(volume, 49);
    expect(await reasonOf(path.join(volume, 'new'))).toBe('full');
    fill(volume);
    expect(await reasonOf(path.join(volume, 'new'))).toBe('full');
    expect(await reasonOf(path.join(volume, 'office'))).toBeUndefined();
  });
});

describe('a folder that a cloud program synchronises', () => {
  it.each([
    ['OneDrive - Peeters & Partners', 'OneDrive'],
    ['onedrive', 'OneDrive'],
    ['Dropbox (Personal)', 'Dropbox'],
    ['Google Drive', 'Google Drive'],
    ['Mobile Documents/com~apple~CloudDocs', 'iCloud'],
    ['Library/CloudStorage/Strato-ada', 'a cloud program'],
    ['Nextcloud', 'Nextcloud'],
  ])('is known by its name: %s', async (name, program) => {
    const folder = path.join(newFolder(), name, 'papers', 'office');
    expect(await lookAtPlace(folder, { env: {} })).toEqual({
      reason: 'synchronised',
      folder,
      detail: program,
    });
  });

  it.each([
    ['.849C9593-D756-4E56-8D6E-42412F2A707B', 'OneDrive'],
    ['.dropbox', 'Dropbox'],
    ['.tmp.driveupload', 'Google Drive'],
    ['.sync_3f2a9c.db', 'Nextcloud'],
    ['.stfolder', 'Syncthing'],
  ])('is known by what lies at its top: %s', async (marker, program) => {
    const top = newFolder();
    put(top, marker);
    put(top, `papers/office/${manifest}`);
    expect(await lookAtPlace(path.join(top, 'papers', 'office'), { env: {} })).toMatchObject({
      ...{ reason: 'synchronised', detail: program },
    });
  });

  it('is known by the environment, and through a link', async () => {
    const top = newFolder();
    const office = path.join(top, 'office');
    mkdirSync(office);
    expect(await reasonOf(office)).toBeUndefined();
    expect(await reasonOf(office, { env: { OneDriveCommercial: top } })).toBe('synchronised');
    const link = path.join(newFolder(), 'link');
    symlinkSync(office, link);
    expect(await reasonOf(link, { env: { OneDriveCommercial: top } })).toBe('synchronised');
  });

  it('is not every folder with such a word in it', async () => {
    for (const name of ['OneDrives', 'My Dropbox papers', 'Boxes', 'box', 'mega'])
      expect(await reasonOf(path.join(newFolder(), name))).toBeUndefined();
  });
});

describe('a folder whose office vanished', () => {
  it.each([
    ['a sealed part of its journal', 'journal/0001.json', 'x'],
    ['a backup', 'backups/2026-03-02/backup.json', 'x'],
    ['something the engine was writing', 'data/appendonlydir/temp-rewriteaof-bg-7.aof', 'x'.repeat(2_000)],
    [
      'the log of an engine that ran',
      'data/engine.log',
      '1:M * The server is now ready to accept connections at /run/x\n',
    ],
  ])('is known by %s', async (_what, file, text) => {
    const folder = newFolder();
    put(folder, file, text);
    expect(await reasonOf(folder)).toBe('vanished');
    mkdirSync(path.join(folder, 'data', 'appendonlydir'), { recursive: true });
    expect(await reasonOf(folder)).toBe('vanished');
    put(folder, manifest, '');
    expect(await reasonOf(folder)).toBe('vanished');
  });

  it('is known by its name on the list, however empty it is', async () => {
    const folder = newFolder();
    expect(await reasonOf(folder, { isKnown: true })).toBe('vanished');
    mkdirSync(path.join(folder, 'data', 'appendonlydir'), { recursive: true });
    expect(await reasonOf(folder, { isKnown: true })).toBe('vanished');
  });

  it('is not one where a first start was cut off', async () => {
    const folder = newFolder();
    put(folder, 'data/engine.log', 'Fatal: write error: No space left on device\n');
    put(folder, 'data/appendonlydir/appendonly.aof.1.base.rdb', 'x'.repeat(89));
    expect(await reasonOf(folder)).toBeUndefined();
  });
});

it('every trouble with a place has one sentence that names the folder', () => {
  for (const reason of placeTroubles) {
    const sentence = placeSentence(reason, '/the/folder', 'Dropbox');
    expect(sentence).toContain('/the/folder');
    expect(sentence.length).toBeLessThan(260);
  }
});
