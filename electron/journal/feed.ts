import { z } from 'zod';
import { nouns, type Changed } from '../contract/journal.ts';
import type { Log } from '../log.ts';
import type { Store } from '../redis/store.ts';

const head = z.object({ last: z.int() });
const page = z.object({ entries: z.array(z.looseObject({ entry: z.int(), noun: z.enum(nouns) })) });
const pageSize = 500;

/** Tells windows what was written, by reading the journal on from the last entry seen. */
export interface Feed {
  /** Starts from the office's latest entry; what happened before is no news. */
  resume(): Promise<void>;
  /** To be called after each write. Several calls at once share one reading. */
  pull(): Promise<void>;
}

/**
 * @param store answers the store in use now; it changes when the engine was restarted
 * @param tell gets one message for all that is new: the latest entry and the nouns concerned
 */
export function createFeed(
  store: () => Store,
  tell: (changed: Changed) => Promise<void> | void,
  log: Log,
): Feed {
  let seen = 0;
  let pulling: Promise<void> | null = null;
  let isAskedAgain = false;

  const pullOnce = async (): Promise<void> => {
    const found = new Set<Changed['nouns'][number]>();
    for (;;) {
      const { entries } = page.parse(await store().call('journal_read', { after: seen, limit: pageSize }));
      for (const entry of entries) {
        seen = entry.entry;
        found.add(entry.noun);
      }
      if (entries.length < pageSize) break;
    }
    if (found.size > 0) await tell({ entry: seen, nouns: [...found] });
  };

  const pullAll = async (): Promise<void> => {
    try {
      do {
        isAskedAgain = false;
        await pullOnce();
      } while (isAskedAgain);
    } catch (error) {
      // The write itself is done; windows hear of it with the next one.
      log.warn('change feed could not read the journal', { why: String(error) });
    } finally {
      pulling = null;
    }
  };

  return {
    async resume() {
      seen = head.parse(await store().call('journal_head', {})).last;
    },
    pull() {
      isAskedAgain = true;
      pulling ??= pullAll();
      return pulling;
    },
  };
}
