import type { Store } from '../redis/store.ts';
import { words } from '../text/words.ts';

/** Records one call takes away: a few milliseconds of the engine's time. */
const perCall = 200;

interface Remains {
  meetings: { row: number; title: string; details: string }[];
  clients: { slot: number; name: string }[];
}

/**
 * Takes away what an import left in the store that is not in, or was taken back; nobody sees any of it. May be cut off
 * at any point and called again.
 */
export async function discardImport(store: Store, importId: string): Promise<void> {
  for (let more = true; more;) {
    const remains = (await store.call('imports_remains', { importId, limit: perCall })) as Remains;
    ({ more } = (await store.call('imports_discard', {
      importId,
      meetings: remains.meetings.map(({ row, title, details }) => ({ row, words: words(title, details) })),
      clients: remains.clients.map(({ slot, name }) => ({ slot, words: words(name) })),
    })) as { more: boolean });
  }
}
