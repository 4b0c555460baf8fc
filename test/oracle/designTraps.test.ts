import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreementOf } from '../support/agreement.ts';
import { meetingFields } from '../support/builders/randomFields.ts';
import { sortFields, valueOrder, wideFields } from '../support/oracle/types.ts';
import { Random } from '../support/random.ts';
import { startStore } from '../support/startStore.ts';
import { bulkOffice } from './bulkOffice.ts';
import { comparePage } from './compare.ts';
import type { Team } from '../support/builders/buildOffice.ts';
import type { FacetField, Query } from '../support/oracle/types.ts';
import type { TestStore } from '../support/startStore.ts';
import type { OfficePair } from './officePair.ts';

const number = 1_000;
const facets: FacetField[] = [...(Object.keys(valueOrder) as FacetField[]), ...wideFields];

// Each is named after the trap that the design met; query-core tells the figures.
describe('traps that the design met', () => {
  let server: TestStore;
  let pair: OfficePair;
  let team: Team;
  beforeAll(async () => {
    server = await startStore();
    ({ pair, team } = await bulkOffice(server, number, 40_000));
  }, 240_000);
  afterAll(() => server.stop());

  async function compare(
    query: Query,
    people: readonly string[] = Object.values(team) as string[],
  ): Promise<void> {
    for (const id of new Set(people)) expect((await comparePage(pair, id, query)).differs).toBeNull();
  }

  it('BITOP with more than 16 sources: any or none of many owners and clients', async () => {
    const owners = [...pair.oracle.users.keys()];
    const clients = [...pair.oracle.clients.keys()];
    for (const count of [1, 15, 16, 17, 31, 32, 40]) {
      for (const op of ['anyOf', 'noneOf'] as const) {
        await compare({ where: { field: 'owner', op, values: owners.slice(0, count) }, limit: 5 });
        const values = clients.slice(0, count * 5);
        await compare({ where: { field: 'client', op, values }, limit: 5 }, [team.administrator]);
      }
    }
  });

  it('a shortcut that used a partial count: every count, whole, half and under other conditions', async () => {
    await compare({ facets, limit: 0 });
    await compare({ facets, limit: 0, where: { field: 'type', op: 'noneOf', values: ['letter'] } });
    await compare({ facets, limit: 0, text: 're' });
    await compare({
      facets,
      limit: 0,
      where: { field: 'owner', op: 'anyOf', values: [team.fifth, team.fiftieth] },
    });
  });

  it('ties sorted by the text of their members: every order is reversed exactly, and ties go by id', async () => {
    for (const by of sortFields) {
      const page = async (direction: 'ascending' | 'descending', offset: number): Promise<string[]> => {
        const query: Query = { text: 'review', sort: [{ by, direction }], offset, limit: 100 };
        await compare(query, [team.administrator]);
        return (await pair.product.filter(team.administrator, query)).rows.map(({ id }) => id);
      };
      const { total } = await pair.product.filter(team.administrator, { text: 'review', limit: 0 });
      expect(total).toBeGreaterThan(1_000);
      expect(await page('ascending', 700)).toEqual((await page('descending', total - 800)).toReversed());
    }
  });

  it('sets that become bitmaps and sets again: a tag on 0 to 80 meetings', async () => {
    const random = new Random(9);
    const actor = team.administrator;
    const clientIds = [...pair.oracle.clients.keys()].slice(0, 30);
    const made: string[] = [];
    const query: Query = {
      where: { field: 'tag', op: 'anyOf', values: ['edge'] },
      facets: ['tag', 'type'],
      limit: 3,
    };
    for (let at = 0; at < 80; at += 1) {
      const fields = { ...meetingFields(random, pair.oracle, clientIds), tags: ['edge'] };
      made.push(await pair.send({ kind: 'createMeeting', actor, fields }));
      if (at > 25) await compare(query, [actor]);
    }
    for (const id of made) {
      await pair.send({ kind: 'deleteMeeting', actor, id, version: 1 });
      await compare(query, [actor]);
    }
  });

  it('a client with thousands of meetings changes: all of them are found by its new values at once', async () => {
    const actor = team.administrator;
    const counts = new Map<string, number>();
    for (const { clientId } of pair.oracle.meetings.values())
      counts.set(clientId, (counts.get(clientId) ?? 0) + 1);
    const [largest, count] = [...counts].sort(([, one], [, other]) => other - one)[0] as [string, number];
    expect(count).toBeGreaterThan(1_000);
    const { id, version, name, notes } = pair.oracle.client(largest);
    const fields = { name, notes, kind: 'person', city: 'Nowhere yet', ownerId: team.noClient } as const;
    const before = pair.oracle.entries.length;
    await pair.send({ kind: 'updateClient', actor, id, version, fields });
    const wheres = [
      { field: 'clientCity', op: 'anyOf', values: ['Nowhere yet'] },
      { field: 'clientOwner', op: 'anyOf', values: [team.noClient] },
      { field: 'clientKind', op: 'noneOf', values: ['company'] },
    ] as const;
    for (const { values, ...where } of wheres)
      await compare({ where: { ...where, values: [...values] }, facets, limit: 10 });
    const { entry } = pair.oracle.entries[before] as { entry: number };
    await pair.send({ kind: 'undo', actor, entry });
    for (const { values, ...where } of wheres)
      await compare({ where: { ...where, values: [...values] }, facets, limit: 10 });
  });

  it('after all of that every index agrees with the records', async () => {
    expect((await agreementOf(server.redis, number)).differences).toEqual([]);
  });
});
