import { Failure } from '../contract/failure.ts';

/** Slows down guessing at one name; kept in memory, so starting the program anew forgives. */
export interface Throttle {
  /**
   * Counts an attempt before it is checked, so that many at once are no way around the wait.
   * @throws Failure TOO_MANY_ATTEMPTS, its detail the seconds to wait
   */
  attempt(name: string): void;
  /** The attempt was right: what was counted is forgotten. */
  succeeded(name: string): void;
}

const freeAttempts = 5;
const firstWaitMs = 1_000;
const longestWaitMs = 5 * 60_000;
const mostNames = 10_000;

/** @param now milliseconds of a clock that nobody sets; injected so that tests need not wait */
export function createThrottle(now: () => number = () => performance.now()): Throttle {
  const attempts = new Map<string, { count: number; waitUntil: number }>();

  const waitAfter = (count: number): number =>
    count < freeAttempts ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (count - freeAttempts));

  /** Names that were typed once long ago must not pile up. */
  const forgetOldest = (): void => {
    for (const name of attempts.keys()) {
      if (attempts.size <= mostNames) return;
      attempts.delete(name);
    }
  };

  return {
    attempt(name) {
      const { count, waitUntil } = attempts.get(name) ?? { count: 0, waitUntil: 0 };
      const waitMs = waitUntil - now();
      if (waitMs > 0) throw new Failure('TOO_MANY_ATTEMPTS', String(Math.ceil(waitMs / 1_000)));
      attempts.delete(name);
      attempts.set(name, { count: count + 1, waitUntil: now() + waitAfter(count + 1) });
      forgetOldest();
    },
    succeeded(name) {
      attempts.delete(name);
    },
  };
}
