import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { newFolder } from '../../support/engine.ts';
import { OfficePair } from '../../oracle/officePair.ts';
import { comparePage } from '../../oracle/compare.ts';
import { randomAsker, randomQuery } from '../../support/builders/randomQuery.ts';
import { fold } from '../../support/oracle/words.ts';
import { Random } from '../../support/random.ts';
import { Importing } from '../importing.ts';
import { plantedFile, type PlantedFile, type PlantedRow } from './file.ts';
import { learnPlanted } from './learn.ts';
import { mapping, zone } from './rows.ts';
import type { OutcomeRow } from '../../../electron/contract/imports.ts';
import type { Team } from '../../support/builders/buildOffice.ts';
import type { FacetField } from '../../support/oracle/types.ts';
import type { Context } from '../../../electron/handlers/context.ts';
import type { TestStore } from '../../support/startStore.ts';

type RefusedRow = Pick<OutcomeRow, 'line' | 'reason'>;

export interface PlantedCheck {
  readonly seed: number;
  readonly rows: number;
  /** Random questions asked afterwards, of users who see all, some and none. */
  readonly queries: number;
}

export interface PlantedFigures {
  readonly refused: number;
  readonly meetings: number;
  /** How many kinds of fault there were. */
  readonly kinds: number;
  readonly answered: number;
  readonly importSeconds: number;
  readonly querySeconds: number;
}

const faulty = 0.02;

/**
 * Imports a file with planted faults into an office that has meetings already, and compares all that comes of it with
 * what the file was written to come to.
 */
export async function checkPlantedImport(server: TestStore, plan: PlantedCheck): Promise<PlantedFigures> {
  const store = await server.newOffice(zone);
  const random = new Random(plan.seed);
  const [pair, team] = await OfficePair.build(store, zone, random, 300);
  const planted = plantedFile({ seed: plan.seed, rows: plan.rows, faulty, ...knownNames(pair) });
  const file = path.join(newFolder(), 'planted.csv');
  writeFileSync(file, planted.bytes);
  const before = pair.oracle.visibleMeetings(pair.oracle.signedIn(store.administrator)).length;
  const admin = store.as(store.administrator);

  const importing = new Importing();
  const began = performance.now();
  const importId = await importing.start(file, admin, () => mapping);
  const over = await importing.over(importId);
  const importSeconds = (performance.now() - began) / 1_000;

  expect(over).toMatchObject({ state: 'done', ...countsOf(planted) });
  expect(await refusedRows(importing, importId, admin)).toEqual(refusedOf(planted.rows));
  await learnPlanted(pair, store.administrator, planted, before);
  await giveNewClients(pair, team, random);
  const asking = performance.now();
  await compareCounts(pair, team);
  const answered = await askAtRandom(pair, team, random, plan.queries);
  return {
    refused: over.rowsRefused,
    meetings: planted.rows.reduce((sum, row) => sum + ('meetings' in row ? row.meetings.length : 0), 0),
    kinds: new Set(planted.rows.map((row) => ('fault' in row ? row.fault : ''))).size - 1,
    answered,
    importSeconds,
    querySeconds: (performance.now() - asking) / 1_000,
  };
}

/** Names that mean one record however they are spelled, and are no list of several. */
function knownNames({ oracle }: OfficePair): { clients: string[]; owners: string[] } {
  const unambiguous = (names: string[]): string[] => {
    const counts = new Map<string, number>();
    for (const name of names) counts.set(fold(name), (counts.get(fold(name)) ?? 0) + 1);
    return names.filter(
      (name) =>
        counts.get(fold(name)) === 1 &&
        /^[\p{L}\p{N}][^;|'[\]\n]*$/u.test(name) &&
        name === name.replace(/\s+/g, ' ').trim(),
    );
  };
  return {
    clients: unambiguous([...oracle.clients.values()].map(({ name }) => name)).slice(0, 20),
    owners: unambiguous([...oracle.users.values()].map(({ displayName }) => displayName)).slice(0, 6),
  };
}

function countsOf({ rows }: PlantedFile): object {
  const rowsRefused = rows.filter((row) => 'reason' in row).length;
  return { rowsRead: rows.length, rowsRefused, rowsAccepted: rows.length - rowsRefused };
}

const refusedOf = (rows: readonly PlantedRow[]): RefusedRow[] =>
  rows.flatMap((row) => ('reason' in row ? [{ line: row.line, reason: row.reason }] : []));

/** All of them, page by page as a window asks for them. */
async function refusedRows(importing: Importing, importId: string, user: Context): Promise<RefusedRow[]> {
  const found: RefusedRow[] = [];
  for (;;) {
    const { rows, counts } = await importing.calls.report(
      { importId, show: 'refused', offset: found.length, limit: 1_000 },
      user,
    );
    found.push(...rows.map(({ line, reason }) => ({ line, reason })));
    if (rows.length === 0 || found.length >= counts.refused) return found;
  }
}

/** So that people who see only some clients see some that came with the file, too. */
async function giveNewClients(pair: OfficePair, team: Team, random: Random): Promise<void> {
  const fresh = [...pair.oracle.clients.values()].filter(({ name }) => /^verein/i.test(name));
  for (const [id, count] of [
    [team.fifth, fresh.length / 5],
    [team.fiftieth, fresh.length / 50],
  ] as const) {
    const add = random.some(fresh, Math.ceil(count)).map((client) => client.id);
    await pair.send({ kind: 'assignClients', actor: team.administrator, id, add, remove: [] });
  }
}

const facets: readonly FacetField[] = ['type', 'status', 'priority', 'owner', 'tag', 'client'];

/** Total, every count and both ends of the list, for everybody. */
async function compareCounts(pair: OfficePair, team: Team): Promise<void> {
  for (const id of Object.values(team) as string[]) {
    for (const direction of ['ascending', 'descending'] as const) {
      const sort = [{ by: 'created' as const, direction }];
      const { differs } = await comparePage(pair, id, { sort, limit: 100, facets: [...facets] });
      expect(differs).toBeNull();
    }
  }
}

/** @returns how many of the questions had rows to answer */
async function askAtRandom(pair: OfficePair, team: Team, random: Random, queries: number): Promise<number> {
  let answered = 0;
  for (let asked = 0; asked < queries; asked += 1) {
    const id = randomAsker(random, team);
    const query = randomQuery(random, pair.oracle, pair.oracle.signedIn(id));
    const { differs, rows } = await comparePage(pair, id, query);
    if (differs) throw new Error(`query ${JSON.stringify(query)}\n${differs}`);
    if (rows > 0) answered += 1;
  }
  return answered;
}
