import { setImmediate as turn } from 'node:timers/promises';
import type { Store } from '../../redis/store.ts';
import { discardImport } from '../discardImport.ts';
import { settleImport } from './settleImport.ts';

/**
 * Brings what was coming in, or being taken back, to its end, and removes what imports left behind that were cancelled,
 * cut off or taken back, one after the other. Nobody sees any of that before either.
 * @param isRunning whether an import is still under way, and so is left alone
 * @param goesOn asked before each call of the store
 */
export async function discardLeftovers(
  store: Store,
  isRunning: (importId: string) => boolean = () => false,
  goesOn: () => boolean = () => true,
): Promise<void> {
  const { imports } = (await store.call('imports_pending', {})) as {
    imports: { importId: string; state: string }[];
  };
  // An import that has just begun is known to run within this turn.
  await turn();
  for (const { importId, state } of imports) {
    if (isRunning(importId) || !goesOn()) continue;
    if (state === 'applying' || state === 'restoring') await settleImport(store, importId);
    if (state !== 'applying') await discardImport(store, importId, goesOn);
  }
}
