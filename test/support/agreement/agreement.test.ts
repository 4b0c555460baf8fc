import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discardLeftovers } from '../../../electron/imports/store/discardLeftovers.ts';
import { rankOrders } from '../../../electron/ranking/rankOrders.ts';
import { randomImports } from '../../oracle/importing.ts';
import { OfficePair } from '../../oracle/officePair.ts';
import { Importing } from '../../imports/importing.ts';
import { plainRules } from '../../imports/plainMapping.ts';
import { temporaryFiles } from '../../imports/temporaryFile.ts';
import { agreementOf } from '../agreement.ts';
import type { Team } from '../builders/buildOffice.ts';
import { randomWrite } from '../builders/randomWrite.ts';
import { Random } from '../random.ts';
import { startStore, type TestStore } from '../startStore.ts';

const zone = 'Europe/Brussels';
/** An id that a meeting came with. */
const known = 'K1';
const file = temporaryFiles();
let server: TestStore;
let team: Team;

/** An office that people wrote in, imported into, took back from and ranked. */
beforeAll(async () => {
  server = await startStore(zone);
  const random = new Random(17);
  const [pair, people] = await OfficePair.build(server, zone, random, 300);
  team = people;
  const imports = randomImports(server, pair, random);
  for (let at = 0; at < 240; at += 1) {
    await pair.send(randomWrite(random, pair.oracle, team));
    if (at % 4 === 0) await imports.next();
    if (at % 80 === 40) await rankOrders(server.store);
  }
  await discardLeftovers(server.store);
  const admin = server.as(server.administrator);
  const importing = new Importing();
  await importing.run(file('id,client,title,date\nK1,Known Ltd,Lunch,2026-11-21\n'), admin, (guess) => ({
    ...guess,
    columns: ['externalId', 'client', 'title', 'start'],
  }));
  const { sheet: _sheet, ...rules } = plainRules;
  const columns = [{ header: 'Wer', field: 'client' as const }];
  await importing.calls.saveTemplate(
    { writeId: 'save-the-template', template: { name: 'Visits', columns, rules } },
    admin,
  );
});
afterAll(() => server.stop());

const differences = async (): Promise<string[]> => (await agreementOf(server.redis)).differences;
const key = (name: string): string => `{ins:1}:${name}`;

/** A name of a key of this kind, and what it is to be told as. */
async function some(pattern: RegExp): Promise<string> {
  const names = (await server.redis.keys(key('*'))).map((name) => name.slice(key('').length)).sort();
  const found = names.find((name) => pattern.test(name));
  if (found === undefined) throw new Error(`no key is like ${String(pattern)}`);
  return found;
}

/** Row of a meeting that exists. */
async function livingRow(): Promise<number> {
  return server.redis.bitpos(key('live'), 1);
}

async function flip(name: string, position: number): Promise<void> {
  const bit = await server.redis.getbit(key(name), position);
  await server.redis.setbit(key(name), position, 1 - bit);
}

describe('an office', () => {
  it('agrees with its records, whatever was done in it', async () => {
    const { records, differences: found } = await agreementOf(server.redis);
    expect(found).toEqual([]);
    expect(records.live.length).toBeGreaterThan(200);
    expect(records.meetings.size).toBeGreaterThan(records.filed.length);
  });

  const damages: [told: RegExp, damage: () => Promise<unknown>][] = [
    [/^records:/, () => server.redis.del(key('client:0'))],
    [/^live:/, async () => flip('live', await livingRow())],
    [/^live_clients:/, () => flip('live_clients', 2)],
    [/^visible:/, async () => flip(`visible:${team.fifth}`, await livingRow())],
    [/^visible_clients:/, () => flip(`visible_clients:${team.fifth}`, 1)],
    [/^touched:/, async () => flip('touched', await livingRow())],
    [/^staged:/, () => server.redis.setbit(key('staged'), 3, 1)],
    [/^posting:type:call:/, () => server.redis.setbit(key('posting:type:call'), 999_999, 1)],
    [/^posting:tag:/, async () => server.redis.del(key(await some(/^posting:tag:v/)))],
    [/^posting:meetings_word:/, async () => server.redis.del(key(await some(/^posting:meetings_word:b/)))],
    [/^posting:clients_word:/, async () => server.redis.sadd(key('posting:clients_word:nobody'), 1)],
    [/^totals:owner:/, () => server.redis.zincrby(key('totals:owner'), 1, server.administrator)],
    [/^folded:tag:/, () => server.redis.hset(key('folded:tag'), 'vip', 'vup')],
    [/^folded:client:/, () => server.redis.hdel(key('folded:client'), '0')],
    [/^posting:clientKind:person:/, () => flip('posting:clientKind:person', 999_999)],
    [/^posting:clientCity:/, async () => server.redis.del(key(await some(/^posting:clientCity:G/)))],
    [/^posting:clientOwner:/, async () => server.redis.del(key(await some(/^posting:clientOwner:/)))],
    [/^totals:clientCity:/, () => server.redis.zpopmin(key('totals:clientCity'))],
    [/^posting:clients_city:/, async () => server.redis.del(key(await some(/^posting:clients_city:/)))],
    [/^posting:clients_owner:/, () => server.redis.sadd(key('posting:clients_owner:nobody'), 1)],
    [/^totals:clients_owner:/, () => server.redis.zpopmax(key('totals:clients_owner'))],
    [/^folded:city:/, () => server.redis.hset(key('folded:city'), 'Gent', 'gant')],
    [/^client_values:/, () => server.redis.hset(key('client_values'), '0', 'person\0\0Gent')],
    [/^labels:user:/, () => server.redis.hset(key('labels:user'), server.administrator, 'Eve')],
    [/^clients_by_name:/, () => server.redis.zpopmin(key('clients_by_name'))],
    [/^user_names:/, () => server.redis.hdel(key('user_names'), 'admin')],
    [/^users:/, () => server.redis.srem(key('users'), team.noClient)],
    [/^lexicon:meetings:/, () => server.redis.zpopmax(key('lexicon:meetings'))],
    [/^client_column:/, async () => server.redis.setrange(key('client_column'), (await livingRow()) * 4, '\xff')],
    [/^order title:/, async () => flip(await some(/^order:title:\d+:3$/), await livingRow())],
    [/^order start:/, () => server.redis.setbit(key('order:start:999:0'), 1, 1)],
    [/^ids:meetings:/, async () => server.redis.setrange(key('ids:meetings:0'), (await livingRow()) * 16 + 15, 'x')],
    [/^external_ids: row/, async () => server.redis.hset(key('external_ids'), 'A9', String(await livingRow()))],
    [/^external_ids: row .* is not found/, () => server.redis.hset(key('external_ids'), known, '999999')],
    [/^external_ids: .* twice/, () => server.redis.hset(key('external_ids'), known, '0 0')],
    [/^import_templates:/, () => server.redis.hset(key('import_templates'), 'wrong', '{"name":"Visits","nameKey":"visits"}')],
    [/^imports:/, () => server.redis.setbit(key('import_rows:nobody'), 1, 1)],
    [/^keys:/, () => server.redis.set(key('temporary:1'), '')],
  ]; // prettier-ignore

  it.each(damages)('that does not agree is told by name: %s', async (told, damage) => {
    const before = await server.redis.keys(key('*'));
    const kept = await Promise.all(
      before.map(async (name) => [name, await server.redis.dumpBuffer(name)] as const),
    );
    await damage();
    const found = await differences();
    const now = await server.redis.keys(key('*'));
    const added = now.filter((name) => !before.includes(name));
    if (added.length > 0) await server.redis.del(...added);
    for (const [name, content] of kept)
      if (content && !(await server.redis.dumpBuffer(name))?.equals(content))
        await server.redis.restore(name, 0, content, 'REPLACE');
    expect(found).toContainEqual(expect.stringMatching(told));
    expect(await differences()).toEqual([]);
  });
});
