import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalArchive } from '../../electron/journal/archive.ts';
import {
  listSegments,
  readSegment,
  setAsideBehind,
  verifyChain,
  writeSegment,
  type RawEntry,
} from '../../electron/journal/segments.ts';
import { fileNames, newFolder, removeFolders } from '../support/engine.ts';

const entries = (first: number, last: number): RawEntry[] =>
  Array.from({ length: last - first + 1 }, (_, at) => ({
    entry: first + at,
    label: `Naïve "note" ${String(first + at)}`,
    text: `entry ${String(first + at)}`,
  }));

let folder: string;
beforeEach(() => {
  folder = path.join(newFolder(), 'journal');
});
afterEach(removeFolders);

const threeSegments = (): void => {
  for (const first of [1, 11, 21]) writeSegment(folder, entries(first, first + 9));
};
const fileOf = (first: string, ending: string): string =>
  path.join(
    folder,
    fileNames(folder).find((name) => name.startsWith(first) && name.endsWith(ending)) ?? 'none',
  );

describe('journal segments', () => {
  it('are read back as they were written', async () => {
    threeSegments();
    expect(listSegments(folder).map(({ first, last }) => [first, last])).toEqual([[1, 10], [11, 20], [21, 30]]); // prettier-ignore
    expect(listSegments(folder).flatMap(readSegment)).toEqual(entries(1, 30));
    await verifyChain(folder);
  });

  it('follow one another without a gap', () => {
    threeSegments();
    expect(() => writeSegment(folder, entries(32, 40))).toThrow('does not follow');
    expect(() => writeSegment(folder, entries(30, 40))).toThrow('does not follow');
  });

  it('show that one byte was changed', async () => {
    threeSegments();
    const file = fileOf('0000000011', '.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"entry 12"', '"entry 13"'));
    const [, changed] = listSegments(folder);
    expect(() => changed && readSegment(changed)).toThrow('was changed');
    await expect(verifyChain(folder)).rejects.toThrow('was changed');
  });

  it('show that a segment and its seal were both rewritten', async () => {
    threeSegments();
    const other = path.join(newFolder(), 'journal');
    writeSegment(
      other,
      entries(1, 10).map((entry) => ({ ...entry, label: 'forged' })),
    );
    for (const name of fileNames(other))
      writeFileSync(path.join(folder, name), readFileSync(path.join(other, name)));
    await expect(verifyChain(folder)).rejects.toThrow('is not chained');
  });

  it('show that a segment was taken out', async () => {
    threeSegments();
    for (const ending of ['.jsonl', '.seal']) rmSync(fileOf('0000000011', ending));
    await expect(verifyChain(folder)).rejects.toThrow('does not follow');
  });

  it('show that a file is missing', async () => {
    threeSegments();
    rmSync(fileOf('0000000021', '.jsonl'));
    await expect(verifyChain(folder)).rejects.toThrow('is missing');
  });
});

describe('segments of a history that was lost', () => {
  it('are moved aside, and the chain goes on before them', async () => {
    threeSegments();
    const aside = path.join(newFolder(), 'kept', 'journal');
    expect(setAsideBehind(folder, 30, aside)).toBe(0);
    expect(setAsideBehind(folder, 15, aside)).toBe(2);
    expect(listSegments(folder).map(({ last }) => last)).toEqual([10]);
    expect(listSegments(aside).flatMap(readSegment)).toEqual(entries(11, 30));
    writeSegment(folder, entries(11, 20));
    await verifyChain(folder);
  });

  it('are so, too, when it was cut off between entries and seal', async () => {
    threeSegments();
    const aside = newFolder();
    renameSync(
      fileOf('0000000021', '.jsonl'),
      path.join(aside, path.basename(fileOf('0000000021', '.jsonl'))),
    );
    expect(setAsideBehind(folder, 25, aside)).toBe(1);
    expect(listSegments(aside).flatMap(readSegment)).toEqual(entries(21, 30));
    await verifyChain(folder);
  });
});

describe('the archive', () => {
  const numbers = async (before: number, limit: number): Promise<number[]> =>
    (await journalArchive(() => folder).older(before, limit)).map((entry) => entry.entry);

  it('answers older entries, latest first, across segments', async () => {
    threeSegments();
    expect(await numbers(31, 3)).toEqual([30, 29, 28]);
    expect(await numbers(23, 4)).toEqual([22, 21, 20, 19]);
    expect(await numbers(3, 50)).toEqual([2, 1]);
    expect(await numbers(1, 50)).toEqual([]);
  });

  it('is empty before anything was sealed', async () => {
    expect(await numbers(100, 10)).toEqual([]);
  });

  it('refuses to answer from a file that was changed', async () => {
    threeSegments();
    const file = fileOf('0000000021', '.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"entry 25"', '"entry 26"'));
    await expect(numbers(31, 3)).rejects.toThrow('was changed');
  });

  it('answers what has a number now, not what had it before a repair', async () => {
    threeSegments();
    const archive = journalArchive(() => folder);
    await archive.older(31, 5);
    setAsideBehind(folder, 20, newFolder());
    writeSegment(
      folder,
      entries(21, 30).map((entry) => ({ ...entry, label: 'after' })),
    );
    expect((await archive.older(31, 1))[0]).toMatchObject({ entry: 30, label: 'after' });
  });
});
