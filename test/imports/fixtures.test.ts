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

describe('the dates of a column', () => {
  const datesOf = async (...dates: string[]): Promise<unknown> => {
    const text = `client,date\n${dates.map((date) => `Acme,${date}\n`).join('')}`;
    return (await inspectFile(file(text), '2026-11-21')).columns.map((column) => column.dates);
  };

  it('are said to be open, with a value to ask about', async () => {
    const open = { sample: '03/04/2026', dmy: '2026-04-03', mdy: '2026-03-04' };
    expect(await datesOf('03/04/2026', '05/06/2026')).toEqual([null, { order: 'dmy', open }]);
  });

  it('are told apart even by a day that does not exist', async () => {
    expect(await datesOf('03/02/2026', '31/02/2026', '04/02/2026')).toEqual([
      null,
      { order: 'dmy', open: null },
    ]);
  });
});
