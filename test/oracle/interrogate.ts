import { randomWrite } from '../support/builders/randomWrite.ts';
import { zones } from '../support/builders/vocabulary.ts';
import { Random } from '../support/random.ts';
import { rankOrders } from '../../electron/ranking/rankOrders.ts';
import { randomImports } from './importing.ts';
import { OfficePair } from './officePair.ts';
import { askForOtherLists, askForPages, walk } from './questions.ts';
import type { Run } from './questions.ts';
import type { TestStore } from '../support/startStore.ts';

/** How often something else happens between questions about meetings. */
const queriesPerWalk = 100;
const queriesPerRanking = 400;
const queriesPerOtherList = 8;
const queriesPerImportStep = 35;

export interface Plan {
  seed: number;
  meetings: number;
  queries: number;
  queriesPerWrite: number;
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
  const write = (): Promise<void> => writeOnce(run, tally);
  // Not waited for when begun: lists are to be right while the orders are ranked anew, too.
  let ranking: Promise<void> = Promise.resolve();
  try {
    while (tally.queries < plan.queries) {
      const before = tally.queries;
      await askForPages(run, Math.min(plan.queriesPerWrite, plan.queries - before), tally);
      const isTimeFor = (every: number): boolean =>
        Math.floor(tally.queries / every) > Math.floor(before / every);
      if (isTimeFor(queriesPerOtherList)) tally.otherLists += await askForOtherLists(run);
      await write();
      if (isTimeFor(queriesPerWalk)) tally.walks += await walk(run, write);
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

async function writeOnce({ plan, random, pair, team }: Run, tally: Tally): Promise<void> {
  try {
    if (random.chance(0.3)) await pair.letTimePass(random);
    await pair.send(randomWrite(random, pair.oracle, team));
    tally.writes += 1;
  } catch (error) {
    throw new Error(`seed ${String(plan.seed)}, a write: ${String(error)}`, { cause: error });
  }
}
