import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../electron/contract/clients.ts';
import { type Meeting, sortFields } from '../../electron/contract/meetings.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { chooseBounds, mostBounds } from '../../electron/ranking/bounds.ts';
import { dayBounds } from '../../electron/ranking/dayBounds.ts';
import type { CodedOrder } from '../../electron/ranking/codes.ts';
import { keyIn, MeetingRows } from '../../electron/ranking/meetingRows.ts';
import { boundsInForce, rankOrders } from '../../electron/ranking/rankOrders.ts';
import { sortKeys } from '../../electron/ranking/sortKeys.ts';
import { MeetingStager } from '../../electron/imports/store/meetingStager.ts';
import { stagedClient, stagedMeeting } from '../../electron/imports/store/staged.ts';
import { Staging } from '../../electron/imports/store/staging.ts';
import type { Store } from '../../electron/redis/store.ts';
import { prefixOf } from '../imports/storeState.ts';
import { daily, fieldsOf, nextWriteId } from '../support/office.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

describe('choosing bounds', () => {
  it('gives a frequent key a code of its own', () => {
    const many = [...Array.from({ length: 5_000 }, () => 'often'), 'rare', 'seldom'];
    expect(chooseBounds(many, mostBounds(many.length))).toEqual(expect.arrayContaining(['often', 'often\0']));
  });

  it('never makes more bounds than a code has room for, and keeps them ascending', async () => {
    const many = Array.from({ length: 60_000 }, (_, at) => String((at * 7_919) % 30_000).padStart(6, '0'));
    const bounds = chooseBounds(await sortKeys(many), mostBounds(many.length));
    expect(bounds.length).toBeGreaterThan(3_000);
    expect(bounds.length).toBeLessThan(4_096);
    expect(bounds.every((bound, at) => at === 0 || bounds[at - 1]! < bound)).toBe(true);
  });

  it('takes the bounds that are given, and splits what is between them', () => {
    const sorted = Array.from({ length: 40_000 }, (_, at) => String(at).padStart(6, '0'));
    const given = Array.from({ length: 2_900 }, (_, at) => String(at * 13).padStart(6, '0'));
    const bounds = chooseBounds(sorted, mostBounds(sorted.length), given);
    expect(bounds.length).toBeLessThan(4_096);
    expect(bounds).toEqual([...new Set(bounds)].sort());
    expect(bounds).toEqual(expect.arrayContaining(given));
    expect(bounds.filter((bound) => bound > given.at(-1)!).length).toBeGreaterThan(10);
  });

  it('has a bound for every day of an office, where its days are not too many', async () => {
    const instants = ['2026-03-27T22:30:00.000Z', '2026-03-30T08:00:00.000Z'];
    expect(await dayBounds(instants, 'Europe/Brussels')).toEqual(
      ['2026-03-25T23', '2026-03-26T23', '2026-03-27T23', '2026-03-28T23', '2026-03-29T22'].map(
        (hour) => `${hour}:00:00.000Z`,
      ),
    );
    expect(await dayBounds([], 'UTC')).toEqual([]);
    expect(await dayBounds(['1000-01-01T00:00:00.000Z', '2026-03-30T08:00:00.000Z'], 'UTC')).toEqual([]);
  });

  it('sorts keys by their bytes, whatever letters are in them', async () => {
    const letters = ['a', 'Z', 'ß', '日', '\ufb01', '🦄', '\u{10ffff}', ''];
    const keys = Array.from(
      { length: 9_000 },
      (_, at) => `${letters[at % 8]!}${letters[(at >> 3) % 8]!}${String(at % 7)}`,
    );
    const expected = keys.map((key) => Buffer.from(key)).sort((one, other) => Buffer.compare(one, other));
    expect(await sortKeys(keys)).toEqual(expected.map(String));
    expect(await sortKeys([])).toEqual([]);
  });
});

describe('ranking', () => {
  let office: TestStore;
  beforeAll(async () => {
    office = await startStore();
  });
  afterAll(() => office.stop());

  /** Each row with a record has the code that its key has among the bounds in force, in every order. */
  async function expectCodes(one: TestStore): Promise<void> {
    const { rows } = (await one.store.call('ranking_state', {})) as { rows: number };
    const prefix = await prefixOf(one);
    const meetings = await MeetingRows.of(one.store);
    for (const [order, { generation, bounds }] of Object.entries(await boundsInForce(one.store))) {
      const slices: Buffer[] = [];
      for (let bit = 0; bit < 15; bit += 1) {
        const key = `${prefix}order:${order}:${generation}:${String(bit)}`;
        slices.push((await one.redis.getBuffer(key)) ?? Buffer.alloc(0));
      }
      for (let row = 0; row < rows; row += 1) {
        const [found] = await meetings.read([row]);
        if (!found) continue;
        const key = keyIn[order as CodedOrder](found);
        const code = slices.reduce(
          (sum, slice, bit) => sum + ((((slice[row >>> 3] ?? 0) >>> (7 - (row & 7))) & 1) << bit),
          0,
        );
        const expected = bounds.filter((bound) => Buffer.compare(Buffer.from(bound), Buffer.from(key)) <= 0);
        expect(code, `${order} of row ${String(row)}`).toBe(expected.length);
      }
    }
  }

  async function fill(one: TestStore, count: number): Promise<void> {
    const staging = await Staging.begin(one.store, one.administrator, 'many.csv');
    const clients = await staging.clients(
      ['Ärzte', 'Beta', 'Zeta'].map((name) =>
        stagedClient({ name, kind: 'company', city: '', ownerId: null, notes: '' }),
      ),
    );
    const stager = await MeetingStager.of(one.store, staging, one.administrator);
    await stager.stage(
      Array.from({ length: count }, (_, at) => ({
        meeting: stagedMeeting(
          {
            title: at % 3 === 0 ? 'Often' : `Title ${String((at * 7_919) % count)} "🦄" \\`,
            details: '',
            type: 'call',
            status: 'open',
            priority: 'low',
            tags: [],
            start: { date: `2026-0${String(1 + (at % 9))}-1${String(at % 10)}` },
            durationMinutes: at % 4 === 0 ? null : (at % 7) * 15,
          },
          'UTC',
        ),
        client: clients[at % 3]!,
        ownerId: one.administrator,
      })),
    );
    await staging.commit(nextWriteId());
  }

  it('codes every row by the bounds, and a frequent key gets a code of its own', async () => {
    const one = await office.newOffice();
    await fill(one, 1_500);
    await rankOrders(one.store);
    await expectCodes(one);
    const { title, client, changed } = await boundsInForce(one.store);
    expect(title.bounds).toEqual(expect.arrayContaining(['often', 'often\0']));
    expect(client.bounds).toEqual(expect.arrayContaining(['beta', 'beta\0']));
    // The instant of the import, and the days around it.
    expect(changed.bounds.filter((bound) => bound.endsWith('\0'))).toHaveLength(1);
    expect(changed.bounds.length).toBeLessThanOrEqual(5);
    expect(title.bounds.length).toBeGreaterThan(500);
  });

  it('leaves the codes in force as they are when it is cut off, at any call', async () => {
    const one = await office.newOffice();
    await fill(one, 600);
    await rankOrders(one.store);
    const before = await boundsInForce(one.store);
    await daily(one).meeting({ clientId: (await daily(one).client('Last')).id, title: 'Last' });
    for (let most = 0; ; most += 1) {
      let calls = 0;
      const cut: Store = {
        ...one.store,
        call(name, request, ...binary) {
          calls += 1;
          return calls > most ? Promise.reject(new Error('cut')) : one.store.call(name, request, ...binary);
        },
      };
      const isOver = await rankOrders(cut).then(
        () => true,
        () => false,
      );
      if (isOver) break;
      const now = await boundsInForce(one.store);
      for (const order of ['start', 'title'] as const)
        if (now[order].generation === before[order].generation) expect(now[order]).toEqual(before[order]);
    }
    await expectCodes(one);
    const left = await one.redis.keys(`${(await prefixOf(one)).replaceAll('{', '\\{')}bounds:*`);
    expect(left).toHaveLength(6);
  });

  it('gives way to one begun later', async () => {
    const one = await office.newOffice();
    await fill(one, 600);
    const slow: Store = {
      ...one.store,
      async call(name, request, ...binary) {
        await new Promise((resolve) => setTimeout(resolve, 3));
        return one.store.call(name, request, ...binary);
      },
    };
    await Promise.all([rankOrders(slow), rankOrders({ ...one.store }), rankOrders({ ...slow })]);
    await expectCodes(one);
    expect(await one.redis.hkeys(`${await prefixOf(one)}orders`)).not.toContainEqual(
      expect.stringMatching(/:building$/),
    );
  });

  it('changes no list, whatever is written while it runs', async () => {
    const day = daily(office);
    const clients: Client[] = [];
    for (const name of ['Ärzte', 'Beta', 'Beta', 'Zeta']) clients.push(await day.client(name));
    const meetings: Meeting[] = [];
    for (let at = 0; at < 300; at += 1) {
      const written = await day.meeting({
        clientId: clients[at % 4]!.id,
        title: `Title ${String(at % 50)}`,
        durationMinutes: at % 3 === 0 ? null : (at % 7) * 15,
        start: { date: `2026-0${String(1 + (at % 9))}-1${String(at % 10)}` },
      });
      meetings.push(written.meeting);
    }
    let calls = 0;
    const writing: Store = {
      ...office.store,
      async call(name, request, ...binary) {
        calls += 1;
        const reply = await office.store.call(name, request, ...binary);
        if (calls === 4) {
          await day.meeting({
            clientId: clients[0]!.id,
            title: 'While ranking',
            start: { date: '2030-01-01' },
          });
          const [meeting] = meetings;
          await meetingsHandlers.update(
            {
              writeId: nextWriteId(),
              id: meeting!.id,
              version: 1,
              fields: { ...fieldsOf(meeting!), title: 'aaa first' },
            },
            office.as(office.administrator),
          );
        }
        if (name === 'ranking_clients' && clients[3]!.name === 'Zeta') {
          clients[3]!.name = 'Renamed';
          await clientsHandlers.update(
            {
              writeId: nextWriteId(),
              id: clients[3]!.id,
              version: 1,
              fields: { name: 'Alpha', kind: 'company', city: '', ownerId: null, notes: '' },
            },
            office.as(office.administrator),
          );
        }
        return reply;
      },
    };
    await rankOrders(writing);
    await expectCodes(office);
    // Both were written while it ran: between the sample and the codes, and after the names of the clients were read.
    expect(clients[3]!.name).toBe('Renamed');
    expect(calls).toBeGreaterThan(15);
    // A second office with the same data and no ranking would be the oracle's business; here: each order is complete,
    // ascends by its key, and descends as the exact reverse.
    for (const by of sortFields) {
      const up = await day.filter({ sort: [{ by, direction: 'ascending' }], limit: 500 });
      const down = await day.filter({ sort: [{ by, direction: 'descending' }], limit: 500 });
      expect(up.rows.map((row) => row.id)).toEqual(down.rows.map((row) => row.id).reverse());
      expect(new Set(up.rows.map((row) => row.id)).size).toBe(301);
    }
    const byTitle = await day.filter({ sort: [{ by: 'title', direction: 'ascending' }], limit: 1 });
    expect(byTitle.rows[0]!.title).toBe('aaa first');
    const byClient = await day.filter({ sort: [{ by: 'client', direction: 'ascending' }], limit: 500 });
    const names = byClient.rows.map((row) => row.client.name);
    expect(names.indexOf('Alpha')).toBe(0);
    expect([...new Set(names)]).toEqual(['Alpha', 'Ärzte', 'Beta']);
    const latest = await day.filter({ sort: [{ by: 'start', direction: 'descending' }], limit: 1 });
    expect(latest.rows[0]!.title).toBe('While ranking');
  });
});
