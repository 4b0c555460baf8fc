import { Failure } from '../contract/failure.ts';
import { isRead } from '../redis/reads.ts';
import type { Store } from '../redis/store.ts';

/**
 * A store that refuses every write while there is no room for it. This is the one place where all of them pass: calls of
 * windows, imports, repairs, and what the program does in the background.
 * @param isFull asked before each write
 */
export function refuseWhenFull(store: Store, isFull: () => boolean): Store {
  const full = (): Promise<never> => Promise.reject(new Failure('STORE_FULL', 'disk'));
  return {
    call: (functionName, request, ...binary) =>
      isFull() && !isRead(functionName) ? full() : store.call(functionName, request, ...binary),
    writeRecords: (first, records) => (isFull() ? full() : store.writeRecords(first, records)),
    readRecords: (rows) => store.readRecords(rows),
  };
}
