import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../redis/store.ts';
import { words } from '../text/words.ts';

/** Records that go one by one in a call, and values of a field and records that go in bulk: a few milliseconds of the engine. */
const perCall = 25;
const engineMicroseconds = 1_500;
const recordsPerCall = 300;
/** The engine rests as long as it worked, so that whoever waits for it is served in between. */
const longestPauseMs = 20;

interface Remains {
  meetings: { row: number; title: string; details: string }[];
  clients: { slot: number; name: string }[];
}

/** Some values of a field, and where to go on. */
interface Values {
  field: string;
  values: string[];
  next: { field: string; after?: string } | null;
}

/** The work was given up because `goesOn` said so; it can be taken up again at any time. */
class GivenUp extends Error {}

/**
 * Takes away what an import left in the store that is not in, or was taken back; nobody sees any of it. May be cut off
 * at any point and called again. Works in short calls with pauses in between.
 * @param goesOn asked before each call
 * @returns whether all is gone
 * @throws Failure of the store
 */
export async function discardImport(
  store: Store,
  importId: string,
  goesOn: () => boolean = () => true,
): Promise<boolean> {
  const call = async (functionName: string, request: object): Promise<unknown> => {
    if (!goesOn()) throw new GivenUp();
    const began = performance.now();
    const reply = await store.call(functionName, { importId, ...request });
    await pause(Math.min(performance.now() - began, longestPauseMs));
    return reply;
  };
  try {
    const { by } = (await call('imports_discard_begin', {})) as { by: 'rows' | 'postings' | 'records' };
    if (by === 'postings') await sweepPostings(call);
    if (by !== 'rows') await unlinkRecords(call);
    await discardOneByOne(call);
    return true;
  } catch (error) {
    if (error instanceof GivenUp) return false;
    throw error;
  }
}

type Call = (functionName: string, request: object) => Promise<unknown>;

/** Takes all rows of the import out of every posting there is. */
async function sweepPostings(call: Call): Promise<void> {
  for (let next: Values['next'] | object = {}; next !== null;) {
    const page = (await call('imports_discard_values', next)) as Values;
    for (let values = page.values; values.length > 0;) {
      const request = { field: page.field, values, most: engineMicroseconds };
      const { swept } = (await call('imports_discard_sweep', request)) as { swept: number };
      values = values.slice(swept);
    }
    next = page.next;
  }
}

async function unlinkRecords(call: Call): Promise<void> {
  for (let from: number | null = 0; from !== null;) {
    const request = { from, limit: recordsPerCall };
    ({ next: from } = (await call('imports_discard_unlink', request)) as { next: number | null });
  }
}

/** What few rows there are, and clients and owners that came along. */
async function discardOneByOne(call: Call): Promise<void> {
  for (let more = true; more;) {
    const remains = (await call('imports_remains', { limit: perCall })) as Remains;
    ({ more } = (await call('imports_discard', {
      meetings: remains.meetings.map(({ row, title, details }) => ({ row, words: words(title, details) })),
      clients: remains.clients.map(({ slot, name }) => ({ slot, words: words(name) })),
    })) as { more: boolean });
  }
}
