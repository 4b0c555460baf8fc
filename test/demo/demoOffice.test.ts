import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract, type OutputOf } from '../../electron/contract/index.ts';
import { clientFields } from '../../electron/contract/clients.ts';
import { meetingFields } from '../../electron/contract/meetings.ts';
import { demoClients } from '../../electron/demo/demoClients.ts';
import { demoMeetings } from '../../electron/demo/demoMeetings.ts';
import { createDemoOffice } from '../../electron/demo/demoOffice.ts';
import { demoUsers } from '../../electron/demo/demoUsers.ts';
import { Random } from '../../electron/demo/random.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { redisStore } from '../../electron/redis/call.ts';
import { fold } from '../../electron/text/fold.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

const plan = { count: 2_000, today: '2026-11-20', zone: 'Europe/Brussels' };

function made(seed: number): { clients: object[]; meetings: object[] } {
  const random = new Random(seed);
  const clients = demoClients(random, 100, seed);
  const owners = clients.map(() => [[0, 1] as const]);
  return { clients, meetings: [...demoMeetings({ ...plan, random, clients, owners })] };
}

describe('what the demo office is made of', () => {
  it('is the same for the same seed, and another for another', () => {
    const digest = (seed: number): string =>
      createHash('sha256')
        .update(JSON.stringify(made(seed)))
        .digest('hex');
    expect(digest(7)).toBe(digest(7));
    expect(digest(7)).not.toBe(digest(8));
  });

  it('is what a person could have written down', () => {
    const { clients, meetings } = made(7);
    const judge = meetingFields.omit({ clientId: true, ownerId: true });
    for (const { people: _people, ...fields } of clients as { people: string[] }[])
      expect(clientFields.safeParse(fields).success).toBe(true);
    for (const { client: _client, owner: _owner, ...fields } of meetings as {
      client: number;
      owner: number;
    }[]) {
      expect(judge.safeParse(fields).error).toBeUndefined();
    }
    expect(JSON.stringify(meetings)).not.toMatch(/\{(subject|person|city)\}|undefined/);
    expect(new Set(clients.map((client) => fold((client as { name: string }).name))).size).toBe(100);
  });

  it('plans what lies ahead and has settled most of the past', () => {
    const { meetings } = made(7);
    const day = ({ start }: { start: { at?: string; date?: string } }): string =>
      start.at ?? start.date ?? '';
    for (const meeting of meetings as { status: string; start: object }[]) {
      if (meeting.status === 'planned') expect(day(meeting) > plan.today).toBe(true);
      if (meeting.status === 'closed') expect(day(meeting) < '2026-11-21').toBe(true);
    }
  });
});

describe('the demo office', () => {
  let server: TestStore;
  let people: Map<string, string>;
  let page: (userName: string) => Promise<OutputOf<(typeof contract)['meetings']['filter']>>;
  let clientsSeen: (userName: string) => Promise<number>;

  beforeAll(async () => {
    server = await startStore();
    const store = redisStore(server.redis, 77);
    const users = await createDemoOffice({ store, secret: 'hashed', clients: 400, meetings: 4_000 });
    expect(users.map(({ userName }) => userName)).toEqual(demoUsers.map(({ userName }) => userName));
    people = new Map();
    for (const { userName } of demoUsers) {
      const { user, secret } = (await store.call('users_credentials', { userNameKey: userName })) as {
        user: { id: string };
        secret: string;
      };
      expect(secret).toBe('hashed');
      people.set(userName, user.id);
    }
    const as = (userName: string) => ({ ...server.as(people.get(userName) ?? ''), store });
    page = (userName) =>
      meetingsHandlers.filter(
        contract.meetings.filter.input.parse({
          facets: ['type', 'status', 'priority', 'owner', 'tag', 'client'],
        }),
        as(userName),
      );
    clientsSeen = async (userName) =>
      (await clientsHandlers.list(contract.clients.list.input.parse({ limit: 0 }), as(userName))).total;
  });
  afterAll(() => server.stop());

  it('shows each user the clients that are theirs', async () => {
    expect(await Promise.all(demoUsers.map(({ userName }) => clientsSeen(userName)))).toEqual([
      400, 400, 160, 80, 20, 4, 40, 0,
    ]);
  });

  it('has meetings of every type, status and priority, and fewer of them the less one sees', async () => {
    const all = await page('anna');
    expect(all.total).toBe(4_000);
    for (const facet of ['type', 'status', 'priority'] as const) {
      expect(all.facets[facet]?.every(({ count }) => count > 0)).toBe(true);
    }
    expect(all.facets.tag?.length).toBe(20);
    const totals = await Promise.all(
      ['anna', 'sofia', 'jonas', 'eline', 'hugo'].map(async (userName) => (await page(userName)).total),
    );
    expect([...totals].sort((a, b) => b - a)).toEqual(totals);
    expect(totals.at(-1)).toBe(0);
    expect(new Set(totals).size).toBe(5);
  });

  it('has busy clients and quiet ones', async () => {
    const counts = (await page('anna')).facets.client?.map(({ count }) => count) ?? [];
    expect((counts[0] ?? 0) / 4_000).toBeGreaterThan(0.02);
    expect(counts[0]).toBeGreaterThan((counts.at(-1) ?? 0) * 3);
  });

  it('cannot be made over an office', async () => {
    await expect(createDemoOffice({ store: server.store, secret: 'hashed' })).rejects.toThrow(
      'CONFLICT office',
    );
  });
});
