import type { Failure } from '../contract/failure.ts';
import { isRead } from '../redis/reads.ts';
import type { Store } from '../redis/store.ts';

/**
 * A store that refuses writes. This is the one place where all of them pass: calls of windows, imports, repairs, and what
 * the program does in the background.
 * @param refusal asked before each write; null where it may be done
 */
export function refuseWrites(store: Store, refusal: () => Failure | null): Store {
  const write = <T>(run: () => Promise<T>): Promise<T> => {
    const refused = refusal();
    return refused ? Promise.reject(refused) : run();
  };
  return {
    call(functionName, request, ...binary) {
      const run = (): Promise<unknown> => store.call(functionName, request, ...binary);
      return isRead(functionName) ? run() : write(run);
    },
    writeRecords: (first, records) => write(() => store.writeRecords(first, records)),
    readRecords: (rows) => store.readRecords(rows),
  };
}
