import { z } from 'zod';

/** How something that is kept differs from the records. */
export const differenceKinds = ['missing', 'surplus', 'wrong', 'unreadable'] as const;

/** Differences of one kind in one place. */
export const checkDifference = z.object({
  /** What was compared, as ARCHITECTURE.md names it: `live`, `posting:type`, `order:title`. */
  index: z.string(),
  what: z.enum(differenceKinds),
  count: z.int().min(1),
  /** Some of the rows, slots, values or keys concerned. */
  examples: z.array(z.string()).max(5),
  /** Whether a repair puts all of them right. */
  canBeRepaired: z.boolean(),
  /** The same in plain words. */
  sentence: z.string(),
});
export type CheckDifference = z.infer<typeof checkDifference>;

/** What a check looked through and found. */
export const checkReport = z.object({
  /** Cancelled: only what was looked through until then is told. */
  state: z.enum(['done', 'cancelled']),
  meetings: z.int().min(0),
  clients: z.int().min(0),
  elapsedMs: z.number().min(0),
  /** Whether what is listed was put right as it was found. */
  repaired: z.boolean(),
  differences: z.array(checkDifference),
});
export type CheckReport = z.infer<typeof checkReport>;

export const checkProgress = z.object({
  /** Meetings looked through so far. */
  meetings: z.int().min(0),
  share: z.number().min(0).max(1),
});
export type CheckProgress = z.infer<typeof checkProgress>;

const places: Readonly<Record<string, string>> = {
  records: 'the records themselves',
  live: 'the list of meetings that exist',
  visible: 'who sees which meetings',
  live_clients: 'the list of clients that exist',
  visible_clients: 'who sees which clients',
  users_of_client: 'the clients given to users',
  touched: 'the list of meetings changed since they were made',
  staged: 'the list of meetings waiting with an import',
  client_column: 'the client of each meeting',
  client_ids: 'the ids of clients',
  client_values: 'what meetings are found by of their clients',
  common_words: 'the list of words that many clients have',
  ids: 'the table of ids',
  external_ids: 'the ids of other programs',
  folded: 'the names, tags and cities to search by',
  labels: 'the names to show',
  clients_by_name: 'the list of clients by name',
  users: 'the list of users',
  user_names: 'the names users sign in by',
  counters: 'the counters',
  leftovers: 'what earlier work left behind',
};

const fields: Readonly<Record<string, string>> = {
  meetings_word: 'words of meetings',
  clients_word: 'words of clients',
  clientKind: 'kind of client',
  clientCity: 'city of the client',
  clientOwner: 'who looks after the client',
  clientWord: 'words of the client',
  clients_city: 'city of clients',
  clients_owner: 'who looks after clients',
  createdAt: 'creation',
};

function placeOf(index: string): string {
  const [kind = '', of = ''] = index.split(':');
  const name = fields[of] ?? of.replaceAll('_', ' ');
  if (kind === 'posting') return `the index by ${name}`;
  if (kind === 'totals') return `the totals by ${name}`;
  if (kind === 'order') return `the order by ${name}`;
  if (kind === 'lexicon') return `the parts of words of ${name}`;
  return places[kind] ?? index;
}

const entries = (count: number): string => `${String(count)} ${count === 1 ? 'entry is' : 'entries are'}`;

const said: Readonly<Record<CheckDifference['what'], (count: number, place: string) => string>> = {
  missing: (count, place) => `${entries(count)} missing in ${place}.`,
  surplus: (count, place) => `${entries(count)} too many in ${place}.`,
  wrong: (count, place) => `${entries(count)} wrong in ${place}.`,
  unreadable: (count) =>
    `${String(count)} ${count === 1 ? 'record' : 'records'} cannot be read, or cannot be right; a repair leaves them as they are.`,
};

/** A difference in one sentence. */
export const differenceSentence = (index: string, what: CheckDifference['what'], count: number): string =>
  said[what](count, placeOf(index));
