import { sealJournal, type SealingLimits } from './journal/sealing.ts';
import { journalFolder } from './journal/segments.ts';
import type { Log } from './log.ts';
import type { OfficeHost } from './office/officeHost.ts';
import { needsRanking, rankOrders } from './ranking/rankOrders.ts';

/** Makes a task that never runs twice at once; asked for while it runs, it is left to the next time. */
function oneAtATime(run: () => Promise<void>, failed: (error: unknown) => void): () => void {
  let isRunning = false;
  return () => {
    if (isRunning) return;
    isRunning = true;
    run()
      .catch(failed)
      .finally(() => (isRunning = false));
  };
}

/** Moves old journal entries to files; a failure is tried again after the next write. */
export const createSealer = (office: () => OfficeHost, limits: SealingLimits, log: Log): (() => void) =>
  oneAtATime(
    async () => {
      if (office().isReadOnly()) return;
      await sealJournal(office().store(), journalFolder(office().folder), limits, log);
    },
    (error) => {
      log.error('journal could not be sealed', { why: String(error) });
    },
  );

/** Ranks the sort orders anew when the office has grown by half; lists are exact meanwhile, only slower. */
export const createRanker = (office: () => OfficeHost, log: Log): (() => void) =>
  oneAtATime(
    async () => {
      const store = office().store();
      if (office().isReadOnly()) return;
      if (await needsRanking(store)) await rankOrders(store);
    },
    (error) => {
      log.error('orders could not be ranked', { why: String(error) });
    },
  );
