import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { isRead } from '../redis/reads.ts';
import type { Store } from '../redis/store.ts';

/** How long a call waits for an engine that is started again. */
const usualPatienceMs = 12_000;
/** Between two looks: the end of an engine is noticed a moment after its connections broke. */
const lookEveryMs = 25;

export interface PatientOptions {
  /**
   * The store as it is now; null while its engine is being started again.
   * @throws Failure STORE_UNAVAILABLE when nobody starts it
   */
  readonly now: () => Store | null;
  readonly patienceMs?: number;
}

/** A write that may be asked for again: its id tells whether it was done. */
const repeatable = z.object({ actor: z.string(), writeId: z.string() });
const answered = z.object({ answer: z.string().nullable() });

const codeOf = (error: unknown): string => (error instanceof Failure ? error.code : '');

/**
 * A store for the calls of people, through ends and new starts of the engine. A call that comes while the engine is being
 * started again waits for it. A read that was cut off is asked again. A write whose outcome is unknown is looked up by its
 * id: when it was done it gets the answer it would have got, and otherwise it is done now. So nobody hears of the engine's
 * end who need not, and nobody hears that nothing was changed when something was.
 */
export function patientStore({ now, patienceMs = usualPatienceMs }: PatientOptions): Store {
  async function opened(deadline: () => number): Promise<Store> {
    for (;;) {
      const store = now();
      if (store) return store;
      if (performance.now() > deadline()) throw new Failure('STORE_UNAVAILABLE', 'restarting');
      await pause(lookEveryMs);
    }
  }

  /** Patience begins where waiting does, not with the call: an engine that hangs is given up after seconds. */
  function patience(): () => number {
    let deadline: number | null = null;
    return () => (deadline ??= performance.now() + patienceMs);
  }

  async function read<T>(ask: (store: Store) => Promise<T>): Promise<T> {
    const deadline = patience();
    for (;;) {
      const store = await opened(deadline);
      try {
        return await ask(store);
      } catch (error) {
        if (codeOf(error) !== 'STORE_UNAVAILABLE' || performance.now() > deadline()) throw error;
        await pause(lookEveryMs);
      }
    }
  }

  /** What is thrown once a write is open: its failure when it surely was not done, and that nobody can tell otherwise. */
  async function settle(
    unknown: unknown,
    write: (store: Store) => Promise<unknown>,
    id: object,
  ): Promise<unknown> {
    const deadline = patience();
    for (;;) {
      let wasNotDone = false;
      try {
        const store = await opened(deadline);
        const { answer } = answered.parse(await store.call('journal_answered', id));
        if (answer !== null) return JSON.parse(answer) as unknown;
        wasNotDone = true;
        return await write(store);
      } catch (error) {
        const isOpenAgain = codeOf(error) === 'UNKNOWN_OUTCOME';
        const isAway = codeOf(error) === 'STORE_UNAVAILABLE';
        if (wasNotDone && !isOpenAgain) throw error;
        if (!isOpenAgain && !isAway) throw unknown;
        if (performance.now() > deadline()) throw unknown;
        await pause(lookEveryMs);
      }
    }
  }

  async function write(ask: (store: Store) => Promise<unknown>, request: object): Promise<unknown> {
    const store = await opened(patience());
    try {
      return await ask(store);
    } catch (error) {
      const id = repeatable.safeParse(request);
      if (codeOf(error) !== 'UNKNOWN_OUTCOME' || !id.success) throw error;
      return settle(error, ask, id.data);
    }
  }

  return {
    call(functionName, request, ...binary) {
      const ask = (store: Store): Promise<unknown> => store.call(functionName, request, ...binary);
      return isRead(functionName) ? read(ask) : write(ask, request);
    },
    readRecords: (rows) => read((store) => store.readRecords(rows)),
    async writeRecords(first, records) {
      await (await opened(patience())).writeRecords(first, records);
    },
  };
}
