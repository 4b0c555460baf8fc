import { afterAll, beforeAll, expect, it } from 'vitest';
import { agreementOf } from '../support/agreement.ts';
import { meetingFields } from '../support/builders/randomFields.ts';
import { Random } from '../support/random.ts';
import { startStore } from '../support/startStore.ts';
import { bulkOffice } from './bulkOffice.ts';
import { comparePage } from './compare.ts';
import type { Team } from '../support/builders/buildOffice.ts';
import type { TestStore } from '../support/startStore.ts';
import type { OfficePair } from './officePair.ts';

// A word that many clients' names share is looked up another way than one that few have: here words become common, lose
// and gain clients, and end, while meetings come, move and go.

const number = 1_100;
const random = new Random(11);
let server: TestStore;
let pair: OfficePair;
let team: Team;

beforeAll(async () => {
  server = await startStore();
  ({ pair, team } = await bulkOffice(server, number, 5_000));
}, 120_000);
afterAll(() => server.stop());

const clients = () => [...pair.oracle.clients.values()];

async function rename(id: string, name: string): Promise<void> {
  const { version, kind, city, ownerId, notes } = pair.oracle.clients.get(id)!;
  const fields = { name, kind, city, ownerId, notes };
  await pair.send({ kind: 'updateClient', actor: team.administrator, id, version, fields });
}

async function everythingIsFound(): Promise<void> {
  for (const userId of new Set(Object.values(team) as string[])) {
    for (const text of ['client', 'lien', 'gmbh', 'mb', 'client gmbh', 'nothing']) {
      const sort = [{ by: 'relevance', direction: 'descending' } as const];
      const query = { text, sort, facets: ['type' as const, 'client' as const], limit: 20 };
      expect((await comparePage(pair, userId, query)).differs).toBeNull();
    }
  }
  expect((await agreementOf(server.redis, number)).differences).toEqual([]);
}

const isCommon = async (word: string): Promise<boolean> =>
  (await server.redis.sismember(`{ins:${String(number)}}:common_words`, word)) === 1;

it('is found by a word that all clients share', async () => {
  expect(await isCommon('client')).toBe(true);
  await everythingIsFound();
});

it('becomes common with the sixty-fourth client, and stays so for fewer', async () => {
  const some = clients().slice(0, 70);
  for (const [at, { id, name }] of some.entries()) {
    await rename(id, `${name} GmbH`);
    expect(await isCommon('gmbh')).toBe(at >= 63);
  }
  await everythingIsFound();
  for (const { id, name } of some.slice(0, 50)) await rename(id, name);
  expect(await isCommon('gmbh')).toBe(true);
  await everythingIsFound();
});

it('follows meetings that are made, moved, deleted and brought back', async () => {
  const actor = team.administrator;
  const ids = clients().map(({ id }) => id);
  for (let times = 0; times < 20; times += 1) {
    const fields = { ...meetingFields(random, pair.oracle, ids), ownerId: actor };
    const id = await pair.send({ kind: 'createMeeting', actor, fields });
    const clientId = random.pick(ids);
    await pair.send({ kind: 'updateMeeting', actor, id, version: 1, fields: { ...fields, clientId } });
    if (times % 2 === 0) await pair.send({ kind: 'deleteMeeting', actor, id, version: 2 });
    if (times % 4 === 0)
      await pair.send({ kind: 'undo', actor, entry: pair.oracle.entries.at(-1)?.entry ?? 0 });
  }
  await everythingIsFound();
});

it('is common no more when its last client has another name', async () => {
  for (const { id, name } of clients()) if (/gmbh/i.test(name)) await rename(id, name.replace(/ gmbh/i, ''));
  expect(await isCommon('gmbh')).toBe(false);
  await everythingIsFound();
});
