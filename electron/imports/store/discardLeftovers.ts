import type { Store } from '../../redis/store.ts';
import { discardImport } from '../discardImport.ts';
import { settleImport } from './settleImport.ts';

/**
 * At start-up, when no import can be running: brings what was coming in, or being taken back, to its end, and removes
 * what a crash or an undo left behind. Nobody sees any of that before either.
 */
export async function discardLeftovers(store: Store): Promise<void> {
  const { imports } = (await store.call('imports_pending', {})) as {
    imports: { importId: string; state: string }[];
  };
  for (const { importId, state } of imports) {
    if (state === 'applying' || state === 'restoring') await settleImport(store, importId);
    if (state !== 'applying') await discardImport(store, importId);
  }
}
