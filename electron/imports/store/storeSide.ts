import type { Mapping } from '../../contract/imports.ts';
import { fold } from '../../text/fold.ts';
import type { Store } from '../../redis/store.ts';
import type { MeetingRecord } from '../../redis/meetingRecord.ts';
import { naming, type PointedTo } from '../../redis/storedRows.ts';
import type {
  FoundMeetings,
  IdentitiesPage,
  KnownOfNames,
  KnownOwner,
  Need,
  Provided,
  StoreSide,
} from '../readerMessages.ts';
import type { FiledClient } from '../segment/buildSegment.ts';
import { knownClients, knownUsers } from './knownNames.ts';
import type { Staging } from './staging.ts';

/** Names the office knows already, folded. */
export interface KnownNames {
  readonly clients: ReadonlyMap<string, FiledClient>;
  readonly users: ReadonlyMap<string, KnownOwner>;
  /** Of rows whose owner nobody knows; null when such a name is made a user. */
  readonly otherOwner: KnownOwner | null;
}

/** What answers a reader's questions about the office without writing. */
export type Lookups = Pick<StoreSide, 'lookUp' | 'identities' | 'meetings'>;

const externalIdsPerCall = 1_000;

/**
 * Answers what the office has, as far as the importing user sees it.
 * @throws Failure NOT_FOUND when the mapping names a user who does not exist
 */
export async function lookupsOf(store: Store, actor: string, mapping: Mapping): Promise<Lookups> {
  const known = await namesOf(store, actor, mapping);
  return {
    async lookUp({ clients, owners, externalIds }): Promise<KnownOfNames> {
      const external: number[] = [];
      for (let at = 0; at < externalIds.length; at += externalIdsPerCall) {
        const ids = externalIds.slice(at, at + externalIdsPerCall);
        external.push(...((await store.call('imports_external', { actor, ids })) as { rows: number[] }).rows);
      }
      return {
        clients: clients.map((nameKey) => known.clients.get(nameKey) ?? null),
        owners: owners.map((nameKey) => known.users.get(nameKey) ?? known.otherOwner),
        external,
      };
    },
    async identities({ slots, after, limit }) {
      return (await store.call('imports_identities', {
        actor,
        clients: slots,
        after,
        limit,
      })) as IdentitiesPage;
    },
    async meetings(rows): Promise<FoundMeetings> {
      const found = (await store.call('imports_records', { actor, rows })) as PointedTo & {
        rows: (MeetingRecord | null)[];
      };
      const named = naming(found);
      return found.rows.map((record) => record && named(record));
    },
  };
}

/** Owners go by their names, unless the mapping says whom a name means. */
async function namesOf(store: Store, actor: string, mapping: Mapping): Promise<KnownNames> {
  const { byName, names } = await knownUsers(store, actor);
  const { named, unknown } = mapping.owners;
  const owner = (id: string): KnownOwner => ({ id, name: names.get(id) ?? '' });
  const meant = named.map(({ name, userId }) => [fold(name), userId] as const);
  return {
    clients: await knownClients(store, actor),
    users: new Map([...byName, ...meant].map(([nameKey, id]) => [nameKey, owner(id)])),
    otherOwner: unknown === 'default' ? owner(mapping.defaults.ownerId ?? actor) : null,
  };
}

/** Makes names that the office does not have, and reserves places for meetings. */
export const provide = async (need: Need, staging: Staging): Promise<Provided> => ({
  clients: await staging.clients(need.clients),
  ownerIds: await staging.owners(need.owners),
  reservation: need.count === 0 ? null : await staging.reserve(need.count),
});
