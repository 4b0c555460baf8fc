import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOffice } from '../../electron/check/checkOffice.ts';
import type { CheckReport } from '../../electron/contract/check.ts';
import type { Store } from '../../electron/redis/store.ts';
import { agreementOf } from '../support/agreement.ts';
import { livedInOffice, type LivedInOffice } from './livedInOffice.ts';

let office: LivedInOffice;
beforeAll(async () => {
  office = await livedInOffice(17, 150);
});
afterAll(() => office.server.stop());

const key = (name: string): string => `{ins:1}:${name}`;

const check = (more: Partial<Parameters<typeof checkOffice>[0]> = {}): Promise<CheckReport> =>
  checkOffice({
    store: office.server.store,
    actor: office.server.administrator,
    repair: false,
    ...more,
  });

const told = ({ differences }: CheckReport): string[] =>
  differences.map(({ index, what, examples }) => `${index} ${what}: ${examples.join('; ')}`);

/** Some of many things at once. */
async function damageMuch(): Promise<void> {
  const { redis } = office.server;
  const names = (await redis.keys(key('posting:meetings_word:*'))).sort();
  await redis.del(key('live'), key('client_column'), key('totals:owner'), key('posting:status:open'));
  await redis.del(key('lexicon:meetings'), key('ids:clients:0'), ...names.slice(0, 40));
  await redis.hdel(key('labels:client'), '1', '2', '3');
  await redis.sadd(key('posting:tag:nobody'), 3, 4, 5);
  await redis.set(key('temporary:9999'), 'x');
}

describe('a repair', () => {
  it('that is cut off anywhere leaves less to do, and the next one the rest', async () => {
    const { server } = office;
    await damageMuch();
    let cuts = 0;
    let steps = 1;
    for (; ; steps = Math.ceil(steps * 1.5)) {
      let left = steps;
      const store: Store = {
        ...server.store,
        async call(name, request, ...binary) {
          if (name.startsWith('repair_') && (left -= 1) < 0) throw new Error('cut off');
          return server.store.call(name, request, ...binary);
        },
      };
      const report = await check({ store, repair: true }).catch((error: unknown) => {
        expect(String(error)).toContain('cut off');
        return null;
      });
      if (report) break;
      cuts += 1;
    }
    expect(cuts).toBeGreaterThan(3);
    expect((await agreementOf(server.redis)).differences).toEqual([]);
    expect(told(await check())).toEqual([]);
  });

  it('may be cancelled, and says what it did until then', async () => {
    await damageMuch();
    const cancelling = new AbortController();
    const report = await check({
      repair: true,
      signal: cancelling.signal,
      onProgress: ({ meetings }) => meetings > 0 && cancelling.abort(),
    });
    expect(report).toMatchObject({ state: 'cancelled', repaired: true });
    expect(report.differences.length).toBeGreaterThan(0);
    expect(await check({ repair: true })).toMatchObject({ state: 'done' });
    expect((await agreementOf(office.server.redis)).differences).toEqual([]);
  });

  it('never touches a record that cannot be read', async () => {
    const { redis } = office.server;
    const row = await redis.bitpos(key('live'), 1);
    const kept = (await redis.getBuffer(key(`meeting:${String(row)}`)))!;
    const other = (await redis.get(key('meeting:60'))) ?? (await redis.get(key('meeting:61')))!;
    for (const text of ['{"id":', 'null', Buffer.from([0xff, 0xfe]), other]) {
      await redis.set(key(`meeting:${String(row)}`), text);
      const { differences } = await check({ repair: true });
      expect(differences).toContainEqual(
        expect.objectContaining({ index: 'records', what: 'unreadable', canBeRepaired: false }),
      );
      expect(differences[0]?.sentence).toMatch(/a repair leaves them as they are/);
      expect(await redis.getBuffer(key(`meeting:${String(row)}`))).toEqual(Buffer.from(text));
      await redis.set(key(`meeting:${String(row)}`), kept);
    }
    await check({ repair: true });
    expect((await agreementOf(redis)).differences).toEqual([]);
  });

  it('does not believe a record where nothing was ever given out', async () => {
    const { redis } = office.server;
    await redis.set(key('meeting:99999999'), '{}');
    const before = await redis.hget(key('office'), 'meetings');
    expect(told(await check({ repair: true }))).toEqual(['records unreadable: meetings 99999999']);
    expect(await redis.get(key('meeting:99999999'))).toBe('{}');
    expect(await redis.hget(key('office'), 'meetings')).toBe(before);
    await redis.del(key('meeting:99999999'));
  });

  it('reads clients and users that cannot be read likewise', async () => {
    const { redis, administrator } = office.server;
    for (const name of ['client:1', `user:${office.team.fifth}`]) {
      const kept = (await redis.get(key(name)))!;
      await redis.set(key(name), kept.slice(0, 40));
      const report = await check({ repair: true });
      expect(report.differences).toContainEqual(expect.objectContaining({ index: 'records' }));
      expect(await redis.get(key(name))).toBe(kept.slice(0, 40));
      await redis.set(key(name), kept);
      await check({ repair: true });
      expect((await agreementOf(redis)).differences).toEqual([]);
    }
    expect(administrator).not.toBe(office.team.fifth);
  });

  it('is for administrators', async () => {
    const actor = office.team.manager;
    for (const repair of [false, true])
      await expect(check({ actor, repair })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    const { store } = office.server;
    const request = { actor, users: [], cursor: '0' };
    for (const name of ['check_folded', 'repair_folded'])
      await expect(store.call(name, request)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});
