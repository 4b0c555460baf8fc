import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { standingTo, usualBackups } from '../../electron/places/standing.ts';
import { newFolder, removeFolders } from '../support/engine.ts';

afterEach(removeFolders);

function newOfficeFolder(): string {
  const office = path.join(newFolder(), 'office');
  for (const part of ['data/appendonlydir', 'journal', 'kept', 'drafts', '..notes'])
    mkdirSync(path.join(office, part), { recursive: true });
  writeFileSync(path.join(office, 'data/appendonlydir/appendonly.aof.manifest'), 'file base');
  return office;
}

describe('a folder that somebody chose', () => {
  it('is the office’s own when it is its folder or lies in it', async () => {
    const office = newOfficeFolder();
    for (const part of ['', 'data', 'data/appendonlydir', 'journal', 'kept', 'drafts', '..notes'])
      expect(await standingTo(office, path.join(office, part)), part).toBe('own');
  });

  it('is none of its own beside it, above it, or with a name that begins like its', async () => {
    const office = newOfficeFolder();
    mkdirSync(`${office}-2`);
    for (const folder of [path.dirname(office), `${office}-2`, newFolder()])
      expect(await standingTo(office, folder), folder).toBe('outside');
  });

  it('may be where backups lie anyway, or in there', async () => {
    const office = newOfficeFolder();
    mkdirSync(path.join(usualBackups(office), '2026'), { recursive: true });
    expect(await standingTo(office, usualBackups(office))).toBe('backups');
    expect(await standingTo(office, path.join(usualBackups(office), '2026'))).toBe('inBackups');
    // Moved to a bigger drive by somebody who knows how.
    const elsewhere = path.join(newFolder(), 'elsewhere');
    renameSync(usualBackups(office), elsewhere);
    symlinkSync(elsewhere, usualBackups(office), 'junction');
    for (const folder of [usualBackups(office), elsewhere])
      expect(await standingTo(office, folder), folder).toBe('backups');
  });

  it('is none that another office keeps for itself, but may be where that one’s backups lie', async () => {
    const [office, other] = [newOfficeFolder(), newOfficeFolder()];
    mkdirSync(usualBackups(other));
    for (const part of ['data', 'data/appendonlydir', 'journal', 'kept', 'drafts'])
      expect(await standingTo(office, path.join(other, part)), part).toBe('own');
    for (const part of ['', 'backups', '..notes'])
      expect(await standingTo(office, path.join(other, part)), part).toBe('outside');
    // There is no office: anything may be called so.
    const plain = path.join(newFolder(), 'data');
    mkdirSync(plain);
    expect(await standingTo(office, plain)).toBe('outside');
  });

  it('is seen through links', async () => {
    const office = newOfficeFolder();
    const link = path.join(newFolder(), 'link');
    symlinkSync(path.join(office, 'data'), link, 'junction');
    expect(await standingTo(office, link)).toBe('own');
    await expect(standingTo(office, path.join(office, 'not there'))).rejects.toThrow('ENOENT');
  });
});
