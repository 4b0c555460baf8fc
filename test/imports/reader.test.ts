import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  batchesAhead,
  type FileSample,
  type SegmentRequest,
  type StoreSide,
} from '../../electron/imports/readerMessages.ts';
import { readerFrom } from '../../electron/imports/reader.ts';
import { codedOrders, type OrderBounds } from '../../electron/ranking/codes.ts';
import { recordedMeeting } from '../support/meetingRecord.ts';
import { temporaryFiles } from './temporaryFile.ts';

const file = temporaryFiles();
const reader = readerFrom(new URL('../../electron/imports/reader.worker.ts', import.meta.url));
const rows = (count: number): string =>
  'client,title,date\n' +
  Array.from({ length: count }, (_, n) => `Client ${String(n % 50)},Meeting ${String(n)},21/11/2026\n`).join(
    '',
  );
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const id = '01a1fdf4-f8b5-70c8-8c27-edeac9c0f633';
const bounds = Object.fromEntries(
  codedOrders.map((order) => [order, { generation: '0', bounds: [] }]),
) as unknown as OrderBounds;

async function request(path: string): Promise<SegmentRequest> {
  const { guess: mapping } = await reader.inspect(path, '2026-11-21');
  const outcomesFile = `${path}.${randomUUID()}`;
  const who = { by: id, at: '2026-11-21T09:30:00.000Z', defaultOwner: id };
  return { path, mapping, zone: 'UTC', ...who, dryRun: false, outcomesFile };
}

/** A store that has room for everything. */
function roomy(samples: FileSample[] = []): StoreSide {
  let row = 0;
  let slot = 0;
  const provide: StoreSide['provide'] = ({ clients, owners, count }) => {
    const reservation = { row, ms: 1_700_000_000_000 + row, random: '123456789abcdef' };
    row += Math.ceil(count / 8) * 8;
    return Promise.resolve({
      clients: clients.map(({ nameKey }) => ({ id, slot: (slot += 1), nameKey })),
      ownerIds: owners.map(() => id),
      reservation,
    });
  };
  const balance: StoreSide['balance'] = (sample) => {
    samples.push(sample);
    return Promise.resolve(bounds);
  };
  return {
    ...{ balance, provide },
    lookUp: ({ clients, owners }) =>
      Promise.resolve({ clients: clients.map(() => null), owners: owners.map(() => null), external: [] }),
    identities: () => Promise.resolve({ meetings: [], after: null }),
    meetings: () => Promise.resolve([]),
  };
}

describe('the thread that reads files', () => {
  it('answers segments in the order of the file, every row once', async () => {
    const titles: string[] = [];
    for await (const { segment } of reader.read(await request(file(rows(9_000))), roomy())) {
      expect(segment?.row).toBe(Math.ceil(titles.length / 8) * 8);
      const { bytes, lengths } = segment!.records;
      let from = 0;
      for (const length of lengths) {
        const record = Buffer.from(bytes.subarray(from, (from += length))).toString();
        titles.push(recordedMeeting(record).title);
      }
    }
    expect(titles).toEqual(Array.from({ length: 9_000 }, (_, n) => `Meeting ${String(n)}`));
  });

  it('counts rows as rows, however many clients they have', async () => {
    const clients = Array.from({ length: 40 }, (_, n) => `Client ${String(n)}`).join('; ');
    const text = `client,title,date\n${`${clients},Fair,21/11/2026\n,No client,21/11/2026\n`.repeat(30)}`;
    const asked = await request(file(text));
    const counted = { rows: 0, refused: 0, meetings: 0 };
    const columns = ['client' as const, 'title' as const, 'start' as const];
    const mapping = { ...asked.mapping, columns, clients: 'several' as const };
    for await (const batch of reader.read({ ...asked, mapping }, roomy())) {
      counted.meetings += batch.segment?.count ?? 0;
      counted.rows += batch.rows;
      counted.refused += batch.rowsRefused;
    }
    expect(counted).toEqual({ rows: 60, refused: 30, meetings: 1_200 });
  });

  it('waits for whoever takes its segments', async () => {
    const path = file(rows(400_000));
    const batches = reader.read(await request(path), roomy());
    const { value } = await batches.next();
    await pause(500);
    // Meanwhile the thread may be some segments ahead, but not at the end of the file.
    let taken = 0;
    for (let at = 0; at < batchesAhead; at += 1) taken = (await batches.next()).value?.share ?? 1;
    expect(value?.share).toBeLessThan(0.2);
    expect(taken).toBeLessThan(0.3);
    await batches.return(undefined);
  });

  it('ends when it is told to, with nothing more said', async () => {
    const stopping = new AbortController();
    const batches = reader.read(await request(file(rows(60_000))), roomy(), stopping.signal);
    await batches.next();
    stopping.abort(new Error('enough'));
    await expect(batches.next()).rejects.toThrow('enough');
  });

  it('ends when the store has no room, and says why', async () => {
    const full: StoreSide = { ...roomy(), provide: () => Promise.reject(new Error('no room')) };
    await expect(reader.read(await request(file(rows(10))), full).next()).rejects.toThrow('no room');
  });

  it('tells by a sample how the rows of a long file are spread', async () => {
    const count = 200_000;
    const lines = Array.from(
      { length: count },
      (_, n) =>
        `Client ${String(n % 50)},Meeting ${String(n).padStart(6, '0')},${new Date(Date.UTC(2000, 0, 1) + n * 3_600_000).toISOString()}\n`,
    );
    const samples: FileSample[] = [];
    const path = file(`client,title,date\n${lines.join('')}`);
    await reader.read(await request(path), roomy(samples)).next();
    const sample = samples[0]!;
    expect(sample.meetings / count).toBeGreaterThan(0.95);
    expect(sample.meetings / count).toBeLessThan(1.05);
    const sorted = sample.keys.start.toSorted();
    expect(sorted[Math.floor(sorted.length / 2)]?.slice(0, 4)).toBe('2011');
    expect(sample.keys.title).toHaveLength(sample.keys.client.length);
  });

  it('says what is wrong with a file', async () => {
    await expect(reader.inspect(file(''), '2026-11-21')).rejects.toThrow('The file is empty');
    const good = await request(file(rows(10)));
    await expect(reader.read({ ...good, path: file('client\nAcme\n') }, roomy()).next()).rejects.toThrow(
      'The file no longer has the columns',
    );
  });

  it('is not waited for when it has said all and does not end', async () => {
    const lingering = file(
      `const { parentPort } = require('node:worker_threads');
       setInterval(() => undefined, 1_000);
       parentPort.postMessage({ kind: 'end' });`,
      'lingering.cjs',
    );
    const good = await request(file(rows(10)));
    await expect(readerFrom(lingering).read(good, roomy()).next()).resolves.toEqual({
      done: true,
      value: undefined,
    });
  });
});
