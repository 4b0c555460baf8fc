import { createHash } from 'node:crypto';
import {
  randomAsker,
  randomClientQuery,
  randomFacetQuery,
  randomQuery,
  randomSort,
} from '../support/builders/randomQuery.ts';
import { randomWrite } from '../support/builders/randomWrite.ts';
import { zones } from '../support/builders/vocabulary.ts';
import { defaultSort, placeOf } from '../support/oracle/order.ts';
import { Random } from '../support/random.ts';
import { rankOrders } from '../../electron/ranking/rankOrders.ts';
import { compareClients, compareFacetValues, comparePage } from './compare.ts';
import { randomImports } from './importing.ts';
import { OfficePair } from './officePair.ts';
import { simplest } from './simplest.ts';
import type { Team } from '../support/builders/buildOffice.ts';
import type { Query, User } from '../support/oracle/types.ts';
import type { TestStore } from '../support/startStore.ts';
import type { Comparison, Continuation } from './compare.ts';

/** How often something else happens between two questions about meetings. */
const queriesPerWrite = 20;
const queriesPerWalk = 60;
const queriesPerRanking = 400;
const queriesPerOtherList = 8;
const queriesPerImportStep = 35;

export interface Plan {
  seed: number;
  meetings: number;
  queries: number;
  /** Questions already asked anywhere in the run; none is counted twice. */
  asked: Set<string>;
}

export interface Tally {
  queries: number;
  answered: number;
  otherLists: number;
  walks: number;
  writes: number;
}

/** Fills an office by a seed and asks both sides the same questions while it changes. Throws at the first difference. */
export async function interrogate(store: TestStore, plan: Plan): Promise<Tally> {
  const random = new Random(plan.seed);
  const zone = random.pick(zones);
  const office = await store.newOffice(zone);
  const [pair, team] = await OfficePair.build(office, zone, random, plan.meetings);
  const run: Run = { plan, random, pair, team };
  const tally: Tally = { queries: 0, answered: 0, otherLists: 0, walks: 0, writes: 0 };
  const imports = randomImports(office, pair, random);
  // Not waited for when begun: lists are to be right while the orders are ranked anew, too.
  let ranking: Promise<void> = Promise.resolve();
  try {
    while (tally.queries < plan.queries) {
      const rows = await askForPage(run);
      if (rows === null) continue;
      tally.queries += 1;
      if (rows > 0) tally.answered += 1;
      const isTimeFor = (every: number): boolean => tally.queries % every === 0;
      if (isTimeFor(queriesPerWrite)) tally.writes += await writeOnce(run);
      if (isTimeFor(queriesPerWalk)) tally.walks += await walk(run);
      if (isTimeFor(queriesPerOtherList)) tally.otherLists += await askForOtherLists(run);
      if (isTimeFor(queriesPerImportStep)) await imports.next();
      if (isTimeFor(queriesPerRanking)) {
        await ranking;
        ranking = rankOrders(office.store);
      }
    }
  } finally {
    await ranking;
  }
  return tally;
}

interface Run {
  plan: Plan;
  random: Random;
  pair: OfficePair;
  team: Team;
}

/** @returns how many rows there were to answer; null when this was asked before */
async function askForPage({ plan, random, pair, team }: Run): Promise<number | null> {
  const userId = randomAsker(random, team);
  const query = randomQuery(random, pair.oracle, userOf(pair, userId));
  // A digest is enough to know it again, and a million of them fit in memory.
  const question = createHash('sha1')
    .update(JSON.stringify([userId, query]))
    .digest('base64');
  if (plan.asked.has(question)) return null;
  plan.asked.add(question);
  const { differs, rows } = await comparePage(pair, userId, query);
  if (differs)
    fail({ plan, random, pair, team }, userId, query, differs + (await inFewWords(pair, userId, query)));
  return rows;
}

/** The same difference shown on as little of the query as will show it. */
async function inFewWords(pair: OfficePair, userId: string, query: Query): Promise<string> {
  const differs = async (one: Query): Promise<string | null> =>
    (await comparePage(pair, userId, one)).differs;
  const small = await simplest(query, async (one) => (await differs(one)) !== null);
  return small === query ? '' : `\nsimplest  ${JSON.stringify(small)}\n${String(await differs(small))}`;
}

async function askForOtherLists(run: Run): Promise<number> {
  const { random, pair, team } = run;
  const userId = randomAsker(random, team);
  const check = (query: object, { differs }: Comparison): void => {
    if (differs) fail(run, userId, query, differs);
  };
  const facetQuery = randomFacetQuery(random, pair.oracle, userOf(pair, userId));
  check(facetQuery, await compareFacetValues(pair, userId, facetQuery));
  const clientQuery = randomClientQuery(random, pair.oracle, userOf(pair, userId));
  check(clientQuery, await compareClients(pair, userId, clientQuery));
  return 2;
}

/** Follows cursors from the first page to the last, while others write in between. */
async function walk(run: Run): Promise<number> {
  const { random, pair, team } = run;
  const userId = randomAsker(random, team);
  const { offset: _, ...query } = randomQuery(random, pair.oracle, userOf(pair, userId));
  const whole = {
    ...query,
    ...(random.chance(0.4) && { where: undefined }),
    ...(random.chance(0.7) && { text: undefined }),
  };
  const asked = { ...whole, sort: randomSort(random), facets: [], limit: random.pick([7, 50]) };
  let from: Continuation | undefined;
  for (let pages = 0; pages < 40; pages += 1) {
    const { differs, page, cursor } = await comparePage(pair, userId, asked, from);
    if (differs) fail(run, userId, asked, `on page ${String(pages + 1)}: ${differs}`);
    const last = page?.rows.at(-1);
    if (!last || !cursor) break;
    from = { cursor, after: placeOf(pair.oracle, last, asked.sort ?? defaultSort) };
    if (random.chance(0.4)) await writeOnce(run);
  }
  return 1;
}

async function writeOnce({ plan, random, pair, team }: Run): Promise<number> {
  try {
    await pair.send(randomWrite(random, pair.oracle, team));
  } catch (error) {
    throw new Error(`seed ${String(plan.seed)}, a write: ${String(error)}`, { cause: error });
  }
  return 1;
}

const userOf = (pair: OfficePair, id: string): User => pair.oracle.users.get(id) as User;

function fail({ plan, pair, team }: Run, userId: string, query: object, differs: string): never {
  const who = Object.entries(team).find(([, id]) => id === userId)?.[0] ?? userId;
  const place = `seed ${String(plan.seed)}, ${String(plan.meetings)} meetings, zone ${pair.oracle.zone}`;
  throw new Error(`${place}\nuser      ${who}\nquery     ${JSON.stringify(query)}\n${differs}`);
}
