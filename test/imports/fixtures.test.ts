import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../electron/imports/inspectFile.ts';
import { FileTrouble } from '../../electron/imports/file/fileTrouble.ts';
import { fixtures, type Fixture } from './fixtures.ts';
import { readAll, type ReadFile } from './readAll.ts';
import { temporaryFiles } from './temporaryFile.ts';

const file = temporaryFiles();

async function read({ content, fileName, change }: Fixture): Promise<ReadFile> {
  const path = file(content, fileName);
  const { guess } = await inspectFile(path, '2026-11-21');
  return readAll(path, { ...guess, ...change });
}

describe('a file of meetings', () => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
    const { expected } = fixture;
    if ('problem' in expected) {
      await expect(read(fixture)).rejects.toThrow(new FileTrouble(expected.problem));
      return;
    }
    const { meetings, refused } = await read(fixture);
    expect(refused.map(({ line, reason }) => `${String(line)}: ${reason}`)).toEqual(expected.refused ?? []);
    expect(
      meetings.map(
        ({ client, title, start }) => `${client} | ${title} | ${'at' in start ? start.at : start.date}`,
      ),
    ).toEqual(expected.meetings);
  });
});
