import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { daily } from '../support/office.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

let office: TestStore;
beforeAll(async () => {
  office = await startStore();
});
afterAll(() => office.stop());

const info = async (section: string, field: string): Promise<string> =>
  new RegExp(`${field}:(\\S+)`).exec(await office.redis.info(section))?.[1] ?? '';

describe('a read', () => {
  it('writes nothing to disk and leaves nothing temporary, also when it fails', async () => {
    const day = daily(office);
    const client = await day.client('Acme');
    for (let at = 0; at < 150; at += 1) {
      await day.meeting({
        clientId: client.id,
        title: `Talk ${String(at)}`,
        tags: [`tag ${String(at % 40)}`],
      });
    }
    await office.redis.config('SET', 'appendonly', 'yes');
    while ((await info('persistence', 'aof_rewrite_in_progress')) !== '0') await pause(20);
    const before = await info('persistence', 'aof_current_size');
    const where = {
      any: [
        { field: 'type', op: 'anyOf', values: ['call', 'visit'] },
        { none: [{ field: 'tag', op: 'allOf', values: ['tag 1', 'tag 2'] }] },
        { field: 'start', op: 'between', values: ['2026-01-01', null] },
      ],
    };
    const facets = ['type', 'status', 'priority', 'owner', 'tag', 'client'];
    await day.filter({ where, text: 'talk', facets, sort: [{ by: 'title', direction: 'ascending' }] });
    const absent = { field: 'client', op: 'anyOf', values: ['01a1fdf8-386d-7001-8bc1-eda116948890'] };
    await expect(day.filter({ where: { all: [where, absent] } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await meetingsHandlers.facetValues(
      { facet: 'tag', search: 'ag', limit: 10 },
      office.as(office.administrator),
    );
    await clientsHandlers.list({ search: 'ac', offset: 0, limit: 10 }, office.as(office.administrator));
    expect(await info('persistence', 'aof_current_size')).toBe(before);
    expect(await office.redis.keys('*temporary*')).toEqual([]);
  });

  it('answers when memory is full, while a write is refused before it begins', async () => {
    const day = daily(office);
    const { total } = await day.filter();
    await office.redis.config('SET', 'maxmemory', '1');
    try {
      expect((await day.filter({ text: 'talk' })).total).toBe(total);
      await expect(day.client('One more')).rejects.toMatchObject({ code: 'STORE_FULL' });
    } finally {
      await office.redis.config('SET', 'maxmemory', '0');
    }
    expect((await day.filter()).total).toBe(total);
  });
});
