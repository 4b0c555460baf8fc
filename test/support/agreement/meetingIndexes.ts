import { dayStart } from '../oracle/dayStart.ts';
import { asBytes, fold, words } from '../oracle/words.ts';
import type { Differences } from './differences.ts';
import { isNone, postingOf, type FiledMeeting, type StoredMeeting, type StoredRecords } from './records.ts';
import { hasBit, type StoredOffice } from './storedOffice.ts';

const counted: Readonly<Record<string, (filed: FiledMeeting) => readonly string[]>> = {
  type: ({ meeting }) => [meeting.type],
  status: ({ meeting }) => [meeting.status],
  priority: ({ meeting }) => [meeting.priority],
  owner: ({ meeting }) => [meeting.ownerId],
  client: ({ client }) => [String(client.slot)],
  tag: ({ meeting }) => meeting.tags,
  clientKind: ({ client }) => [client.kind],
  clientCity: ({ client }) => present(client.city),
  clientOwner: ({ client }) => present(client.ownerId),
};

/** Neither no city nor no owner is a value. */
export const present = (value: string | null | undefined): string[] => (value ? [value] : []);

/** Postings and totals of every value, words and their parts, client column. */
export function compareMeetingIndexes(
  office: StoredOffice,
  records: StoredRecords,
  differences: Differences,
): void {
  for (const [field, valuesOf] of Object.entries(counted)) {
    compareCounted(office, field, rowsByValue(records.filed, valuesOf), differences);
  }
  compareCommonWords(office, records, differences);
  const folds = records.filed.flatMap(({ meeting }) => meeting.tags.map((tag) => [tag, fold(tag)] as const));
  differences.sameValues('folded:tag', new Map(folds), hash(office, 'folded:tag'));
  const byWord = rowsByValue(records.filed, ({ meeting }) => words(`${meeting.title}\n${meeting.details}`));
  comparePostings(office, 'meetings_word', byWord, differences);
  compareLexicon(office, 'meetings', byWord.keys(), differences);
  compareExternalIds(office, records, differences);
  compareColumns(office, records, differences);
}

/** Words that 64 clients have are common; they may stay so while any client has them. */
function compareCommonWords(
  office: StoredOffice,
  { filed, clients }: StoredRecords,
  differences: Differences,
): void {
  const counts = new Map<string, number>();
  for (const { name } of clients.values())
    for (const word of words(name)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const common = office.sets.get('common_words') ?? new Set<string>();
  for (const [word, count] of counts)
    if (count >= 64 && !common.has(word)) differences.add('common_words', `${word} is missing`);
  for (const word of common) if (!counts.has(word)) differences.add('common_words', `${word} is in no name`);
  const rows = rowsByValue(filed, ({ client }) => words(client.name).filter((word) => common.has(word)));
  compareCounted(office, 'clientWord', rows, differences);
}

/** Every meeting is found by its own id, and no other is; a deleted one may be, as may a row whose record is gone. */
function compareExternalIds(
  office: StoredOffice,
  { filed, meetings }: StoredRecords,
  differences: Differences,
): void {
  const rowsOf = new Map([...hash(office, 'external_ids')].map(([id, rows]) => [id, rows.split(' ')]));
  for (const { row, meeting } of filed) {
    const { externalId } = meeting;
    if (externalId && !rowsOf.get(externalId)?.includes(String(row)))
      differences.add('external_ids', `row ${String(row)} is not found by ${JSON.stringify(externalId)}`);
  }
  for (const [id, rows] of rowsOf) {
    if (new Set(rows).size < rows.length)
      differences.add('external_ids', `${JSON.stringify(id)} names a row twice`);
    for (const row of rows) {
      const meeting = meetings.get(Number(row));
      if (meeting && meeting.externalId !== id)
        differences.add(
          'external_ids',
          `row ${row} is found by ${JSON.stringify(id)}, which it does not have`,
        );
    }
  }
}

export const hash = ({ hashes }: StoredOffice, name: string): Map<string, string> =>
  new Map(Object.entries(hashes.get(name) ?? {}));

function rowsByValue(
  filed: readonly FiledMeeting[],
  valuesOf: (filed: FiledMeeting) => readonly string[],
): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const each of filed) {
    for (const value of valuesOf(each)) {
      const list = rows.get(value);
      if (list) list.push(each.row);
      else rows.set(value, [each.row]);
    }
  }
  return rows;
}

/** Postings of every value, and how many each holds. */
export function compareCounted(
  office: StoredOffice,
  field: string,
  expected: ReadonlyMap<string, readonly number[]>,
  differences: Differences,
): void {
  comparePostings(office, field, expected, differences);
  const totals = new Map([...expected].map(([value, list]) => [value, list.length]));
  differences.sameValues(`totals:${field}`, totals, office.sortedSets.get(`totals:${field}`) ?? new Map());
}

/** A value that no row has any more may keep an empty bitmap. */
export function comparePostings(
  office: StoredOffice,
  field: string,
  expected: ReadonlyMap<string, readonly number[]>,
  differences: Differences,
): void {
  const beginning = `posting:${field}:`;
  const stored = office.names.filter((name) => name.startsWith(beginning));
  for (const name of new Set([...stored, ...[...expected.keys()].map((value) => beginning + value)])) {
    const must = expected.get(name.slice(beginning.length)) ?? [];
    differences.sameMembers(name, must, postingOf(office, name));
  }
}

/** Every suffix of every word; of a word that no row has any more only if its posting is a bitmap, which cannot tell. */
export function compareLexicon(
  office: StoredOffice,
  noun: string,
  inUse: Iterable<string>,
  differences: Differences,
): void {
  const entries = office.sortedSets.get(`lexicon:${noun}`) ?? new Map<string, number>();
  const known = new Set([...entries.keys()].map((entry) => entry.slice(entry.indexOf('\0') + 1)));
  const must = new Set(inUse);
  for (const word of known) if (office.strings.has(`posting:${noun}_word:${word}`)) must.add(word);
  const suffixes = [...must].flatMap((word) => {
    const letters = Array.from(word);
    return letters.map((_, at) => `${letters.slice(at).join('')}\0${word}`);
  });
  differences.sameMembers(`lexicon:${noun}`, suffixes, entries.keys());
}

function compareColumns(
  office: StoredOffice,
  { filed, zone }: StoredRecords,
  differences: Differences,
): void {
  const column = office.strings.get('client_column') ?? Buffer.alloc(0);
  for (const { row, meeting, client } of filed) {
    const slot = column.length >= row * 4 + 4 ? column.readUInt32BE(row * 4) : 0;
    if (slot !== client.slot) differences.add('client_column', `row ${String(row)} has ${String(slot)}`);
    if (meeting.titleKey !== fold(meeting.title)) differences.add('title key', `row ${String(row)}`);
    const { start } = meeting;
    const startKey = 'at' in start ? start.at : new Date(dayStart(start.date, zone)).toISOString();
    if (meeting.startKey !== startKey) differences.add('start key', `row ${String(row)}`);
  }
  for (const [order, keyOf] of Object.entries(sortKeys))
    compareOrder(office, order, keyOf, filed, differences);
}

const slices = 15;
const sortKeys: Readonly<Record<string, (filed: FiledMeeting) => string>> = {
  start: ({ meeting }) => meeting.startKey,
  title: ({ meeting }) => meeting.titleKey,
  client: ({ client }) => client.nameKey,
  duration: ({ meeting }) => durationKey(meeting),
  changed: ({ meeting }) => meeting.changedAt,
};

/** No duration comes before 0. */
const durationKey = ({ durationMinutes }: StoredMeeting): string =>
  String(isNone(durationMinutes) ? 0 : Number(durationMinutes) + 1).padStart(6, '0');

/** A row's code is the number of bounds that are not after its key. */
function compareOrder(
  { hashes, sortedSets, strings, names }: StoredOffice,
  order: string,
  keyOf: (filed: FiledMeeting) => string,
  filed: readonly FiledMeeting[],
  differences: Differences,
): void {
  const state = hashes.get('orders') ?? {};
  const generation = state[order] ?? '0';
  const bounds = [...(sortedSets.get(`bounds:${order}:${generation}`)?.keys() ?? [])].map(asBytes);
  const bits = Array.from({ length: slices }, (_, bit) =>
    strings.get(`order:${order}:${generation}:${String(bit)}`),
  );
  const codes = new Map<string, number>();
  for (const each of filed) {
    const key = keyOf(each);
    let code = codes.get(key);
    if (code === undefined) codes.set(key, (code = countUpTo(bounds, asBytes(key))));
    const found = bits.reduce((sum, bitmap, bit) => sum + (hasBit(bitmap, each.row) ? 2 ** bit : 0), 0);
    if (found !== code)
      differences.add(
        `order ${order}`,
        `row ${String(each.row)} has code ${String(found)} instead of ${String(code)}`,
      );
  }
  // One that was being built when something ended it is thrown away by the next one.
  const allowed = [generation, state[`${order}:building`]];
  for (const name of names) {
    const [kind, of, number] = name.split(':');
    if ((kind === 'order' || kind === 'bounds') && of === order && !allowed.includes(number))
      differences.add(`order ${order}`, `${name} is left over`);
  }
}

function countUpTo(bounds: readonly string[], key: string): number {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] ?? '') <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}
