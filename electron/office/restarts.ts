import type { TroubleReason } from '../redis/engine.ts';

/** Waits before an engine that ended by itself, or did not start again, is started again; after the last one there is trouble. */
const waitsMs = [500, 2_000, 8_000];
/**
 * An engine that ran this long was well; its end is a new trouble, not the old one again. Short, because whoever has to wait a
 * moment now and then is better off than whoever is shown a screen about a database program.
 */
const wellAfterMs = 4_000;

/** What another start may well get over: something that has just ended, lets go, or stood in the way for a moment. */
const passing: ReadonlySet<TroubleReason> = new Set(['unstartable', 'locked', 'stopped']);

export const mayPass = (reason: TroubleReason): boolean => passing.has(reason);

/** How often an engine was started again without help, and how long to wait before the next time. */
export class Restarts {
  #count = 0;

  /** @param ranMs how long the engine that ended had run */
  noteEnd(ranMs: number): void {
    if (ranMs > wellAfterMs) this.#count = 0;
  }

  /**
   * @param isForWantOfRoom a full disk is no trouble of the engine: it reads on, and ends again only when it is written to
   * @returns milliseconds to wait before the next start; null when it was tried often enough
   */
  next(isForWantOfRoom: boolean): number | null {
    if (isForWantOfRoom) return waitsMs[0] ?? null;
    const waitMs = waitsMs[this.#count] ?? null;
    this.#count += 1;
    return waitMs;
  }

  /** Somebody asked for a start: it begins from the front. */
  reset(): void {
    this.#count = 0;
  }
}
