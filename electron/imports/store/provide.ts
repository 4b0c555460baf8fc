import type { Need, Provided } from '../readerMessages.ts';
import type { FiledClient } from '../segment/buildSegment.ts';
import type { Staging } from './staging.ts';

/** Names the office knows already, folded. */
export interface KnownNames {
  readonly clients: ReadonlyMap<string, FiledClient>;
  /** Ids. */
  readonly users: ReadonlyMap<string, string>;
}

/** Gives rows of a file a place in the store, and names the client or user the office knows by them, or new ones. */
export async function provide(need: Need, staging: Staging, known: KnownNames): Promise<Provided> {
  return {
    clients: await resolved(need.clients, known.clients, (fresh) => staging.clients(fresh)),
    ownerIds: await resolved(need.owners, known.users, (fresh) => staging.owners(fresh)),
    reservation: await staging.reserve(need.count),
  };
}

/** What each name stands for, in order; those not known are made. */
async function resolved<N extends { readonly nameKey: string }, R>(
  named: readonly N[],
  known: ReadonlyMap<string, R>,
  make: (fresh: readonly N[]) => Promise<R[]>,
): Promise<R[]> {
  const made = (await make(named.filter(({ nameKey }) => !known.has(nameKey)))).values();
  return named.map(({ nameKey }) => known.get(nameKey) ?? made.next().value!);
}
