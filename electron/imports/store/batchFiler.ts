import type { Batch } from '../readMeetings.ts';
import type { Staging } from './staging.ts';

/** Names the office knows already, folded, with their ids. */
export interface KnownNames {
  readonly clients: ReadonlyMap<string, string>;
  readonly users: ReadonlyMap<string, string>;
}

/** Stages batches, giving each name the id of the client or user the office knows by it, or a new one. */
export class BatchFiler {
  readonly #staging: Staging;
  readonly #known: KnownNames;
  readonly #defaultOwner: string;
  /** Ids by the numbers that batches use. */
  readonly #clientIds: string[] = [];
  readonly #ownerIds: string[] = [];

  /** @param defaultOwner id of the owner of meetings that name none */
  constructor(staging: Staging, known: KnownNames, defaultOwner: string) {
    this.#staging = staging;
    this.#known = known;
    this.#defaultOwner = defaultOwner;
  }

  async file(batch: Batch): Promise<void> {
    const { clients, users } = this.#known;
    this.#clientIds.push(...(await idsOf(batch.clients, clients, (fresh) => this.#staging.clients(fresh))));
    this.#ownerIds.push(...(await idsOf(batch.owners, users, (fresh) => this.#staging.owners(fresh))));
    await this.#staging.meetings(
      batch.meetings.map(({ client, owner, ...meeting }) => ({
        ...meeting,
        clientId: this.#clientIds[client] ?? '',
        ownerId: owner === null ? this.#defaultOwner : (this.#ownerIds[owner] ?? ''),
      })),
    );
  }
}

/** The id of each name, in order; those not known are made. */
async function idsOf<T extends { readonly nameKey: string }>(
  named: readonly T[],
  known: ReadonlyMap<string, string>,
  make: (fresh: readonly T[]) => Promise<string[]>,
): Promise<string[]> {
  const fresh = named.filter(({ nameKey }) => !known.has(nameKey));
  const made = (await make(fresh)).values();
  return named.map(({ nameKey }) => known.get(nameKey) ?? made.next().value ?? '');
}
