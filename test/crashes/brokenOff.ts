import { expect } from 'vitest';
import { checkOffice } from '../../electron/check/checkOffice.ts';
import { schemaVersion } from '../../electron/contract/office.ts';
import { discardLeftovers } from '../../electron/imports/store/discardLeftovers.ts';
import { sealJournal } from '../../electron/journal/sealing.ts';
import { silentLog } from '../../electron/log.ts';
import { rankOrders } from '../../electron/ranking/rankOrders.ts';
import { fold } from '../../electron/text/fold.ts';
import { Importing } from '../imports/importing.ts';
import { temporaryFiles } from '../imports/temporaryFile.ts';
import { randomImports } from '../oracle/importing.ts';
import { OfficePair } from '../oracle/officePair.ts';
import { allKeys } from '../support/agreement/storedOffice.ts';
import { randomWrite } from '../support/builders/randomWrite.ts';
import { newFolder } from '../support/engine.ts';
import { Random } from '../support/random.ts';
import type { TestStore } from '../support/startStore.ts';
import { BreakingStore, type Broken } from './breakingStore.ts';

const zone = 'Europe/Brussels';
const mostRounds = 6;
const writeId = (): string => crypto.randomUUID();

async function officeOn(store: BreakingStore): Promise<TestStore> {
  const administrator = {
    ...{ userName: 'admin', userNameKey: 'admin', displayName: 'Ada Min', nameKey: fold('Ada Min') },
  };
  const request = { schema: schemaVersion, name: 'Office', zone, administrator, secret: '', recovery: 'x' };
  const { userId } = (await store.call('office_create', request)) as { userId: string };
  return {
    store,
    // Only looks behind the functions between two calls.
    get redis(): never {
      return store.behind as never;
    },
    administrator: userId,
    number: 1,
    as: (actor) => ({ store, actor, zone, windowId: 1 }),
    newOffice: () => Promise.reject(new Error('one office is enough')),
    stop: () => store.close(),
  };
}

/** What no random story does. */
async function lookAfterIt(server: TestStore): Promise<void> {
  const { store, administrator: actor } = server;
  await store.call('office_opened', { program: '1.0.0' });
  const fields = { name: 'Other', colour: 'red' };
  await store.call('office_update', { actor, writeId: writeId(), version: 1, fields });
  await store.call('office_renew_recovery', { actor, recovery: 'one' });
  await store.call('office_recover', { userId: actor, secret: 's', known: 'one', recovery: 'two' });
  const template = { actor, name: 'Ours', nameKey: 'ours' };
  await store.call('templates_save', { ...template, writeId: writeId(), text: '{}' });
  await store.call('templates_delete', { actor, writeId: writeId(), nameKey: 'ours' });
}

async function importWithUpdates(server: TestStore): Promise<void> {
  const file = temporaryFiles();
  const columns = ['externalId', 'client', 'title', 'start', 'owner', 'tags'] as const;
  const header = 'id,client,title,date,owner,tags\n';
  const importing = new Importing();
  const run = async (rows: string): Promise<void> => {
    const change = (guess: Parameters<NonNullable<Parameters<Importing['run']>[2]>>[0]) => ({
      ...guess,
      columns: [...columns],
      viewers: { ...guess.viewers, owners: true },
    });
    const { state, message } = await importing.run(
      file(`${header}${rows}`),
      server.as(server.administrator),
      change,
    );
    if (state !== 'done') throw new Error(`the import is ${state}: ${message}`);
  };
  await run('K1,Known Ltd,Lunch,2026-11-21,Olga New,a;b\nK2,Other Ltd,Tea,2026-11-22,Olga New,c\n');
  await run('K1,Known Ltd,Dinner,2026-11-23,Olga New,d\nK3,Third Ltd,Tea,2026-11-22,Olga New,\n');
}

/** Something wrong in most indexes, so that every repair has something to write. */
async function damage({ redis }: TestStore): Promise<void> {
  const keys = await allKeys(redis, '{ins:1}:*');
  const some = (form: RegExp): string => keys.find((key) => form.test(key)) ?? '{ins:1}:none';
  await redis.setbit('{ins:1}:live', 500_000, 1);
  await redis.setbit('{ins:1}:live_clients', 9_999, 1);
  await redis.del(some(/posting:type:/), some(/posting:tag:/), some(/posting:clients_word:/));
  await redis.sadd('{ins:1}:posting:owner:nobody', 3);
  await redis.hset('{ins:1}:client_ids', '7777', 'x');
  await redis.zadd('{ins:1}:clients_by_name', 0, 'nobody\u000000009999');
  await redis.hset('{ins:1}:external_ids', 'K9', 3);
  await redis.zadd('{ins:1}:totals:tag', 5, 'nobody');
  await redis.hset('{ins:1}:folded:tag', 'nothing', 'nothing');
  // All of them, for one may be put right together with its posting before anybody looks at it.
  for (const value of await redis.zrange('{ins:1}:totals:status', '0', '-1'))
    await redis.zadd('{ins:1}:totals:status', 'INCR', 1, value);
  await redis.del('{ins:1}:ids:clients:0');
  await redis.hset('{ins:1}:user_names', 'eve', 'nobody');
  await redis.zadd('{ins:1}:lexicon:meetings', 0, 'obody\u0000nobody');
  await redis.sadd('{ins:1}:common_words', 'nobody');
  await redis.set('{ins:1}:nonsense', 1);
}

/** Lives in an office long enough that every function which writes is called, and breaks those off that are named. */
export async function breakOff(which: readonly string[], size: number): Promise<readonly Broken[]> {
  const store = await BreakingStore.open(newFolder(), which);
  try {
    const server = await officeOn(store);
    await lookAfterIt(server);
    if (store.isDone()) return store.outcomes;
    const random = new Random(size);
    const [pair, team] = await OfficePair.build(server, zone, random, size);
    if (store.isDone()) return store.outcomes;
    const imports = randomImports(server, pair, random);
    for (let at = 0; at < 60; at += 1) {
      await pair.send(randomWrite(random, pair.oracle, team));
      if (at % 3 === 0) await imports.next();
    }
    await importWithUpdates(server);
    await rankOrders(store);
    await discardLeftovers(store);
    await sealJournal(store, newFolder(), { inStore: 10, perSegment: 5 }, silentLog);
    const repair = (): Promise<unknown> => checkOffice({ store, actor: server.administrator, repair: true });
    // Each break starts another engine, for which the cursors of the one before mean nothing: things are passed over.
    for (let rounds = 0; rounds < mostRounds && !store.isDone(); rounds += 1) {
      await damage(server);
      await repair();
    }
    // What is not broken off any more leaves nothing wrong.
    await repair();
    const { differences } = await checkOffice({ store, actor: server.administrator, repair: false });
    const left = differences.map(({ sentence }) => sentence).join(' ');
    if (left !== '') throw new Error(`not repaired: ${left.slice(0, 1_000)}`);
    return store.outcomes;
  } finally {
    await store.close();
  }
}

/** Told on the console. @param which all of them must have been called */
export async function expectLeftOut(which: readonly string[]): Promise<void> {
  const outcomes = await breakOff(which, 24);
  const breaks = outcomes.reduce((sum, { writes }) => sum + writes, 0);
  const found = outcomes.reduce((sum, each) => sum + each.found, 0);
  const called = new Set(outcomes.map(({ functionName }) => functionName));
  const missed = which.filter((name) => !called.has(name));
  console.log(
    `${String(called.size)} functions broken off ${String(breaks)} times, ${String(found)} in the middle; never wrote: ${missed.join(', ') || 'none'}`,
  );
  expect(missed).toEqual([]);
  expect(found).toBe(breaks);
}
