import { fold, words } from '../oracle/words.ts';
import type { Differences } from './differences.ts';
import { compareLexicon, comparePostings, hash } from './meetingIndexes.ts';
import { isNone, type StoredRecords } from './records.ts';
import { bitsOf, type StoredOffice } from './storedOffice.ts';

/** What exists, and what each user sees. */
export function compareVisibility(
  { strings }: StoredOffice,
  { live, clients, users, assigned }: StoredRecords,
  differences: Differences,
): void {
  const bitmap = (name: string): number[] => bitsOf(strings.get(name));
  const rows = live.map(({ row }) => row);
  differences.sameMembers('live', rows, bitmap('live'));
  const living = [...clients].filter(([, { deletedAt }]) => isNone(deletedAt)).map(([slot]) => slot);
  differences.sameMembers('live_clients', living, bitmap('live_clients'));
  for (const id of users.keys()) {
    const slots = assigned.get(id) ?? new Set<number>();
    differences.sameMembers(`visible_clients:${id}`, slots, bitmap(`visible_clients:${id}`));
    const seen = live.filter(({ client }) => slots.has(client.slot)).map(({ row }) => row);
    differences.sameMembers(`visible:${id}`, seen, bitmap(`visible:${id}`));
  }
}

/** Names of clients and users, wherever they are looked up. */
export function compareNames(office: StoredOffice, { clients, users }: StoredRecords, differences: Differences): void {
  const everyone = [...clients.values()];
  const bySlot = (value: (client: (typeof everyone)[number]) => string): Map<string, string> =>
    new Map(everyone.map((client) => [String(client.slot), value(client)]));
  differences.sameValues('folded:client', bySlot(({ name }) => fold(name)), hash(office, 'folded:client'));
  differences.sameValues('labels:client', bySlot(({ name }) => name), hash(office, 'labels:client'));
  differences.sameMembers(
    'clients_by_name',
    everyone.map(({ name, slot }) => `${fold(name)}\0${String(slot).padStart(8, '0')}`),
    office.sortedSets.get('clients_by_name')?.keys() ?? [],
  );
  const byWord = new Map<string, number[]>();
  for (const { name, slot } of everyone)
    for (const word of words(name)) byWord.set(word, [...(byWord.get(word) ?? []), slot]);
  comparePostings(office, 'clients_word', byWord, differences);
  compareLexicon(office, 'clients', byWord.keys(), differences);

  const all = [...users.values()];
  const present = all.filter(({ deletedAt }) => isNone(deletedAt));
  differences.sameMembers('users', present.map(({ id }) => id), office.sets.get('users') ?? []);
  differences.sameValues('user_names', new Map(present.map(({ userName, id }) => [fold(userName), id])), hash(office, 'user_names'));
  differences.sameValues('folded:user', new Map(present.map(({ id, displayName }) => [id, fold(displayName)])), hash(office, 'folded:user'));
  // The journal speaks of users who are gone.
  differences.sameValues('labels:user', new Map(all.map(({ id, displayName }) => [id, displayName])), hash(office, 'labels:user'));
} // prettier-ignore

/** Numbers given out: each record stands where the table of ids says, and ids ascend. */
export function compareIds(
  office: StoredOffice,
  { meetings, clients }: StoredRecords,
  differences: Differences,
): void {
  const counts = office.hashes.get('office') ?? {};
  for (const [noun, records] of [
    ['meetings', meetings],
    ['clients', clients],
  ] as const) {
    const count = Number(counts[noun] ?? 0);
    const ids = idsOf(office, noun);
    if (ids.length !== count)
      differences.add(`ids:${noun}`, `${String(ids.length)} ids, ${String(count)} given out`);
    ids.forEach((id, at) => {
      if (at > 0 && id <= (ids[at - 1] ?? ''))
        differences.add(`ids:${noun}`, `${String(at)} is not after the one before`);
    });
    for (const [number, { id }] of records)
      if (ids[number] !== id.replaceAll('-', ''))
        differences.add(`ids:${noun}`, `${String(number)} is not ${id}`);
  }
}

const idsPerChunk = 8_192;

function idsOf({ strings }: StoredOffice, noun: string): string[] {
  const ids: string[] = [];
  for (let chunk = 0; ; chunk += 1) {
    const packed = strings.get(`ids:${noun}:${String(chunk)}`);
    if (!packed) return ids;
    for (let at = 0; at < packed.length; at += 16)
      ids[chunk * idsPerChunk + at / 16] = packed.toString('hex', at, at + 16);
  }
}
