import type { Bar } from './bars.ts';
import type { Measured } from './measure.ts';
import type { SizeFacts } from './sizeFacts.ts';

const line = (text = ''): void => void process.stdout.write(`${text}\n`);
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Median and 95th percentile in microseconds, a line a cell. */
export function printRows(rows: readonly Measured[]): void {
  line('kind                         engine               user  median µs     p95 µs  samples');
  for (const { kind, engine, user, median, p95, samples } of rows) {
    const times = [median, p95].map((us) => us.toFixed(0).padStart(10)).join(' ');
    line(`${kind.padEnd(28)} ${engine.padEnd(20)} ${user.padEnd(4)} ${times} ${String(samples).padStart(8)}`);
  }
}

export function printFacts({ size, loadSeconds, restart, sqliteBytes, compared, asked }: SizeFacts): void {
  line(
    `\n${size.toLocaleString('en')} meetings; ${String(compared)} of ${String(asked)} answers compared, none wrong`,
  );
  const { daybook, sqliteJoin, sqliteMaterialised } = loadSeconds;
  line(
    `load: Daybook ${daybook.toFixed(1)} s, SQLite ${sqliteJoin.toFixed(1)} s, and materialised ${sqliteMaterialised.toFixed(1)} s`,
  );
  line(`restart: Daybook ${restart.daybookMs.toFixed(0)} ms, SQLite ${restart.sqliteMs.toFixed(0)} ms`);
  const { usedBytes, residentBytes, parts } = restart.memory;
  line(`memory: resident ${megabytes(residentBytes)}, used ${megabytes(usedBytes)}`);
  for (const { part, keys, bytes, sampled } of parts) {
    const each = (bytes / size).toFixed(1).padStart(8);
    line(`  ${part.padEnd(32)} ${each} bytes a meeting, ${String(keys)} keys${sampled ? ', sampled' : ''}`);
  }
  line(
    `SQLite files: by join ${megabytes(sqliteBytes.join)}, materialised ${megabytes(sqliteBytes.materialised)}`,
  );
  for (const [part, bytes] of Object.entries(sqliteBytes.joinParts))
    line(`  ${part.padEnd(32)} ${(bytes / size).toFixed(1).padStart(8)} bytes a meeting`);
}

const limit = (value: number | null, atLeast: boolean): string =>
  value === null ? '-' : `${atLeast ? '>=' : '<='} ${String(value)}`;

export function printBars(bars: readonly Bar[]): void {
  line(
    '\nbar                                                                     size      value     must      aim',
  );
  for (const { name, size, value, bound, aim, atLeast, met, aimed, worst } of bars) {
    const numbers = [value.toFixed(2), limit(bound, atLeast), limit(aim, atLeast)];
    const verdict = bound === null ? 'reported' : met ? (aimed ? 'met, aim too' : 'met') : 'MISSED';
    line(
      `${name.padEnd(70)} ${String(size).padStart(8)} ${numbers.map((text) => text.padStart(8)).join(' ')}  ${verdict} (${worst})`,
    );
  }
}
