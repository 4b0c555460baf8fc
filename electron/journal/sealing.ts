import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Store } from '../redis/store.ts';
import { listSegments, rawEntry, readSegment, removeLeftovers, writeSegment } from './segments.ts';

export interface SealingLimits {
  /** So many entries may lie in the store: the latest ones, which undo and the first pages of the journal need. */
  readonly inStore: number;
  /** So many go into one file; at most `inStore`. */
  readonly perSegment: number;
}

export const usualLimits: SealingLimits = { inStore: 2_000, perSegment: 1_000 };

const head = z.object({ first: z.int(), last: z.int() });
const page = z.object({ entries: z.array(rawEntry) });

/**
 * Moves the oldest entries from the store to sealed files until few enough are left.
 *
 * A file is on the disk before the store lets go of its entries. After a crash in between they are in both, known by
 * their numbers: the file is read back, and if it holds, the store lets go now.
 * @returns how many segments were written
 * @throws TamperedSegment, or a Failure of the store
 */
export async function sealJournal(
  store: Store,
  folder: string,
  limits: SealingLimits,
  log: Log,
): Promise<number> {
  await releaseSealed(store, folder);
  for (let written = 0; ; written += 1) {
    const { first, last } = head.parse(await store.call('journal_head', {}));
    if (first === 0 || last - first + 1 <= limits.inStore) return written;
    const { entries } = page.parse(
      await store.call('journal_read', { after: first - 1, limit: limits.perSegment }),
    );
    const segment = writeSegment(folder, entries);
    await store.call('journal_seal', { upTo: segment.last });
    log.info('journal segment sealed', { first: segment.first, last: segment.last });
  }
}

async function releaseSealed(store: Store, folder: string): Promise<void> {
  removeLeftovers(folder);
  const newest = listSegments(folder).at(-1);
  if (!newest) return;
  const { first } = head.parse(await store.call('journal_head', {}));
  if (first === 0 || first > newest.last) return;
  readSegment(newest);
  await store.call('journal_seal', { upTo: newest.last });
}
