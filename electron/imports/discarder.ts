import type { ImportProgress } from '../contract/imports.ts';
import type { Log } from '../log.ts';
import type { Store } from '../redis/store.ts';
import { discardLeftovers } from './store/discardLeftovers.ts';

/** Discards imports in the background, one at a time. */
export interface Discarder {
  /** To be called whenever there may be something to discard: an office is open, an import ended or was taken back. */
  wake(): void;
  /** To be called with what each import says of itself, so that one under way is left alone. */
  hear(progress: Pick<ImportProgress, 'importId' | 'state'>): void;
  /** Whether an import is under way, as far as was heard. */
  isImporting(): boolean;
}

/**
 * What is not discarded when the office closes or the engine ends is when it is open again: the store knows what there is.
 * @param store answers the store in use now, or throws while there is none
 */
export function createDiscarder(store: () => Store, log: Log): Discarder {
  const running = new Set<string>();
  let isAwake = false;
  let isAskedAgain = false;

  /** Each engine has a store of its own; null while there is none. */
  const storeNow = (): Store | null => {
    try {
      return store();
    } catch {
      return null;
    }
  };

  const discard = async (): Promise<void> => {
    const current = storeNow();
    const isCurrent = (): boolean => storeNow() === current;
    if (!current) return;
    try {
      await discardLeftovers(current, (importId) => running.has(importId), isCurrent);
    } catch (error) {
      // A store that went away meanwhile is no trouble of ours: the next one wakes us.
      if (isCurrent()) log.error('imports could not be discarded', { why: String(error) });
    }
  };

  const discardAll = async (): Promise<void> => {
    isAwake = true;
    do {
      isAskedAgain = false;
      await discard();
    } while (isAskedAgain);
    isAwake = false;
  };

  const wake = (): void => {
    isAskedAgain = true;
    if (!isAwake) void discardAll();
  };

  return {
    wake,
    isImporting: () => running.size > 0,
    hear({ importId, state }) {
      const isOver = ['done', 'cancelled', 'failed'].includes(state);
      if (!isOver) running.add(importId);
      else if (running.delete(importId)) wake();
    },
  };
}
