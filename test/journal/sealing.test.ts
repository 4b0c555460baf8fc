import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { journalHandlers, type JournalArchive } from '../../electron/handlers/journal.ts';
import { journalArchive } from '../../electron/journal/archive.ts';
import { listSegments, readSegment, verifyChain } from '../../electron/journal/segments.ts';
import { sealJournal } from '../../electron/journal/sealing.ts';
import { silentLog } from '../../electron/log.ts';
import type { Store } from '../../electron/redis/store.ts';
import { fileNames, newFolder, removeFolders } from '../support/engine.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

const limits = { inStore: 20, perSegment: 10 };
let server: TestStore;
let office: TestStore;
let folder: string;

beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());
beforeEach(async () => {
  office = await server.newOffice();
  folder = path.join(newFolder(), 'journal');
});
afterEach(removeFolders);

/** The office's first entry is its own creation. */
const write = async (entries: number): Promise<void> => {
  for (let count = 0; count < entries; count += 1) {
    const fields = {
      name: `Client ${String(count)}`,
      kind: 'company' as const,
      city: '',
      ownerId: null,
      notes: '',
    };
    await clientsHandlers.create({ writeId: crypto.randomUUID(), fields }, office.as(office.administrator));
  }
};
const seal = (store: Store = office.store): Promise<number> => sealJournal(store, folder, limits, silentLog);
const head = (): Promise<unknown> => office.store.call('journal_head', {});
/** Every entry's number as people read them in the journal, latest first. */
const readAll = async (): Promise<number[]> => {
  const { list } = journalHandlers(journalArchive(() => folder) as unknown as JournalArchive);
  const numbers: number[] = [];
  let before: number | null | undefined;
  while (before !== null) {
    const page = await list(
      { ...(before !== undefined && { before }), limit: 7 },
      office.as(office.administrator),
    );
    numbers.push(...page.entries.map((entry) => entry.entry));
    before = page.before;
  }
  return numbers;
};
const countdown = (from: number): number[] => Array.from({ length: from }, (_, at) => from - at);

describe('sealing the journal', () => {
  it('leaves a short journal in the store', async () => {
    await write(19);
    expect(await seal()).toBe(0);
    expect(listSegments(folder)).toEqual([]);
  });

  it('moves the oldest entries to files, and people read on as if nothing happened', async () => {
    await write(44);
    expect(await seal()).toBe(3);
    expect(await head()).toEqual({ first: 31, last: 45 });
    await verifyChain(folder);
    expect(await readAll()).toEqual(countdown(45));
  });

  it('goes on where it stopped', async () => {
    await write(24);
    expect(await seal()).toBe(1);
    await write(10);
    expect(await seal()).toBe(1);
    expect(listSegments(folder).map((segment) => segment.first)).toEqual([1, 11]);
    await verifyChain(folder);
    expect(await readAll()).toEqual(countdown(35));
  });

  it('loses and doubles nothing when it is cut between the file and the store', async () => {
    await write(34);
    const cut: Store = {
      ...office.store,
      call: (name, request) =>
        name === 'journal_seal' ? Promise.reject(new Error('cut')) : office.store.call(name, request),
    };
    await expect(seal(cut)).rejects.toThrow('cut');
    expect(await head()).toEqual({ first: 1, last: 35 });
    expect(await readAll()).toEqual(countdown(35));

    expect(await seal()).toBe(1);
    expect(await head()).toEqual({ first: 21, last: 35 });
    expect(
      listSegments(folder)
        .flatMap(readSegment)
        .map((entry) => entry.entry),
    ).toEqual(countdown(20).reverse());
    expect(await readAll()).toEqual(countdown(35));
  });

  it('writes a half-written file anew', async () => {
    await write(29);
    await seal();
    writeFileSync(path.join(folder, '0000000011-0000000020.jsonl'), '{"entry":11');
    writeFileSync(path.join(folder, '0000000011-0000000020.seal.tmp'), '{');
    await write(10);
    expect(await seal()).toBe(1);
    await verifyChain(folder);
    expect(fileNames(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(await readAll()).toEqual(countdown(40));
  });

  it('does not let go of entries whose file was changed meanwhile', async () => {
    await write(24);
    const cut: Store = {
      ...office.store,
      call: (name, request) =>
        name === 'journal_seal' ? Promise.reject(new Error('cut')) : office.store.call(name, request),
    };
    await expect(seal(cut)).rejects.toThrow('cut');
    writeFileSync(path.join(folder, '0000000001-0000000010.jsonl'), '{"entry":1}\n');
    await expect(seal()).rejects.toThrow('was changed');
    expect(await head()).toEqual({ first: 1, last: 25 });
  });

  it('lets go of nothing that another history sealed under the same numbers', async () => {
    await write(44);
    await seal();
    const lost = office;
    office = await server.newOffice();
    await write(24);
    await expect(seal()).rejects.toThrow('is not what the store holds');
    expect(await head()).toEqual({ first: 1, last: 25 });
    // Nor once the numbers have passed the old seal.
    await write(10);
    await expect(seal()).rejects.toThrow('is not what the store holds');
    expect(await head()).toEqual({ first: 1, last: 35 });
    office = lost;
    expect(await readAll()).toEqual(countdown(45));
  });

  it('shows what is newer than a part that was changed, and says that older parts are damaged', async () => {
    await write(44);
    await seal();
    const file = path.join(folder, '0000000011-0000000020.jsonl');
    writeFileSync(file, '{"entry":11}\n');
    expect(await readAll()).toEqual(countdown(45).slice(0, 25));
    const { list } = journalHandlers(journalArchive(() => folder) as unknown as JournalArchive);
    expect(await list({ before: 21, limit: 7 }, office.as(office.administrator))).toEqual({
      entries: [],
      before: null,
      isDamaged: true,
    });
    expect(await list({ limit: 7 }, office.as(office.administrator))).toMatchObject({ isDamaged: false });
  });
});
