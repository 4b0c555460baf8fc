import type { Bar } from './bars.ts';
import type { LoadSeconds } from './office.ts';
import type { Measured } from './measure.ts';
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

/**
 * What `--json FILE` holds; bench/README.md describes it, too. Times are microseconds from the question to the answer as
 * an object, memory is bytes. `rows` has one entry for each size, kind, user and engine; `bars` one for each bar and size.
 */
export interface Results {
  schema: 1;
  /** ISO instant. */
  date: string;
  machine: string;
  cores: number;
  /** What the machine had to do beside, when the run began: its load average of a minute. */
  loadAverage: number;
  commit: string;
  versions: { node: string; redis: string; sqlite: string };
  rounds: number;
  /** How many different numbers stand in titles. */
  numbers: number;
  sizes: SizeFacts[];
  rows: Measured[];
  bars: Bar[];
}
