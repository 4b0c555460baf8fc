import type { LoadSeconds } from './office.ts';
import type { Restart } from './restart.ts';

/** What one size came to, beside its times. */
export interface SizeFacts {
  size: number;
  loadSeconds: LoadSeconds;
  /** Restart times, and the engine's memory right after. */
  restart: Restart;
  /** Of SQLite's files, all indexes included; text (FTS5) is in the first one only. */
  sqliteBytes: { join: number; materialised: number; joinParts: Record<string, number> };
  /** Answers that were compared with the oracle's, all of them right; and how many were asked. */
  compared: number;
  asked: number;
  /** Query plans of SQLite, by variant, user and question. */
  plans: Record<string, string[]>;
}
