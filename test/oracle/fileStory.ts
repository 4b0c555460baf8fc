import type { Mapping } from '../../electron/contract/imports.ts';
import { usersHandlers } from '../../electron/handlers/users.ts';
import { discardLeftovers } from '../../electron/imports/store/discardLeftovers.ts';
import { Importing, type Report } from '../imports/importing.ts';
import { plainRules } from '../imports/plainMapping.ts';
import { agreementOf } from '../support/agreement.ts';
import { randomFile, randomRules, type RandomFile } from '../support/builders/randomFile.ts';
import { bringIn } from '../support/oracle/importedFile/bringIn.ts';
import { counts, judge, type Judgement } from '../support/oracle/importedFile/judge.ts';
import { checkTakingBack, takeBack, type Imported } from '../support/oracle/importing.ts';
import type { ImportRules } from '../support/oracle/importedFile/rows.ts';
import type { Random } from '../support/random.ts';
import type { TestStore } from '../support/startStore.ts';
import { compareClients, comparePage } from './compare.ts';
import { difference } from './difference.ts';
import { editByHand } from './fileEdits.ts';
import { learnImport } from './learnImport.ts';
import { refusal, type OfficePair } from './officePair.ts';
import { settle } from './product.ts';

/** People of a story, by id. */
export interface Cast {
  readonly administrator: string;
  /** Sees some clients. */
  readonly manager: string;
  /** Owns meetings, sees some clients. */
  readonly ann: string;
}

/** How often what happened: a story in which nothing does proves nothing. */
export interface StoryFigures {
  imports: number;
  added: number;
  updated: number;
  unchanged: number;
  refused: number;
  skipped: number;
  takenBack: number;
  notTakenBack: number;
  edits: number;
}

interface Done {
  readonly entry: number;
  readonly rules: ImportRules;
  readonly imported: Imported;
}

/** Files that are imported into an office, taken back, and imported again, with work by hand between. */
export class FileStory {
  readonly figures: StoryFigures = {
    ...{ imports: 0, added: 0, updated: 0, unchanged: 0, refused: 0, skipped: 0 },
    ...{ takenBack: 0, notTakenBack: 0, edits: 0 },
  };
  readonly #store: TestStore;
  readonly #pair: OfficePair;
  readonly #cast: Cast;
  readonly #random: Random;
  readonly #write: (text: string) => string;
  readonly #importing = new Importing();
  readonly #done: Done[] = [];
  #last: RandomFile | null = null;
  #writes = 0;

  /** @param write puts a file into a folder and answers its path */
  constructor(
    store: TestStore,
    pair: OfficePair,
    cast: Cast,
    random: Random,
    write: (text: string) => string,
  ) {
    this.#store = store;
    this.#pair = pair;
    this.#cast = cast;
    this.#random = random;
    this.#write = write;
  }

  /** An import with a dry run before it, then some work by hand and at times an import taken back; all is compared. */
  async step(): Promise<void> {
    await this.#import();
    await this.#compare('after an import');
    if (this.#random.chance(0.25)) await this.#takeBack();
    for (let edits = this.#random.between(0, 4); edits > 0; edits -= 1) {
      if (await editByHand(this.#random, this.#pair, this.#cast)) this.figures.edits += 1;
    }
    await this.#compare('after work by hand');
    if (this.#random.chance(0.4)) await this.#takeBack();
  }

  /** Every index with the records, and the ids of other programs with what the oracle knows. */
  async agree(): Promise<void> {
    await discardLeftovers(this.#store.store);
    const { records, differences } = await agreementOf(this.#store.redis, this.#store.number);
    need(differences.join('\n') || null, 'indexes');
    const kept = records.live.map(({ meeting: { id, externalId } }) => [id, externalId ?? '']);
    const living = [...this.#pair.oracle.meetings.values()].filter(
      ({ deleted, clientId }) => !deleted && this.#pair.oracle.clients.get(clientId)?.deleted === false,
    );
    const known = living.map(({ id, externalId }) => [id, externalId?.id ?? '']);
    need(difference(Object.fromEntries(known), Object.fromEntries(kept)), 'external ids');
  }

  async #import(): Promise<void> {
    const { oracle } = this.#pair;
    const { administrator, manager, ann } = this.#cast;
    // Often what came last time comes again.
    const file = this.#last && this.#random.chance(0.3) ? this.#last : randomFile(this.#random);
    this.#last = file;
    const actor = this.#random.pick([administrator, manager]);
    const rules = randomRules(this.#random, actor, [administrator, ann], [manager, ann]);
    const judgement = judge(oracle, file.rows, rules);
    const path = this.#write(file.text);
    const about = `${JSON.stringify(rules)} ${file.clientsPerCell}\n${file.columns.join(',')}\n${file.text}`;
    const told = await this.#run(path, file, rules, true);
    need(
      reportDifference(judgement, told, () => true),
      `the dry run of ${about}`,
    );
    const report = await this.#run(path, file, rules, false);
    const isListed = ({ outcome, duplicateOf }: Judgement['told'][number]): boolean =>
      outcome === 'updated' || outcome === 'refused' || duplicateOf !== null;
    need(reportDifference(judgement, report, isListed), `the report of ${about}`);
    const { added, updated } = judgement;
    need(difference(added.length + updated.length > 0, report.entry !== null), `the entry of ${about}`);
    if (report.entry !== null) {
      const learned = await learnImport(this.#store, this.#pair, judgement);
      this.#done.push({ entry: report.entry, rules, imported: bringIn(oracle, judgement, learned) });
    }
    this.figures.imports += 1;
    for (const outcome of ['added', 'updated', 'unchanged', 'refused', 'skipped'] as const)
      this.figures[outcome] += counts(judgement)[outcome];
  }

  async #run(path: string, file: RandomFile, rules: ImportRules, dryRun: boolean): Promise<Report> {
    const user = this.#store.as(rules.actor);
    const { calls } = this.#importing;
    const { duplicates, unknownOwners: unknown, viewers, defaults } = rules;
    const mapping: Mapping = {
      ...{ ...plainRules, columns: file.columns as Mapping['columns'], clients: file.clientsPerCell },
      ...{ dateOrder: 'iso', owners: { named: [], unknown }, duplicates, viewers, defaults },
    };
    this.#writes += 1;
    const { handle } = (await calls.offerFile({ path }, user)).file;
    const writeId = `file-story-${String(this.#writes)}`;
    const { importId } = await calls.start({ writeId, handle, mapping, dryRun }, user);
    const { state, message } = await this.#importing.over(importId);
    if (state !== 'done') throw new Error(`the import is ${state}: ${message}`);
    return this.#importing.report(importId, user);
  }

  /** The one who imported or the administrator takes one of the last imports back. */
  async #takeBack(): Promise<void> {
    const { oracle, product } = this.#pair;
    if (this.#done.length === 0) return;
    const done = this.#random.pick(this.#done.slice(-3));
    const actor = this.#random.pick([done.rules.actor, this.#cast.administrator]);
    const expected = refusal(() => checkTakingBack(oracle, done.imported));
    const got = await settle(product.undo(actor, done.entry));
    need(
      difference(expected, 'refused' in got ? got.refused : null),
      `taking entry ${String(done.entry)} back`,
    );
    if (expected !== null) {
      this.figures.notTakenBack += 1;
      return;
    }
    const updated = done.imported.updates?.[0]?.after.id;
    const at = updated === undefined ? '' : await product.changedAt('meeting', updated);
    takeBack(oracle, done.imported, () => ({ actor, at }));
    this.#done.splice(this.#done.indexOf(done), 1);
    this.figures.takenBack += 1;
    await this.#compare('after taking an import back');
    // The program throws away what is left in the background, sooner or later.
    if (this.#random.chance(0.5)) await discardLeftovers(this.#store.store);
  }

  /** Everything that each user sees. */
  async #compare(when: string): Promise<void> {
    const facets = ['type', 'status', 'priority', 'owner', 'tag', 'client'] as const;
    const inOrder = { sort: [{ by: 'created', direction: 'ascending' } as const], limit: 500 };
    for (const user of Object.values(this.#cast) as string[]) {
      const all = await comparePage(this.#pair, user, { ...inOrder, facets: [...facets] });
      need(all.differs, `${when}, what ${user} sees`);
      for (const text of this.#random.some(['lun', 'cafe', 'call', 'wine', 'acm', 'börse', 'nova vis'], 3)) {
        const found = await comparePage(this.#pair, user, { text, limit: 100 });
        need(found.differs, `${when}, what ${user} finds by ${text}`);
      }
      const clients = await compareClients(this.#pair, user, { search: '', offset: 0, limit: 100 });
      need(clients.differs, `${when}, the clients of ${user}`);
    }
    need(await this.#peopleDifference(), `${when}, the users`);
  }

  async #peopleDifference(): Promise<string | null> {
    const { oracle } = this.#pair;
    const { users } = await usersHandlers.list({}, this.#store.as(this.#cast.administrator));
    const shown = users.map(({ id, displayName, role, active, clients }) => [
      ...[id, { displayName, role, active, clients }],
    ]);
    const known = [...oracle.users.values()].map((user) => {
      const { id, displayName, role, active } = user;
      return [id, { displayName, role, active, clients: oracle.visibleClients(user).length }];
    });
    return difference(Object.fromEntries(known), Object.fromEntries(shown));
  }
}

function reportDifference(
  judgement: Judgement,
  { counts: counted, newClients, newUsers, rows, left }: Report,
  isListed: (told: Judgement['told'][number]) => boolean,
): string | null {
  const { told, clients, owners } = judgement;
  const expected = { rows: told.filter(isListed), counts: counts(judgement), left: 0 };
  return difference(
    { ...expected, newClients: clients.length, newUsers: owners.length },
    { rows, counts: counted, left, newClients, newUsers },
  );
}

function need(differs: string | null, what: string): void {
  if (differs !== null) throw new Error(`${what}: ${differs}`);
}
