import { admit } from '../../support/oracle/importing.ts';
import type { Imported } from '../../support/oracle/importing.ts';
import type { Client, Meeting, Stamps, User } from '../../support/oracle/types.ts';
import type { OfficePair } from '../../oracle/officePair.ts';
import type { PlantedFile } from './file.ts';
import type { PlantedMeeting } from './rows.ts';

interface Shown {
  id: string;
  createdAt: string;
  client: { id: string; name: string };
  owner: { id: string; name: string };
}

/**
 * Gives the oracle what must have come of a file. Only ids and times are learned from the program: a name the office
 * did not know gets the id it is first seen with, and every other meeting must then have the same.
 * @param before meetings that were there before the import
 * @throws when more or fewer meetings came in than must
 */
export async function learnPlanted(
  pair: OfficePair,
  administrator: string,
  { rows }: PlantedFile,
  before: number,
): Promise<void> {
  const expected = rows.flatMap((row) => ('meetings' in row ? row.meetings : []));
  const shown = await cameIn(pair, administrator, before);
  if (shown.length !== expected.length)
    throw new Error(`${String(expected.length)} meetings must come in, ${String(shown.length)} did`);
  const learner = new Learner(pair, administrator);
  for (const [at, planted] of expected.entries()) await learner.learn(planted, shown[at]!);
  admit(pair.oracle, learner.imported);
}

/** What came in, in the order it did. */
async function cameIn({ product }: OfficePair, administrator: string, before: number): Promise<Shown[]> {
  const found: Shown[] = [];
  const sort = [{ by: 'created' as const, direction: 'ascending' as const }];
  for (;;) {
    const { rows, total } = await product.filter(administrator, {
      sort,
      offset: before + found.length,
      limit: 500,
    });
    found.push(...rows);
    if (rows.length === 0 || before + found.length >= total) return found;
  }
}

class Learner {
  readonly imported: Imported = { clients: [], owners: [], meetings: [] };
  readonly #pair: OfficePair;
  readonly #by: string;
  readonly #clients: Map<string, string>;
  readonly #owners: Map<string, string>;

  constructor(pair: OfficePair, by: string) {
    this.#pair = pair;
    this.#by = by;
    this.#clients = new Map([...pair.oracle.clients.values()].map(({ id, name }) => [name, id]));
    this.#owners = new Map([...pair.oracle.users.values()].map(({ id, displayName }) => [displayName, id]));
  }

  async learn(
    { client, owner, ...fields }: PlantedMeeting,
    { id, createdAt, ...shown }: Shown,
  ): Promise<void> {
    if (!this.#clients.has(client)) await this.#newClient(client, shown.client.id);
    if (owner !== null && !this.#owners.has(owner)) this.#newOwner(owner, shown.owner.id);
    const meeting: Meeting = {
      ...{ ...fields, id, deleted: false, ...this.#stamps(createdAt) },
      clientId: this.#clients.get(client)!,
      ownerId: owner === null ? this.#by : this.#owners.get(owner)!,
    };
    this.imported.meetings.push(meeting);
  }

  async #newClient(name: string, id: string): Promise<void> {
    this.#clients.set(name, id);
    const at = await this.#pair.product.changedAt('client', id);
    const client: Client = {
      name,
      kind: 'company',
      city: '',
      ownerId: null,
      notes: '',
      id,
      deleted: false,
      ...this.#stamps(at),
    };
    this.imported.clients.push(client);
  }

  /** The user name is the program's to choose; nobody is asked for by one here. */
  #newOwner(displayName: string, id: string): void {
    this.#owners.set(displayName, id);
    const user: User = {
      ...{ id, displayName, userName: id, role: 'adviser' },
      ...{ seesAllClients: false, active: false, version: 1 },
    };
    this.imported.owners.push(user);
  }

  #stamps(at: string): Stamps {
    return { version: 1, createdAt: at, createdBy: this.#by, changedAt: at, changedBy: this.#by };
  }
}
