import type { Bar } from './bars.ts';
import type { Measured } from './measure.ts';
import type { SizeFacts } from './sizeFacts.ts';

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
