import { fold, words } from '../oracle/words.ts';
import type { Differences } from './differences.ts';
import { compareCounted, hash, present } from './meetingIndexes.ts';
import type { StoredClient, StoredRecords } from './records.ts';
import type { StoredOffice } from './storedOffice.ts';

const bytewise = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** City and owner of every client record, of deleted ones too: slots by value, cities folded, and the values by slot. */
export function compareClientValues(
  office: StoredOffice,
  { clients }: StoredRecords,
  differences: Differences,
): void {
  const everyone = [...clients.values()];
  compareCounted(office, 'clients_city', slotsBy(everyone, ({ city }) => city), differences);
  compareCounted(office, 'clients_owner', slotsBy(everyone, ({ ownerId }) => ownerId), differences);
  const cities = everyone.flatMap(({ city }) => present(city));
  differences.sameValues('folded:city', new Map(cities.map((city) => [city, fold(city)])), hash(office, 'folded:city'));
  const valuesOf = ({ kind, ownerId, city, name }: StoredClient): string =>
    [kind, city, ownerId ?? '', words(name).sort(bytewise).join(' ')].join('\0');
  const bySlot = new Map(everyone.map((client) => [String(client.slot), valuesOf(client)]));
  differences.sameValues('client_values', bySlot, hash(office, 'client_values'));
  const ids = new Map(everyone.map(({ slot, id }) => [String(slot), id]));
  differences.sameValues('client_ids', ids, hash(office, 'client_ids'));
} // prettier-ignore

function slotsBy(
  clients: readonly StoredClient[],
  valueOf: (client: StoredClient) => string | null | undefined,
): Map<string, number[]> {
  const slots = new Map<string, number[]>();
  for (const client of clients)
    for (const value of present(valueOf(client)))
      slots.set(value, [...(slots.get(value) ?? []), client.slot]);
  return slots;
}
