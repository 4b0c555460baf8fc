import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Changed } from '../../electron/contract/journal.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { createFeed, type Feed } from '../../electron/journal/feed.ts';
import { silentLog } from '../../electron/log.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

describe('the change feed', () => {
  let server: TestStore;
  let office: TestStore;
  let told: Changed[];
  let feed: Feed;

  beforeAll(async () => {
    server = await startStore();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    office = await server.newOffice();
    told = [];
    feed = createFeed(
      () => office.store,
      (changed) => void told.push(changed),
      silentLog,
    );
    await feed.resume();
  });

  const createClient = (): Promise<unknown> => {
    const fields = { name: 'Acme', kind: 'company' as const, city: '', ownerId: null, notes: '' };
    return clientsHandlers.create({ writeId: crypto.randomUUID(), fields }, office.as(office.administrator));
  };

  it('says nothing when nothing was written', async () => {
    await feed.pull();
    expect(told).toEqual([]);
  });

  it('tells what kind of thing was written, and no more', async () => {
    await createClient();
    await feed.pull();
    expect(told).toEqual([{ entry: 2, nouns: ['client'] }]);
  });

  it('makes one message of many writes, and misses none', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        await createClient();
        await feed.pull();
      }),
    );
    expect(told.at(-1)?.entry).toBe(21);
    expect(told.length).toBeLessThanOrEqual(20);
    await feed.pull();
    expect(told.at(-1)?.entry).toBe(21);
  });

  it('goes on after a reading that failed', async () => {
    let isBroken = true;
    const frail = createFeed(
      () => {
        if (isBroken) throw new Error('no engine');
        return office.store;
      },
      (changed) => void told.push(changed),
      silentLog,
    );
    await frail.pull();
    isBroken = false;
    await createClient();
    await frail.pull();
    expect(told.at(-1)?.entry).toBe(2);
  });
});
