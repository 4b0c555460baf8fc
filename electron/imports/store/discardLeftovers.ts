import type { Store } from '../../redis/store.ts';
import { discardImport } from '../discardImport.ts';

/** At start-up, when no import can be running: removes what a crash or an undo left behind. Nobody sees any of it before either. */
export async function discardLeftovers(store: Store): Promise<void> {
  const { imports } = (await store.call('imports_pending', {})) as { imports: { importId: string }[] };
  for (const { importId } of imports) await discardImport(store, importId);
}
