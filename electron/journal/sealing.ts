import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Store } from '../redis/store.ts';
import {
  fileOf,
  listSegments,
  rawEntry,
  readSegment,
  removeLeftovers,
  TamperedSegment,
  writeSegment,
} from './segments.ts';

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
 * their numbers: the file is read back, and if it holds what the store does, the store lets go now.
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

/**
 * Lets the store go of what is in files already, one file after the other. Only of that: the files may be those of a
 * history that the store lost, whose numbers were given out again.
 */
async function releaseSealed(store: Store, folder: string): Promise<void> {
  removeLeftovers(folder);
  const segments = listSegments(folder);
  for (;;) {
    const { first } = head.parse(await store.call('journal_head', {}));
    const segment = first === 0 ? undefined : segments.find(({ last }) => last >= first);
    if (!segment) return;
    const sealed = readSegment(segment).filter(({ entry }) => entry >= first);
    const { entries } = page.parse(
      await store.call('journal_read', { after: first - 1, limit: Math.max(1, sealed.length) }),
    );
    if (sealed.length === 0 || !isDeepStrictEqual(entries, sealed))
      throw new TamperedSegment(fileOf(segment), 'is not what the store holds');
    await store.call('journal_seal', { upTo: segment.last });
  }
}
