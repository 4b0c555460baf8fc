import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOffice } from '../../electron/check/checkOffice.ts';
import type { CheckReport } from '../../electron/contract/check.ts';
import { agreementOf } from '../support/agreement.ts';
import { changedBetween, contentsOf, putBack, type Contents } from './contents.ts';
import { livedInOffice, type LivedInOffice } from './livedInOffice.ts';

let office: LivedInOffice;
let whole: Contents;

beforeAll(async () => {
  office = await livedInOffice(17, 140);
  whole = await contentsOf(office.server.redis);
});
afterAll(() => office.server.stop());

const key = (name: string): string => `{ins:1}:${name}`;
const redis = () => office.server.redis;

const check = (repair = false): Promise<CheckReport> =>
  checkOffice({ store: office.server.store, actor: office.server.administrator, repair });

/** Name of a key of this kind. */
function some(pattern: RegExp): string {
  const found = [...whole.keys()]
    .map((name) => name.slice(key('').length))
    .find((name) => pattern.test(name));
  if (found === undefined) throw new Error(`no key is like ${String(pattern)}`);
  return found;
}

const livingRow = (): Promise<number> => redis().bitpos(key('live'), 1);

async function flip(name: string, position: number): Promise<void> {
  const bit = await redis().getbit(key(name), position);
  await redis().setbit(key(name), position, 1 - bit);
}

async function removeFrom(name: string): Promise<void> {
  if ((await redis().type(key(name))) === 'set') await redis().spop(key(name));
  else await flip(name, await redis().bitpos(key(name), 1));
}

const differing = ({ differences }: CheckReport): string[] =>
  differences.map(({ index, what }) => `${index} ${what}`);

/** What is damaged, how it must be told, and the damage. */
const damages: [name: string, told: string, damage: () => Promise<unknown>][] = [
  ['a meeting that is hidden', 'live missing', async () => flip('live', await livingRow())],
  ['a bit beyond all meetings', 'live surplus', () => redis().setbit(key('live'), 500_000, 1)],
  ['the whole list of meetings', 'live missing', () => redis().del(key('live'))],
  ['a meeting somebody must not see', 'visible surplus', async () => redis().setbit(key(`visible:${office.team.noClient}`), await livingRow(), 1)],
  ['a meeting somebody does not see', 'visible missing', () => removeFrom(`visible:${office.team.fifth}`)],
  ['a client that is hidden', 'live_clients missing', async () => flip('live_clients', await redis().bitpos(key('live_clients'), 1))],
  ['a client that does not exist', 'live_clients surplus', () => redis().setbit(key('live_clients'), 9_999, 1)],
  ['a client somebody must not see', 'visible_clients surplus', async () => redis().setbit(key(`visible_clients:${office.team.noClient}`), await redis().bitpos(key('live_clients'), 1), 1)],
  ['a client given to nobody', 'users_of_client surplus', () => redis().sadd(key('users_of_client:0'), 'nobody')],
  ['a meeting said to be untouched', 'touched missing', async () => flip('touched', await redis().bitpos(key('touched'), 1))],
  ['a row that waits for no import', 'staged surplus', async () => redis().setbit(key('staged'), await livingRow(), 1)],
  ['a bitmap with a row too many', 'posting:type surplus', async () => redis().setbit(key('posting:type:call'), 500_000, 1)],
  ['a posting without one of its rows', 'posting:status missing', () => removeFrom(some(/^posting:status:open/))],
  ['a posting that is gone', 'posting:priority missing', () => redis().del(key('posting:priority:normal'))],
  ['an owner with a meeting of another', 'posting:owner surplus', async () => redis().sadd(key(`posting:owner:${office.team.noClient}x`), await livingRow())],
  ['a client without its meetings', 'posting:client missing', () => redis().del(key(some(/^posting:client:/)))],
  ['a tag that is gone', 'posting:tag missing', () => redis().del(key(some(/^posting:tag:v/)))],
  ['a tag nobody has', 'posting:tag surplus', async () => redis().sadd(key('posting:tag:nobody'), await livingRow())],
  ['a word of meetings that is gone', 'posting:meetings_word missing', () => redis().del(key(some(/^posting:meetings_word:b/)))],
  ['a word nobody wrote', 'posting:meetings_word surplus', async () => redis().sadd(key('posting:meetings_word:nobody'), await livingRow())],
  ['a word of clients that is gone', 'posting:clients_word missing', () => redis().del(key(some(/^posting:clients_word:/)))],
  ['a word no client has', 'posting:clients_word surplus', () => redis().sadd(key('posting:clients_word:nobody'), 1)],
  ['a city without its meetings', 'posting:clientCity missing', () => redis().del(key(some(/^posting:clientCity:/)))],
  ['a meeting of a client somebody else looks after', 'posting:clientOwner surplus', async () => redis().sadd(key(`posting:clientOwner:${office.team.noClient}x`), await livingRow())],
  ['a kind of client without its total', 'totals:clientKind missing', async () => redis().zrem(key('totals:clientKind'), 'company')],
  ['a city without its clients', 'posting:clients_city missing', () => redis().del(key(some(/^posting:clients_city:/)))],
  ['a city nobody is in', 'posting:clients_city surplus', () => redis().sadd(key('posting:clients_city:Nowhere'), 1)],
  ['a total of no clients', 'totals:clients_city surplus', () => redis().zadd(key('totals:clients_city'), 3, 'Nowhere')],
  ['a city that is not folded', 'folded:city missing', async () => redis().hdel(key('folded:city'), (await redis().hkeys(key('folded:city')))[0]!)],
  ['a folded city nobody is in', 'folded:city surplus', () => redis().hset(key('folded:city'), 'Nowhere', 'nowhere')],
  ['a client of another city', 'client_values wrong', () => redis().hset(key('client_values'), '1', 'person\u0000Nowhere\u0000')],
  ['a client without its id', 'client_ids missing', () => redis().hdel(key('client_ids'), '1')],
  ['an id of no client', 'client_ids surplus', () => redis().hset(key('client_ids'), '9999', 'nobody')],
  ['a meeting made at another time', 'order:createdAt wrong', async () => flip(some(/^order:createdAt:\d+:3$/), await livingRow())],
  ['a total that is too high', 'totals:owner wrong', () => redis().zincrby(key('totals:owner'), 1, office.server.administrator)],
  ['a total that is gone', 'totals:type missing', () => redis().zrem(key('totals:type'), 'call')],
  ['a total of nothing', 'totals:tag surplus', () => redis().zadd(key('totals:tag'), 3, 'nobody')],
  ['a tag folded otherwise', 'folded:tag wrong', async () => redis().hset(key('folded:tag'), (await redis().hkeys(key('folded:tag')))[0]!, 'vup')],
  ['a tag that is not folded', 'folded:tag missing', async () => redis().hdel(key('folded:tag'), (await redis().hkeys(key('folded:tag')))[0]!)],
  ['a folded tag nobody has', 'folded:tag surplus', () => redis().hset(key('folded:tag'), 'nobody', 'nobody')],
  ['a client that is not folded', 'folded:client missing', () => redis().hdel(key('folded:client'), '1')],
  ['a client with another name', 'labels:client wrong', () => redis().hset(key('labels:client'), '1', 'Eve')],
  ['a name of no client', 'labels:client surplus', () => redis().hset(key('labels:client'), '9999', 'Eve')],
  ['a client missing by name', 'clients_by_name missing', () => redis().zpopmin(key('clients_by_name'))],
  ['a name in the list that nobody has', 'clients_by_name surplus', () => redis().zadd(key('clients_by_name'), 0, 'eve\u000000000001')],
  ['a user with another name', 'labels:user wrong', () => redis().hset(key('labels:user'), office.server.administrator, 'Eve')],
  ['a user who cannot sign in', 'user_names missing', () => redis().hdel(key('user_names'), 'fifth')],
  ['a user name of nobody', 'user_names surplus', () => redis().hset(key('user_names'), 'eve', 'nobody')],
  ['a user who is not listed', 'users missing', () => redis().srem(key('users'), office.team.fifth)],
  ['somebody who is no user', 'users surplus', () => redis().sadd(key('users'), 'nobody')],
  ['a part of a word that is gone', 'lexicon:meetings missing', () => redis().zpopmax(key('lexicon:meetings'))],
  ['all parts of words', 'lexicon:meetings missing', () => redis().del(key('lexicon:meetings'))],
  ['a part of no word', 'lexicon:meetings surplus', () => redis().zadd(key('lexicon:meetings'), 0, 'body\u0000nobody')],
  ['a part of a client’s name', 'lexicon:clients missing', () => redis().zpopmin(key('lexicon:clients'))],
  ['a meeting of another client', 'client_column wrong', async () => redis().setrange(key('client_column'), (await livingRow()) * 4, '\u007f')],
  ['a meeting in a wrong place', 'order:title wrong', async () => flip(some(/^order:title:\d+:3$/), await livingRow())],
  ['a whole bit of an order', 'order:start wrong', () => redis().del(key(some(/^order:start:\d+:3$/)))],
  ['bounds that are gone', 'order:changed wrong', () => redis().del(key(some(/^bounds:changed:/)))],
  ['an id in a wrong place', 'ids wrong', async () => redis().setrange(key('ids:meetings:0'), (await livingRow()) * 16 + 15, 'x')],
  ['the table of ids', 'ids wrong', () => redis().del(key('ids:clients:0'))],
  ['a counter that is too low', 'counters wrong', () => redis().hincrby(key('office'), 'meetings', -3)],
  ['a counter that is too high', 'counters wrong', () => redis().hincrby(key('office'), 'clients', 5)],
  ['a clock that went back', 'counters wrong', () => redis().hset(key('office'), 'last_ms', 1)],
  ['a journal that is ahead', 'counters wrong', () => redis().hincrby(key('office'), 'entries', -2)],
  ['an id of another program', 'external_ids missing', () => redis().hdel(key('external_ids'), 'K1')],
  ['an id of another meeting', 'external_ids wrong', async () => redis().hset(key('external_ids'), 'A9', String(await livingRow()))],
  ['an id that names a row twice', 'external_ids wrong', async () => redis().hset(key('external_ids'), 'K1', Array(2).fill(await redis().hget(key('external_ids'), 'K1')).join(' '))],
  ['a temporary key', 'leftovers surplus', () => redis().set(key('temporary:9999'), 'x')],
  ['an order that was dropped', 'leftovers surplus', () => redis().setbit(key('order:start:999:0'), 1, 1)],
  ['what an import left', 'leftovers surplus', () => redis().setbit(key('import_rows:nobody'), 1, 1)],
  ['clients of nobody', 'leftovers surplus', () => redis().sadd(key('users_of_client:9999'), office.team.fifth)],
  ['a posting of no field', 'leftovers surplus', () => redis().sadd(key('posting:colour:red'), 1)],
]; // prettier-ignore

describe('the check of an office', () => {
  it('finds nothing where everything agrees, and changes nothing', async () => {
    const report = await check();
    expect(report).toMatchObject({ state: 'done', repaired: false, differences: [] });
    expect(report.meetings).toBeGreaterThan(200);
    expect(changedBetween(await contentsOf(redis()), whole)).toEqual([]);
    const repaired = await check(true);
    expect(repaired.differences).toEqual([]);
    expect(changedBetween(await contentsOf(redis()), whole)).toEqual([]);
  });

  it.each(damages)('tells and repairs %s', async (_name, told, damage) => {
    try {
      await damage();
      const damaged = await contentsOf(redis());
      expect(changedBetween(damaged, whole)).not.toEqual([]);
      const report = await check();
      expect(changedBetween(await contentsOf(redis()), damaged)).toEqual([]);
      expect(differing(report)).toEqual([told]);
      const repaired = await check(true);
      expect(repaired.differences.length).toBeGreaterThan(0);
      expect((await agreementOf(redis())).differences).toEqual([]);
      expect((await check()).differences).toEqual([]);
    } finally {
      await putBack(redis(), whole);
    }
  });
});
