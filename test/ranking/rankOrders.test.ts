import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../electron/contract/clients.ts';
import { type Meeting, sortFields } from '../../electron/contract/meetings.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { chooseBounds, rankOrders } from '../../electron/ranking/rankOrders.ts';
import type { Store } from '../../electron/redis/store.ts';
import { daily, fieldsOf, nextWriteId } from '../support/office.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

describe('choosing bounds', () => {
  const keys = (texts: string[]) => texts.map((text) => Buffer.from(text));

  it('gives a frequent key a code of its own', () => {
    const many = keys([...Array.from({ length: 5_000 }, () => 'often'), 'rare', 'seldom']);
    expect(chooseBounds(many).map(String)).toEqual(expect.arrayContaining(['often', 'often\0']));
  });

  it('never makes more bounds than a code has room for, and keeps them ascending', () => {
    const many = keys(
      Array.from({ length: 60_000 }, (_, at) => String((at * 7_919) % 30_000).padStart(6, '0')),
    );
    const bounds = chooseBounds(many);
    expect(bounds.length).toBeGreaterThan(1_500);
    expect(bounds.length).toBeLessThan(4_096);
    expect(bounds.every((bound, at) => at === 0 || Buffer.compare(bounds[at - 1]!, bound) < 0)).toBe(true);
  });
});

describe('ranking', () => {
  let office: TestStore;
  beforeAll(async () => {
    office = await startStore();
  });
  afterAll(() => office.stop());

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
        if (
          name === 'ranking_keys' &&
          (request as { order: string }).order === 'client' &&
          clients[3]!.name === 'Zeta'
        ) {
          clients[3]!.name = 'Renamed';
          await clientsHandlers.update(
            {
              writeId: nextWriteId(),
              id: clients[3]!.id,
              version: 1,
              fields: { name: 'Alpha', kind: 'company', city: '', notes: '' },
            },
            office.as(office.administrator),
          );
        }
        return reply;
      },
    };
    await rankOrders(writing);
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
