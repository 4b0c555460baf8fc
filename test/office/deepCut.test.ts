import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClientFields } from '../../electron/contract/clients.ts';
import { schemaVersion } from '../../electron/contract/office.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import type { Context } from '../../electron/handlers/context.ts';
import { journalHandlers, type JournalArchive } from '../../electron/handlers/journal.ts';
import { journalArchive } from '../../electron/journal/archive.ts';
import { sealJournal } from '../../electron/journal/sealing.ts';
import { listSegments, verifyChain } from '../../electron/journal/segments.ts';
import { silentLog } from '../../electron/log.ts';
import { openStore, type OpenStore } from '../../electron/office/openStore.ts';
import { tailOf } from '../support/damagedFolders.ts';
import { engineOptions, luaFolder, newFolder, removeFolders } from '../support/engine.ts';

const limits = { inStore: 20, perSegment: 10 };
let opened: OpenStore | null = null;
let folder = '';
let actor = '';

const dataFolder = (): string => path.join(folder, 'data');
const journal = (): string => path.join(folder, 'journal');
const open = async (repairs = false): Promise<OpenStore> =>
  (opened = await openStore({
    ...engineOptions(dataFolder()),
    ...{ luaFolder, folder, repairs },
  }));
const close = async (): Promise<void> => {
  await opened?.close();
  opened = null;
};
const context = (): Context => ({ store: opened!.store, actor, zone: 'Europe/Brussels', windowId: 1 });
const handlers = () => journalHandlers(journalArchive(journal) as unknown as JournalArchive);
const seal = (): Promise<number> => sealJournal(opened!.store, journal(), limits, silentLog);

/** @returns their entries */
async function write(count: number, what: string): Promise<number[]> {
  const entries: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const fields: ClientFields = {
      name: `${what} ${String(at)}`,
      kind: 'company',
      city: '',
      ownerId: null,
      notes: '',
    };
    const { entry } = await clientsHandlers.create({ writeId: crypto.randomUUID(), fields }, context());
    entries.push(entry);
  }
  return entries;
}

/** What people read in the journal, the first action first. */
async function readAll(): Promise<string[]> {
  const labels: string[] = [];
  for (let before: number | null | undefined; before !== null;) {
    const page = await handlers().list({ ...(before !== undefined && { before }), limit: 7 }, context());
    labels.push(...page.entries.map((entry) => `${String(entry.entry)} ${entry.label}`));
    before = page.before;
  }
  return labels.reverse();
}

const lines = (what: string, from: number, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${String(from + at)} ${what} ${String(at)}`);

/**
 * An office of 45 entries, 30 of them sealed, whose engine's log ends where it held 25: so much is lost that the store lies
 * behind the seals.
 */
async function deepCut(): Promise<void> {
  folder = newFolder();
  const { store } = await open();
  const administrator = { userName: 'ada', userNameKey: 'ada', displayName: 'Ada', nameKey: 'ada' };
  const request = {
    schema: schemaVersion,
    name: 'Office',
    zone: 'Europe/Brussels',
    administrator,
    secret: 'x',
  };
  ({ userId: actor } = (await store.call('office_create', request)) as { userId: string });
  await write(24, 'kept');
  const goodBytes = statSync(tailOf(dataFolder())).size;
  await write(20, 'lost');
  await seal();
  await close();
  truncateSync(tailOf(dataFolder()), goodBytes);
}

afterEach(async () => {
  await close();
  removeFolders();
});

describe('an office that lost more than its journal keeps in the store', () => {
  it('keeps, seals and takes back what people do after the repair', async () => {
    await deepCut();
    await expect(open()).rejects.toMatchObject({ reason: 'damaged', damage: { lost: 20, mayRepair: true } });
    expect(listSegments(journal()).map(({ last }) => last)).toEqual([10, 20, 30]);

    await open(true);
    await seal();
    const [first] = await write(3, 'after');
    await seal();
    expect(await readAll()).toEqual(['1 Office', ...lines('kept', 2, 24), ...lines('after', 26, 3)]);
    await handlers().undo({ writeId: crypto.randomUUID(), entry: first! }, context());

    await write(20, 'later');
    await seal();
    await verifyChain(journal());
    expect(listSegments(journal()).at(-1)).toMatchObject({ last: 30 });
    expect(await readAll()).toEqual([
      ...['1 Office', ...lines('kept', 2, 24), ...lines('after', 26, 3), '29 after 0'],
      ...lines('later', 30, 20),
    ]);
    // What is lost to the office can still be read by whoever looks after it.
    const names = readdirSync(path.join(dataFolder(), 'kept'), { recursive: true }) as string[];
    const kept = names
      .map((name) => path.basename(name))
      .filter((name) => /^\d+-\d+\./.test(name))
      .sort();
    expect(kept).toEqual(['0000000021-0000000030.jsonl', '0000000021-0000000030.seal']);
  });

  it('tells so when only the seals know of it', async () => {
    await deepCut();
    writeFileSync(path.join(dataFolder(), 'acknowledged'), 'no mark');
    await expect(open()).rejects.toMatchObject({
      damage: {
        lost: 5,
        records: 5,
        since: expect.any(String) as string,
        until: expect.any(String) as string,
        mayRepair: true,
      },
    });
    await open(true);
    expect(listSegments(journal()).map(({ last }) => last)).toEqual([10, 20]);
    await close();
    await open();
  });
});
