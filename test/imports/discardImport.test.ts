import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../electron/contract/failure.ts';
import { journalHandlers } from '../../electron/handlers/journal.ts';
import { createDiscarder } from '../../electron/imports/discarder.ts';
import { discardImport } from '../../electron/imports/discardImport.ts';
import { MeetingStager } from '../../electron/imports/store/meetingStager.ts';
import { stagedClient, stagedMeeting, stagedOwner } from '../../electron/imports/store/staged.ts';
import { Staging } from '../../electron/imports/store/staging.ts';
import { silentLog } from '../../electron/log.ts';
import type { Store } from '../../electron/redis/store.ts';
import { until } from '../support/engine.ts';
import { daily, nextWriteId } from '../support/office.ts';
import { Random } from '../support/random.ts';
import { startStore, type TestStore } from '../support/startStore.ts';
import { indexOf, postingsIn, prefixOf, stateOf, totalsIn, wordsIn } from './storeState.ts';

const journal = journalHandlers({ older: () => Promise.resolve([]) });
let server: TestStore;
let office: TestStore;
let day: ReturnType<typeof daily>;

beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());
beforeEach(async () => {
  office = await server.newOffice();
  day = daily(office);
});
afterEach(() => server.redis.config('SET', 'maxmemory', '0'));

const person = () => office.administrator;
const types = ['call', 'visit', 'letter'] as const;

/** Some meetings made by hand, with words, tags and a client that the import has too. */
async function officeByHand(): Promise<void> {
  for (let at = 0; at < 60; at += 1) {
    await day.meeting({
      clientId: (await day.client(`Known ${String(at % 3)}`)).id,
      title: `Budget ${String(at)} groß`,
      tags: at % 2 ? ['shared', `own ${String(at % 5)}`] : [],
      type: types[at % 3]!,
    });
  }
}

/** Stages an import of so many meetings whose values are partly those of the office. */
async function stage(count: number, store: Store = office.store): Promise<Staging> {
  const random = new Random(count);
  const staging = await Staging.begin(store, person(), 'register.csv');
  const clients = await staging.clients(
    ['Brand New', 'Newer Still'].map((name) =>
      stagedClient({ name, kind: 'company', city: '', ownerId: null, notes: '' }),
    ),
  );
  const [owner = ''] = await staging.owners([stagedOwner('Some Body')]);
  const stager = await MeetingStager.of(store, staging, person());
  await stager.stage(
    Array.from({ length: count }, (_, at) => ({
      meeting: stagedMeeting(
        {
          title: `Budget ${String(at)} ${random.chance(0.1) ? 'seldom' : 'often'}`,
          details: `imported ${String(random.between(1, 40))}`,
          type: random.pick(types),
          status: 'open',
          priority: 'low',
          tags: random.chance(0.3) ? ['shared'] : [`fresh ${String(at % 4)}`],
          start: { date: '2026-11-21' },
          durationMinutes: null,
          externalId: random.chance(0.2) ? `crm-${String(at)}` : null,
        },
        'UTC',
      ),
      client: random.pick(clients),
      ownerId: random.chance(0.5) ? owner : person(),
    })),
  );
  return staging;
}

async function commitAndTakeBack(staging: Staging): Promise<void> {
  const { entry } = await staging.commit(nextWriteId());
  await journal.undo({ writeId: nextWriteId(), entry }, office.as(person()));
}

/** A store that counts what is called. */
function counting(store: Store): { store: Store; called: Map<string, number> } {
  const called = new Map<string, number>();
  return {
    called,
    store: {
      ...store,
      call(name, request, ...bytes) {
        called.set(name, (called.get(name) ?? 0) + 1);
        return store.call(name, request, ...bytes);
      },
    },
  };
}

async function expectWholeIndex(): Promise<void> {
  const state = await stateOf(office);
  expect(postingsIn(state)).toEqual(indexOf(state));
  const { kept, counted } = totalsIn(state);
  expect(kept).toEqual(counted);
  const { known, had } = wordsIn(state);
  expect(known).toEqual(had);
}

describe('discarding an import', () => {
  it.each([
    ['many rows, posting by posting', 3_000, true],
    ['few rows, one by one', 5, false],
  ])('leaves the state before it: %s', async (_name, count, sweeps) => {
    await officeByHand();
    const before = await stateOf(office);
    const staging = await stage(count);
    expect(await stateOf(office)).not.toEqual(before);
    const { store, called } = counting(office.store);
    expect(await discardImport(store, staging.importId)).toBe(true);
    expect(called.has('imports_discard_sweep')).toBe(sweeps);
    expect(await stateOf(office)).toEqual(before);
    await expectWholeIndex();
  });

  it('leaves the state before it when it was in and was taken back, but for the names of who is in the journal', async () => {
    await officeByHand();
    const before = await stateOf(office);
    const staging = await stage(3_000);
    await commitAndTakeBack(staging);
    await discardImport(office.store, staging.importId);
    const after = await stateOf(office);
    const removedUser = Object.keys(after).find((name) => name.startsWith('user:') && !(name in before))!;
    expect(JSON.parse(after[removedUser] as string)).toMatchObject({ active: false });
    expect(after['users']).toEqual(before['users']);
    const rest = Object.entries(after).filter(([name]) => name !== removedUser && name !== 'labels:user');
    expect(Object.fromEntries(rest)).toEqual(
      Object.fromEntries(Object.entries(before).filter(([name]) => name !== 'labels:user')),
    );
  });

  it('makes a bitmap that hardly any row is left of a set again', async () => {
    await officeByHand();
    await day.meeting({ clientId: (await day.client('Known 1')).id, title: 'seldom' });
    const key = `${await prefixOf(office)}posting:meetings_word:seldom`;
    expect(await office.redis.type(key)).toBe('set');
    const { importId } = await stage(3_000);
    expect(await office.redis.type(key)).toBe('string');
    await discardImport(office.store, importId);
    expect(await office.redis.type(key)).toBe('set');
    expect((await day.filter({ text: 'seldom' })).total).toBe(1);
  });

  it('goes on where it was cut off, whichever call it was, answered or not', async () => {
    await officeByHand();
    const before = await stateOf(office);
    const { importId } = await stage(2_000);
    let isOver = false;
    for (let most = 1; !isOver; most += 1) {
      for (const isDone of [true, false]) {
        let calls = 0;
        const cut: Store = {
          ...office.store,
          async call(name, request, ...bytes) {
            calls += 1;
            if (calls < most) return office.store.call(name, request, ...bytes);
            if (isDone) await office.store.call(name, request, ...bytes);
            throw new Failure('UNKNOWN_OUTCOME', 'connection');
          },
        };
        isOver ||= await discardImport(cut, importId).catch((error: unknown) => {
          if (error instanceof Failure && error.code === 'NOT_FOUND') return true;
          expect(error).toMatchObject({ code: 'UNKNOWN_OUTCOME' });
          return false;
        });
        expect(most).toBeLessThan(500);
      }
    }
    expect(await stateOf(office)).toEqual(before);
  });

  it('takes nothing from what is written and imported meanwhile', async () => {
    await officeByHand();
    const client = await day.client('Meanwhile');
    const { importId } = await stage(2_500);
    let other: Staging | null = null;
    let calls = 0;
    const busy: Store = {
      ...office.store,
      async call(name, request, ...bytes) {
        calls += 1;
        if (calls === 3) other = await stage(1_200);
        await day.meeting({ clientId: client.id, title: `Budget ${String(calls)} seldom`, tags: ['shared'] });
        return office.store.call(name, request, ...bytes);
      },
    };
    await discardImport(busy, importId);
    expect(calls).toBeGreaterThan(10);
    expect(await other!.commit(nextWriteId())).toMatchObject({ meetings: 1_200 });
    expect((await day.filter()).total).toBe(60 + calls + 1_200);
    expect((await day.filter({ text: 'budget' })).total).toBe(60 + calls + 1_200);
    await expectWholeIndex();
  });

  it('stages nothing more for it, and shows none of it', async () => {
    const staging = await stage(20);
    await office.store.call('imports_discard_begin', { importId: staging.importId });
    await expect(staging.reserve(8)).rejects.toThrow('CONFLICT import');
    await expect(staging.commit(nextWriteId())).rejects.toThrow('CONFLICT import');
  });

  it('is refused for one that is in', async () => {
    const staging = await stage(20);
    await staging.commit(nextWriteId());
    const { importId } = staging;
    await expect(discardImport(office.store, importId)).rejects.toThrow('CONFLICT import');
    await expect(
      office.store.call('imports_discard_sweep', { importId, field: 'type', values: ['call'], most: 1_000 }),
    ).rejects.toThrow('CONFLICT import');
    await expect(
      office.store.call('imports_discard_unlink', { importId, from: 0, limit: 10 }),
    ).rejects.toThrow('CONFLICT import');
    expect((await day.filter()).total).toBe(20);
  });

  it('is the way out when the memory is full', async () => {
    const before = await stateOf(office);
    const { importId } = await stage(2_000);
    await office.redis.config('SET', 'maxmemory', '1000000');
    await expect(stage(10)).rejects.toThrow('STORE_FULL');
    await discardImport(office.store, importId);
    await office.redis.config('SET', 'maxmemory', '0');
    expect(await stateOf(office)).toEqual(before);
  });
});

describe('what is remembered of an import that is in', () => {
  const remembered = async () =>
    Object.keys(await stateOf(office)).filter((name) => name.startsWith('import'));

  it('goes when the journal lets go of its entry, and no sooner', async () => {
    const { entry } = await (await stage(20)).commit(nextWriteId());
    await day.client('Later');
    await office.store.call('journal_seal', { upTo: entry - 1 });
    expect(await remembered()).toEqual(
      expect.arrayContaining([expect.stringMatching('^import_rows:'), 'imports']),
    );
    await office.store.call('journal_seal', { upTo: entry });
    expect(await remembered()).toEqual([]);
    await expect(journal.undo({ writeId: nextWriteId(), entry }, office.as(person()))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await day.filter()).total).toBe(20);
  });

  it('stays for one that was taken back until it is discarded', async () => {
    const before = postingsIn(await stateOf(office));
    const staging = await stage(20);
    await commitAndTakeBack(staging);
    await office.store.call('journal_seal', { upTo: 1_000 });
    await discardImport(office.store, staging.importId);
    expect(postingsIn(await stateOf(office))).toEqual(before);
    expect(await remembered()).toEqual([]);
  });
});

describe('the discarder', () => {
  const pending = async () =>
    ((await office.store.call('imports_pending', {})) as { imports: unknown[] }).imports.length;

  it('discards one import after the other, those that come meanwhile too', async () => {
    const { store } = office;
    const discarder = createDiscarder(() => store, silentLog);
    await stage(400);
    discarder.wake();
    await commitAndTakeBack(await stage(300));
    discarder.wake();
    await until(async () => (await pending()) === 0);
    await expectWholeIndex();
  });

  it('leaves one that is under way alone until it is over', async () => {
    const { store } = office;
    const discarder = createDiscarder(() => store, silentLog);
    const { importId } = await stage(40);
    const { importId: lost } = await stage(30);
    discarder.hear({ importId, state: 'writing' });
    discarder.wake();
    await until(async () => (await pending()) === 1);
    await expect(discardImport(office.store, lost)).rejects.toThrow('NOT_FOUND import');
    discarder.wake();
    expect(await pending()).toBe(1);
    discarder.hear({ importId, state: 'failed' });
    await until(async () => (await pending()) === 0);
  });

  it('stops when the office closes and goes on when it is open again', async () => {
    await stage(2_000);
    let isOpen = true;
    let calls = 0;
    const closing: Store = {
      ...office.store,
      async call(name, request, ...bytes) {
        calls += 1;
        if (calls === 5) isOpen = false;
        return office.store.call(name, request, ...bytes);
      },
    };
    const discarder = createDiscarder(() => {
      if (!isOpen) throw new Failure('STORE_UNAVAILABLE', 'none');
      return closing;
    }, silentLog);
    discarder.wake();
    await until(() => !isOpen);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(calls).toBe(5);
    expect(await pending()).toBe(1);
    isOpen = true;
    discarder.wake();
    await until(async () => (await pending()) === 0);
    await expectWholeIndex();
  });
});
