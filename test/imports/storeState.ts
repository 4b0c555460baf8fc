import { words } from '../../electron/text/words.ts';
import { recordedMeeting, type RecordedMeeting } from '../support/meetingRecord.ts';
import type { TestStore } from '../support/startStore.ts';

/** Numbers once given out are not given out again; the balance of orders stays, and bitmaps may be longer than they were. */
const scaffolding =
  /:(ids:\w+:\d+|client_column|office|orders|journal|undone|writes|write_order|(order|bounds|unranked):.*)$/;

/** What all keys of an office begin with. */
export async function prefixOf({ redis, store }: TestStore): Promise<string> {
  const { id } = (await store.call('office_status', {})) as { id: string };
  for (const key of await redis.keys('*:office'))
    if ((await redis.hget(key, 'id')) === id) return key.replace(/office$/, '');
  throw new Error('there is no such office');
}

/** Positions of set bits, as texts. */
function positions(bytes: Buffer): string[] {
  const found: string[] = [];
  bytes.forEach((byte, at) => {
    for (let bit = 0; bit < 8; bit += 1) if ((byte & (0x80 >>> bit)) !== 0) found.push(String(at * 8 + bit));
  });
  return found;
}

const isBitmap = /^(posting:|import_rows|import_clients|live|visible|staged|touched)/;

async function contentOf({ redis }: TestStore, key: string, name: string): Promise<unknown> {
  const type = await redis.type(key);
  if (type === 'hash') return redis.hgetall(key);
  if (type === 'zset') return redis.zrange(key, '0', '-1', 'WITHSCORES');
  if (type === 'set') return (await redis.smembers(key)).sort();
  if (isBitmap.test(name)) return positions((await redis.getBuffer(key))!).sort();
  return redis.get(key);
}

/** All that the store holds of an office, by name of the key; sets and bitmaps of rows alike, empty ones as none. */
export async function stateOf(office: TestStore): Promise<Record<string, unknown>> {
  const prefix = await prefixOf(office);
  const state: Record<string, unknown> = {};
  for (const key of (await office.redis.keys(`${prefix.replaceAll('{', '\\{')}*`)).sort()) {
    if (scaffolding.test(key)) continue;
    const name = key.slice(prefix.length);
    const content = await contentOf(office, key, name);
    if (!Array.isArray(content) || content.length > 0) state[name] = content;
  }
  return state;
}

/** What of a state follows from its records: postings, totals and words. Deleted meetings are in no posting. */
export function indexOf(state: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const clients = new Map<string, Values>();
  for (const [name, text] of Object.entries(state))
    if (name.startsWith('client:')) clients.set(name.slice(7), JSON.parse(text as string) as Values);
  const rows = new Map<string, string[]>();
  for (const [name, text] of Object.entries(state)) {
    if (!name.startsWith('meeting:')) continue;
    const meeting = recordedMeeting(text as string);
    for (const value of valuesOf(meeting, clients.get(String(meeting.slot))!))
      rows.set(value, [...(rows.get(value) ?? []), name.slice(8)]);
  }
  return Object.fromEntries([...rows].map(([value, list]) => [`posting:${value}`, list.sort()]));
}

/** What a client's meetings are found by. */
interface Values {
  readonly kind: string;
  readonly city: string;
  readonly ownerId: string | null;
}

const valuesOf = (meeting: RecordedMeeting, { kind, city, ownerId }: Values): string[] => [
  `type:${meeting.type}`,
  `status:${meeting.status}`,
  `priority:${meeting.priority}`,
  `owner:${meeting.ownerId}`,
  `client:${String(meeting.slot)}`,
  `clientKind:${kind}`,
  ...(city === '' ? [] : [`clientCity:${city}`]),
  ...(ownerId === null ? [] : [`clientOwner:${ownerId}`]),
  ...meeting.tags.map((tag) => `tag:${tag}`),
  ...words(meeting.title, meeting.details).map((word) => `meetings_word:${word}`),
];

/** The postings of meetings that a state holds. */
export const postingsIn = (state: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(state).filter(
      ([name]) => name.startsWith('posting:') && !name.startsWith('posting:clients_'),
    ),
  );

/** Totals as the postings of a state demand them: `field:value`, by how many rows. */
export function totalsIn(state: Readonly<Record<string, unknown>>): {
  kept: Record<string, number>;
  counted: Record<string, number>;
} {
  const kept: Record<string, number> = {};
  for (const [name, list] of Object.entries(state)) {
    if (!name.startsWith('totals:')) continue;
    const pairs = list as string[];
    for (let at = 0; at < pairs.length; at += 2)
      kept[`${name.slice(7)}:${pairs[at]!}`] = Number(pairs[at + 1]);
  }
  const counted: Record<string, number> = {};
  for (const [name, list] of Object.entries(postingsIn(state)))
    if (!name.startsWith('posting:meetings_word:')) counted[name.slice(8)] = (list as string[]).length;
  return { kept, counted };
}

/** Words the search knows, and words meetings have. */
export function wordsIn(state: Readonly<Record<string, unknown>>): { known: string[]; had: string[] } {
  const entries = ((state['lexicon:meetings'] as string[] | undefined) ?? []).filter((_, at) => at % 2 === 0);
  const had = Object.keys(state).filter((name) => name.startsWith('posting:meetings_word:'));
  return {
    known: [...new Set(entries.map((entry) => entry.split('\0')[1]!))].sort(),
    had: had.map((name) => name.slice('posting:meetings_word:'.length)).sort(),
  };
}
