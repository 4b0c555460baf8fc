import { createHash } from 'node:crypto';
import {
  randomAsker,
  randomClientQuery,
  randomFacetQuery,
  randomQuery,
  randomSort,
} from '../support/builders/randomQuery.ts';
import { placeOf } from '../support/oracle/order.ts';
import { compareClients, compareFacetValues, comparePage } from './compare.ts';
import { simplest } from './simplest.ts';
import type { Team } from '../support/builders/buildOffice.ts';
import type { Query, User } from '../support/oracle/types.ts';
import type { Random } from '../support/random.ts';
import type { Comparison, Continuation } from './compare.ts';
import type { Plan, Tally } from './interrogate.ts';
import type { OfficePair } from './officePair.ts';

export interface Run {
  plan: Plan;
  random: Random;
  pair: OfficePair;
  team: Team;
}

/** Asks for pages of meetings, all at once, and counts those that were not asked before. */
export async function askForPages(run: Run, count: number, tally: Tally): Promise<void> {
  const { random, pair, team } = run;
  await Promise.all(
    Array.from({ length: count }, async () => {
      const userId = randomAsker(random, team);
      const query = randomQuery(random, pair.oracle, userOf(pair, userId));
      if (!isNew(run, userId, query)) return;
      const { differs, rows } = await comparePage(pair, userId, query);
      if (differs) fail(run, userId, query, differs + (await inFewWords(pair, userId, query)));
      tally.queries += 1;
      if (rows > 0) tally.answered += 1;
    }),
  );
}

/** A digest is enough to know a question again, and a million of them fit in memory. */
function isNew({ plan: { asked } }: Run, userId: string, query: Query): boolean {
  const question = createHash('sha1')
    .update(JSON.stringify([userId, query]))
    .digest('base64');
  const before = asked.size;
  return asked.add(question).size > before;
}

/** The same difference shown on as little of the query as will show it. */
async function inFewWords(pair: OfficePair, userId: string, query: Query): Promise<string> {
  const differs = async (one: Query): Promise<string | null> =>
    (await comparePage(pair, userId, one)).differs;
  const small = await simplest(query, async (one) => (await differs(one)) !== null);
  return small === query ? '' : `\nsimplest  ${JSON.stringify(small)}\n${String(await differs(small))}`;
}

/** Values of a facet by their label, and clients by their name. @returns how many questions these were */
export async function askForOtherLists(run: Run): Promise<number> {
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

/** Follows cursors from the first page to the last, while others write in between. @returns 1 */
export async function walk(run: Run, write: () => Promise<void>): Promise<number> {
  const { random, pair, team } = run;
  const userId = randomAsker(random, team);
  const { offset: _, ...query } = randomQuery(random, pair.oracle, userOf(pair, userId));
  const whole = {
    ...query,
    ...(random.chance(0.4) && { where: undefined }),
    ...(random.chance(0.7) && { text: undefined }),
  };
  const sort = randomSort(random, whole.text !== undefined);
  const asked = { ...whole, sort, facets: [], limit: random.pick([7, 50]) };
  let from: Continuation | undefined;
  for (let pages = 0; pages < 12; pages += 1) {
    const { differs, page, cursor } = await comparePage(pair, userId, asked, from);
    if (differs) fail(run, userId, asked, `on page ${String(pages + 1)}: ${differs}`);
    const last = page?.rows.at(-1);
    if (!last || !cursor) break;
    from = { cursor, after: placeOf(pair.oracle, last, { sort, text: whole.text }) };
    if (random.chance(0.4)) await write();
  }
  return 1;
}

const userOf = (pair: OfficePair, id: string): User => pair.oracle.users.get(id) as User;

function fail({ plan, pair, team }: Run, userId: string, query: object, differs: string): never {
  const who = Object.entries(team).find(([, id]) => id === userId)?.[0] ?? userId;
  const place = `seed ${String(plan.seed)}, ${String(plan.meetings)} meetings, zone ${pair.oracle.zone}`;
  throw new Error(`${place}\nuser      ${who}\nquery     ${JSON.stringify(query)}\n${differs}`);
}
