import type { Store } from '../../redis/store.ts';

interface Settled {
  readonly state: string;
  readonly updated: number;
  readonly left: number;
  /** Of the journal; it is written when all updates are made. */
  readonly entry: number;
}

/**
 * Brings an import to its end whose updates are not all made, or not all taken back. May be cut off at any point and
 * called again.
 * @returns the journal's entry, how many updates were made, and how many left out because somebody changed the meeting meanwhile
 */
export async function settleImport(store: Store, importId: string): Promise<Omit<Settled, 'state'>> {
  for (;;) {
    const { state, ...settled } = (await store.call('imports_settle', { importId })) as Settled;
    if (state !== 'applying' && state !== 'restoring') return settled;
  }
}
