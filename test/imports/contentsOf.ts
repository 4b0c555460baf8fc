import type { TestStore } from '../support/startStore.ts';

/** Numbers once given out are not given out again; empty bitmaps, words of search and the balance of orders stay. */
const scaffolding =
  /:(ids:\w+:\d+|client_column|staged|live|live_clients|touched|lexicon:\w+|orders|(order|bounds):.*)$/;

/** Everything the store holds of an office, to see whether something stays. */
export async function contentsOf({ redis, store }: TestStore): Promise<Set<string>> {
  const { id } = (await store.call('office_status', {})) as { id: string };
  const keys = await redis.keys('*');
  const mine: string[] = [];
  for (const key of keys) if (key.endsWith(':office') && (await redis.hget(key, 'id')) === id) mine.push(key);
  const prefix = (mine[0] ?? '').replace(/:office$/, '');
  const found = new Set<string>();
  for (const key of keys) {
    if (!key.startsWith(prefix) || scaffolding.test(key)) continue;
    const isEmptyBitmap =
      key.includes(':posting:') && (await redis.type(key)) === 'string' && (await redis.bitcount(key)) === 0;
    if (!isEmptyBitmap) found.add(key);
  }
  return found;
}
