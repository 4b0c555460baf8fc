import type { Changes } from './changes.ts';
import type { Daybook } from './engines/daybook.ts';
import type { Engine } from './engines/engine.ts';
import type { Sqlite } from './engines/sqlite/sqlite.ts';
import { type Measured, microseconds, Times } from './measure.ts';
import type { Oracle } from './oracle/oracle.ts';

/** Engines that are written to, each write on the disk before it is acknowledged. */
export interface Writable {
  readonly size: number;
  readonly daybook: Daybook;
  readonly sqlite: readonly Sqlite[];
  readonly oracle: Oracle;
  readonly changes: Changes;
}

/** The largest client: the first one, by Zipf's law. */
const largest = 0;
/** The user who is shown and not shown it: u2. */
const viewer = 1;

const kinds = ['add', 'edit', 'delete'] as const;

/** Adds, edits and deletes one meeting after the other, in all engines in turn. */
async function changeMeetings(
  { size, daybook, sqlite, changes }: Writable,
  samples: number,
): Promise<Measured[]> {
  const engines: Engine[] = [daybook, ...sqlite];
  const times = kinds.map((kind) =>
    engines.map(({ name }) => new Times({ size, kind, user: 'u1', engine: name })),
  );
  for (let sample = 0; sample < samples; sample += 1) {
    for (const [at, kind] of kinds.entries()) {
      const took = await changes.make(changes.draw(kind), engines, process.hrtime.bigint);
      took.forEach((us, engine) => times[at]![engine]!.add(us));
    }
  }
  return times.flat().map((each) => each.measured());
}

async function timed(times: Times, write: () => unknown): Promise<void> {
  const begun = process.hrtime.bigint();
  await write();
  times.add(microseconds(begun));
}

/** Renames the largest client, and lets a user see it and no longer see it. */
async function changeClient(
  { size, daybook, sqlite, oracle }: Writable,
  samples: number,
): Promise<Measured[]> {
  const of = (kind: string, user: string): Times[] =>
    [daybook, ...sqlite].map(({ name }) => new Times({ size, kind, user, engine: name }));
  const renames = of('rename largest client', 'u1');
  const shows = of('show or hide largest client', 'u2');
  for (let sample = 0; sample < samples; sample += 1) {
    const name = `Client ${String(sample)} renamed`;
    await timed(renames[0]!, await daybook.readyRename(largest, name));
    for (const [at, each] of sqlite.entries())
      await timed(renames[at + 1]!, () => each.writer.rename(largest, name));
    oracle.rename(largest, name);
    const shown = oracle.columns.sees[viewer]![largest] === 0;
    await timed(shows[0]!, daybook.readyShow(viewer, largest, shown));
    for (const [at, each] of sqlite.entries())
      await timed(shows[at + 1]!, () => each.writer.show(viewer, largest, shown));
    oracle.show(viewer, largest, shown);
  }
  return [...renames, ...shows].map((each) => each.measured());
}

export async function measureWrites(writable: Writable, samples: number): Promise<Measured[]> {
  const meetings = await changeMeetings(writable, samples);
  return [...meetings, ...(await changeClient(writable, Math.max(4, Math.ceil(samples / 20))))];
}
