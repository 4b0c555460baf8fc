import { describe, expect, it } from 'vitest';
import { batchesAhead } from '../../electron/imports/readerMessages.ts';
import { readerFrom } from '../../electron/imports/reader.ts';
import { batchSize } from '../../electron/imports/readMeetings.ts';
import { temporaryFiles } from './temporaryFile.ts';

const file = temporaryFiles();
const reader = readerFrom(new URL('../../electron/imports/reader.worker.ts', import.meta.url));
const rows = (count: number): string =>
  'client,title,date\n' +
  Array.from({ length: count }, (_, n) => `Client ${String(n % 50)},Meeting ${String(n)},21/11/2026\n`).join(
    '',
  );
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function request(path: string) {
  return { path, mapping: (await reader.inspect(path, '2026-11-21')).guess, zone: 'UTC' };
}

describe('the thread that reads files', () => {
  it('answers batches in the order of the file, every row once', async () => {
    const titles: string[] = [];
    for await (const batch of reader.read(await request(file(rows(3_000))))) {
      expect(batch.meetings.length).toBeLessThanOrEqual(batchSize);
      titles.push(...batch.meetings.map(({ title }) => title));
    }
    expect(titles).toEqual(Array.from({ length: 3_000 }, (_, n) => `Meeting ${String(n)}`));
  });

  it('answers no more meetings at once than the store takes, however many clients a row has', async () => {
    const clients = Array.from({ length: 40 }, (_, n) => `Client ${String(n)}`).join('; ');
    const text = `client,title,date\n${`${clients},Fair,21/11/2026\n,No client,21/11/2026\n`.repeat(30)}`;
    const asked = await request(file(text));
    const sizes: number[] = [];
    const counted = { rows: 0, refused: 0 };
    const columns = ['client' as const, 'title' as const, 'start' as const];
    const mapping = { ...asked.mapping, columns, clients: 'several' as const };
    for await (const batch of reader.read({ ...asked, mapping })) {
      sizes.push(batch.meetings.length);
      counted.rows += batch.rows;
      counted.refused += batch.refused.length;
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(batchSize);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_200);
    expect(counted).toEqual({ rows: 60, refused: 30 });
  });

  it('waits for whoever takes its batches', async () => {
    const path = file(rows(60_000));
    const batches = reader.read(await request(path));
    const { value } = await batches.next();
    await pause(500);
    // Meanwhile the thread may be some batches ahead, but not at the end of the file.
    let taken = 0;
    for (let at = 0; at < batchesAhead; at += 1) taken = (await batches.next()).value?.share ?? 1;
    expect(value?.share).toBeLessThan(0.2);
    expect(taken).toBeLessThan(0.3);
    await batches.return(undefined);
  });

  it('ends when it is told to, with nothing more said', async () => {
    const stopping = new AbortController();
    const batches = reader.read(await request(file(rows(60_000))), stopping.signal);
    await batches.next();
    stopping.abort(new Error('enough'));
    await expect(batches.next()).rejects.toThrow('enough');
  });

  it('says what is wrong with a file', async () => {
    await expect(reader.inspect(file(''), '2026-11-21')).rejects.toThrow('The file is empty');
    const good = await request(file(rows(10)));
    await expect(reader.read({ ...good, path: file('client\nAcme\n') }).next()).rejects.toThrow(
      'The file no longer has the columns',
    );
  });
});
