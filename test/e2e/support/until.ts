import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until something holds, and answers it.
 * @param what said when it does not come to that
 */
export async function until<T>(
  what: string,
  look: () => Promise<T> | T,
  holds: (seen: T) => boolean = Boolean,
  patienceMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`not in time: ${what}; last seen: ${JSON.stringify(seen)}`);
    await pause(20);
  }
}
