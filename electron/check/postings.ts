import { fold } from '../text/fold.ts';
import { rowsOf, type Claimed } from './claims.ts';
import { clientFields, meetingFields, type Field } from './fields.ts';
import type { Looker } from './look.ts';
import type { MeetingReader } from './meetings.ts';
import { clientOf } from './records.ts';
import type { Tally } from './tally.ts';

const perCall = 60;
const membersPerCall = 100;
const keysPerCall = 500;

type Named = readonly [field: string, value: string, kind: Field<never>['kind'], fold: string];

const fields = { ...meetingFields, ...clientFields };
export const fieldNames = Object.keys(fields);

/** Field and value of a posting's key; null for other keys. */
function named(key: string): Named | null {
  const [, field = '', value = ''] = /^posting:([^:]+):([\s\S]*)$/.exec(key) ?? [];
  const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
  return known
    ? [field, value, known.kind, field === 'tag' || field === 'clients_city' ? fold(value) : '']
    : null;
}

/** What a walk over all keys sees of them. */
export interface SeenKeys {
  /** Numbers behind the last record. */
  meetings: number;
  clients: number;
  readonly users: string[];
}

/** Looks at every key: for what nobody needs any more, and how far records go. */
export async function checkKeys(looker: Looker): Promise<SeenKeys> {
  const seen: SeenKeys = { meetings: 0, clients: 0, users: [] };
  const see = (key: string): void => {
    const [, kind, rest = ''] = /^(meeting|client|user):(.*)$/.exec(key) ?? [];
    if (kind === 'meeting') seen.meetings = Math.max(seen.meetings, Number(rest) + 1);
    if (kind === 'client') seen.clients = Math.max(seen.clients, Number(rest) + 1);
    if (kind === 'user') seen.users.push(rest);
  };
  for await (const keys of keyPages(looker, 'look')) keys.forEach(see);
  return { ...seen, users: [...new Set(seen.users)] };
}

async function* keyPages(looker: Looker, how: 'ask' | 'look'): AsyncGenerator<string[]> {
  for (let cursor = '0', isFirst = true; isFirst || cursor !== '0'; isFirst = false) {
    const request = { cursor, count: keysPerCall, fields: fieldNames };
    const page = await looker[how]<{ cursor: string; names: string[] }>('keys', request);
    ({ cursor } = page);
    yield page.names;
  }
}

/** Looks at all postings of values that are counted: whether they hold rows that do not have the value, and what follows from them. */
export async function checkPostings(looker: Looker, reader: MeetingReader, tally: Tally): Promise<void> {
  const waiting: Named[] = [];
  const check = async (): Promise<void> => {
    const some = waiting.splice(0, perCall);
    const { counts } = await looker.ask<{ counts: number[] }>('values', { postings: some });
    for (const [at, posting] of some.entries()) {
      if (counts[at] !== tally.of(posting[0], posting[1])) await checkMembers(looker, reader, posting);
    }
    const postings = some.map((posting) => [...posting, looker.findings.offBy(posting[0], posting[1])]);
    await looker.look('values', { postings });
  };
  for await (const keys of keyPages(looker, 'ask')) {
    const postings = keys.map(named).filter((posting) => posting !== null);
    waiting.push(...postings.filter(([field, value]) => tally.counts(field, value)));
    while (waiting.length >= perCall) await check();
  }
  if (waiting.length > 0) await check();
}

/** Looks at each member of a posting, whether its record has the value. */
async function checkMembers(looker: Looker, reader: MeetingReader, posting: Named): Promise<void> {
  const [field, value] = posting;
  for (let after = -1, more = true; more;) {
    const request = { field, value, after, limit: membersPerCall };
    const page = await looker.ask<{ members: number[]; more: boolean }>('members', request);
    const members = page.members.toSorted((one, other) => one - other);
    for (let from = 0; from < members.length; from += membersPerCall)
      await checkSome(looker, reader, posting, members.slice(from, from + membersPerCall));
    more = page.more;
    after = members.at(-1) ?? after;
  }
}

async function checkSome(
  looker: Looker,
  reader: MeetingReader,
  [field, value, kind]: Named,
  members: readonly number[],
): Promise<void> {
  const isOfClients = Object.hasOwn(clientFields, field);
  const claimed = isOfClients
    ? withoutValue(await readClients(reader, members), clientFields[field]!, value)
    : withoutValue(await reader.claimed(members, false), meetingFields[field]!, value);
  if (claimed.length === 0) return;
  const places = claimed.map((_, place) => place);
  const slots = claimed.map(({ clientSlot }) => clientSlot).filter((slot) => slot >= 0);
  await looker.look('strangers', {
    noun: isOfClients ? 'clients' : 'meetings',
    rows: rowsOf(claimed),
    clients: reader.clients.digests(slots),
    postings: [[field, value, kind, places]],
  });
}

const withoutValue = <Of>(
  claimed: readonly Claimed<Of>[],
  { valuesOf }: Field<Of>,
  value: string,
): Claimed<Of>[] => claimed.filter(({ filed }) => filed === null || !valuesOf(filed).includes(value));

async function readClients(reader: MeetingReader, slots: readonly number[]) {
  const texts = await reader.clients.read(slots);
  return slots.flatMap((number, at) => {
    const text = texts[at] ?? null;
    const filed = text === null ? null : clientOf(text, number);
    return text !== null && filed === null ? [] : [{ number, text, clientSlot: -1, filed }];
  });
}
