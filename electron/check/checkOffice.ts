import type { CheckProgress, CheckReport } from '../contract/check.ts';
import { codedOrders } from '../ranking/codes.ts';
import { rankOrders } from '../ranking/rankOrders.ts';
import type { Store } from '../redis/store.ts';
import { checkClients, ClientTable } from './clients.ts';
import { clientFields, meetingFields } from './fields.ts';
import { Findings } from './findings.ts';
import { GivenUp, Looker } from './look.ts';
import { checkMeetings, MeetingReader } from './meetings.ts';
import { checkKeys, checkPostings } from './postings.ts';
import { Tally } from './tally.ts';

export interface CheckRequest {
  readonly store: Store;
  /** Id of an administrator, in whose name it is done. */
  readonly actor: string;
  /** Puts right what differs, as it is found. */
  readonly repair: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CheckProgress) => void;
}

/** Entries of the lexicon for which words are counted at once: some hundred megabytes at most. */
const entriesAtOnce = 2_000_000;
const entriesPerCall = 300;
/** Share of the work that is done before the meetings, and with them. */
const firstShare = 0.05;
const meetingsShare = 0.75;
/** With more wrong codes than these the orders are ranked anew once they are right. */
const fewCodes = 500;

/**
 * Compares the records of an office with everything that is worked out from them, in steps of a few milliseconds, while
 * people work. Nothing written meanwhile is told as a difference. A repair may be cut off anywhere: what it put right is
 * right, and the next one finds the rest.
 * @throws Failure SIGNED_OUT or NOT_ALLOWED when the actor is no administrator, and others of the store
 */
export async function checkOffice(request: CheckRequest): Promise<CheckReport> {
  const { store, actor, repair, signal } = request;
  const began = performance.now();
  const findings = new Findings();
  const looked = { meetings: 0, clients: 0 };
  let state: CheckReport['state'] = 'done';
  try {
    await lookAtAll(new Looker({ store, actor, repair, signal, findings }), request, looked);
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    state = 'cancelled';
  }
  const wrongCodes = codedOrders.reduce((sum, order) => sum + findings.count(`order:${order}`), 0);
  if (repair && state === 'done' && wrongCodes > fewCodes) await rankOrders(store);
  const elapsedMs = performance.now() - began;
  return { state, ...looked, elapsedMs, repaired: repair, differences: findings.list() };
}

async function lookAtAll(
  looker: Looker,
  { onProgress = () => undefined }: CheckRequest,
  looked: { meetings: number; clients: number },
): Promise<void> {
  const say = (meetings: number, share: number): void => onProgress({ meetings, share: Math.min(1, share) });
  say(0, 0);
  const { users, ...last } = await checkKeys(looker);
  looker.users = users;
  const given = await looker.look<{ meetings: number; clients: number; words: number }>('counters', last);
  await checkUsers(looker, users);
  const shards = Math.max(1, Math.ceil(given.words / entriesAtOnce));
  const tally = new Tally(shards);
  const reader = new MeetingReader(looker, new ClientTable(looker));
  for (let shard = 0; shard < shards; shard += 1) {
    const isFirst = shard === 0;
    tally.begin(shard);
    if (isFirst) looked.clients = await checkClients(looker, reader.clients, tally, given.clients);
    const share = (rows: number): number =>
      firstShare + ((shard + rows / Math.max(1, given.meetings)) / shards) * meetingsShare;
    const pass = { looker, reader, tally, isFirst };
    const meetings = await checkMeetings(pass, given.meetings, (rows) => say(rows, share(rows)));
    if (isFirst) looked.meetings = meetings;
    await checkPostings(looker, reader, tally);
  }
  say(given.meetings, firstShare + meetingsShare);
  await lookForSurplus(looker);
  say(given.meetings, 1);
}

async function checkUsers(looker: Looker, users: readonly string[]): Promise<void> {
  const { unreadable } = await looker.look<{ unreadable: string[] }>('users', { users });
  for (const id of unreadable) looker.unreadable(`user ${id}`);
}

/** Looks for what is kept of values, words and names that no record has. */
async function lookForSurplus(looker: Looker): Promise<void> {
  for (const [field, { kind }] of Object.entries({ ...meetingFields, ...clientFields }))
    if (kind === 'totals') await looker.scan('totals', { field });
  for (const field of ['tag', 'clients_city']) await looker.scan('folded', { field });
  for (const noun of ['meetings', 'clients']) await looker.walk('lexicon', { noun, limit: entriesPerCall });
  for (const name of ['folded:client', 'labels:client', 'client_values', 'client_ids'])
    await looker.scan('client_hash', { name });
  await looker.walk('clients_by_name', { limit: entriesPerCall });
  await looker.scan('external_ids');
  await looker.scan('common');
}
