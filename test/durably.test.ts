import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { replaceFile, syncTree } from '../electron/durably.ts';
import { fileNames, newFolder, removeFolders } from './support/engine.ts';

afterEach(removeFolders);

describe('a file that is replaced', () => {
  it('is what was written, for nobody else, in a folder that is made for it', () => {
    const file = path.join(newFolder(), 'drafts', 'ada.json');
    replaceFile(file, 'one');
    replaceFile(file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(fileNames(path.dirname(file))).toEqual(['ada.json']);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('stays what it was when it cannot be, and nothing is left beside it', () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'taken', 'by a folder'), { recursive: true });
    expect(() => {
      replaceFile(path.join(folder, 'taken'), 'one');
    }).toThrow();
    expect(fileNames(folder)).toEqual(['taken']);
  });

  it('takes away what a program left that was ended, and leaves what another may be writing', () => {
    const folder = newFolder();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const left = `ben.json.${String(pid)}.tmp`;
    const writing = `ben.json.${String(process.ppid)}.tmp`;
    for (const name of [left, writing, 'somebody.tmp']) writeFileSync(path.join(folder, name), '{');
    replaceFile(path.join(folder, 'ada.json'), 'one');
    expect(fileNames(folder)).toEqual(['ada.json', writing, 'somebody.tmp']);
  });
});

it('a folder and all in it are brought to the disk without a change', async () => {
  const folder = newFolder();
  mkdirSync(path.join(folder, 'data', 'appendonlydir'), { recursive: true });
  writeFileSync(path.join(folder, 'data', 'file'), 'x');
  await syncTree(folder);
  expect(fileNames(path.join(folder, 'data'))).toEqual(['appendonlydir', 'file']);
});
