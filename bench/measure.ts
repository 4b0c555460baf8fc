import { askedEvery, type Cell, comparedEvery, type EngineName, engineNames, userName } from './cells.ts';
import { Failure } from '../electron/contract/failure.ts';
import type { Engine, Place, Ready } from './engines/engine.ts';
import type { Floor } from './engines/floors.ts';
import { difference } from './oracle/compare.ts';
import type { Oracle } from './oracle/oracle.ts';
import type { Query } from './queries.ts';

/** Microseconds, from the question to the answer as an object. */
export interface Measured {
  size: number;
  kind: string;
  /** Who asks: u1 to u5, or `-`. */
  user: string;
  engine: string;
  median: number;
  p95: number;
  samples: number;
  /** Questions the engine refused to answer, when there are any; the run fails then. */
  refused?: number;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const microseconds = (since: bigint): number => Number(process.hrtime.bigint() - since) / 1_000;

/** Times of one kind, user and engine. */
export class Times {
  readonly #times: number[] = [];
  #refused = 0;
  readonly #of: Pick<Measured, 'size' | 'kind' | 'user' | 'engine'>;

  constructor(of: Pick<Measured, 'size' | 'kind' | 'user' | 'engine'>) {
    this.#of = of;
  }

  add(us: number): void {
    this.#times.push(us);
  }

  refuse(why: string): void {
    this.#refused += 1;
    const { engine, kind, user, size } = this.#of;
    process.stderr.write(`refused with ${why}: ${engine}, ${kind}, ${user}, ${String(size)} meetings\n`);
  }

  measured(): Measured {
    const sorted = this.#times.toSorted((one, other) => one - other);
    const rounded = (share: number): number => Math.round(quantile(sorted, share) * 10) / 10;
    const refused = this.#refused > 0 && { refused: this.#refused };
    return { ...this.#of, median: rounded(0.5), p95: rounded(0.95), samples: sorted.length, ...refused };
  }
}

/** One question of a round, to all engines whose turn it is. */
interface Turn {
  readonly cell: Cell;
  readonly query: Query;
  readonly asked: { engine: EngineName; ready: Ready; times: Times; reply: unknown }[];
  readonly isCompared: boolean;
}

export interface Subjects {
  readonly size: number;
  readonly cells: readonly Cell[];
  readonly floors: readonly Floor[];
  readonly engines: ReadonlyMap<string, Engine>;
  readonly oracle: Oracle;
  /** Called every 20 rounds: one write in every engine, so that no earlier result can be the answer. */
  write(): Promise<void>;
}

/** What was measured, and how many answers were compared; none of them differed. */
export interface Outcome {
  rows: Measured[];
  compared: number;
}

const roundsPerWrite = 20;
/** After so many questions to Daybook the floors are asked once more. */
const cellsPerFloor = 12;

/** The question, and for a cursor where its page begins; null when there is no such page. */
function place(cell: Cell, oracle: Oracle): { query: Query; after?: Place } | null {
  for (let tries = 0; tries < 5; tries += 1) {
    const query = cell.next();
    if (cell.from === 'first') return { query };
    const middle = Math.floor(oracle.total(cell.user, query.filter) / 2);
    if (cell.from === 'half-deep') return { query: { ...query, offset: middle } };
    if (middle > 0) return { query: { ...query, offset: middle }, after: { rowsBefore: middle } };
  }
  return null;
}

/** Others may still be measured when an engine refuses to answer (null); the run fails at its end. */
async function refusable<T>(times: Times, ask: () => Promise<T> | T): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    times.refuse(error.message);
    return null;
  }
}

/** Asks all in turn, round by round, so that whatever else the machine does falls on all of them alike. */
export class Measurement {
  readonly #subjects: Subjects;
  readonly #times = new Map<string, Times>();
  #compared = 0;

  constructor(subjects: Subjects) {
    this.#subjects = subjects;
    // Results are listed in the order of the cells, whoever was asked first.
    for (const { kind } of subjects.floors) this.#timesOf(kind, '-', 'floor');
    for (const { kind, user, engines } of subjects.cells)
      for (const engine of engines)
        if (subjects.engines.has(engine)) this.#timesOf(kind, userName(user), engine);
  }

  /** @throws Error when an answer is wrong */
  async run(rounds: number): Promise<Outcome> {
    const warmUp = Math.ceil(rounds / 20);
    for (let round = -warmUp; round < rounds; round += 1) {
      if (round % roundsPerWrite === 0) await this.#subjects.write();
      const turns = await this.#prepare(round);
      await this.#time(turns, round);
      this.#compare(turns);
    }
    const rows = [...this.#times.values()].map((times) => times.measured());
    return { rows: rows.filter(({ samples }) => samples > 0), compared: this.#compared };
  }

  /** Everything that is not timed: drawing questions, finding offsets, asking for cursors. */
  async #prepare(round: number): Promise<Turn[]> {
    const { cells, oracle, engines, size } = this.#subjects;
    const turns: Turn[] = [];
    for (const [number, cell] of cells.entries()) {
      const found = place(cell, oracle);
      if (!found) continue;
      const asked: Turn['asked'] = [];
      for (const engine of cell.engines) {
        const it = engines.get(engine);
        // Shifted by the cell's number, so that slow engines are spread over the rounds.
        if (!it || (round + number) % askedEvery(engine, cell.kind, size) !== 0) continue;
        const times = this.#timesOf(cell.kind, userName(cell.user), engine);
        const ready = await refusable(times, () => it.ready(cell.user, found.query, found.after));
        if (ready) asked.push({ engine, ready, times, reply: null });
      }
      const isCompared = (round + number) % comparedEvery(cell.kind, size) === 0;
      turns.push({ cell, query: found.query, asked, isCompared });
    }
    return turns;
  }

  /**
   * One engine after the other asks all its questions, so that each is measured with its own data in the processor's
   * caches; the floors are asked in between the questions of Daybook.
   */
  async #time(turns: readonly Turn[], round: number): Promise<void> {
    const engines = new Set(turns.flatMap(({ asked }) => asked.map(({ engine }) => engine)));
    for (const engine of engines) {
      let number = 0;
      for (const { asked } of turns) {
        const each = asked.find((one) => one.engine === engine);
        if (!each) continue;
        if (engine === engineNames.daybook && number++ % cellsPerFloor === 0)
          await this.#timeFloors(round, number);
        const begun = process.hrtime.bigint();
        each.reply = await refusable(each.times, () => each.ready.ask());
        const took = microseconds(begun);
        if (round >= 0) each.times.add(took);
      }
    }
  }

  async #timeFloors(round: number, number: number): Promise<void> {
    for (const floor of this.#subjects.floors) {
      const begun = process.hrtime.bigint();
      await floor.ask(round * 1_000 + number);
      const took = microseconds(begun);
      if (round >= 0) this.#timesOf(floor.kind, '-', 'floor').add(took);
    }
  }

  #compare(turns: readonly Turn[]): void {
    for (const { cell, query, asked, isCompared } of turns) {
      if (!isCompared || asked.length === 0) continue;
      const right = this.#subjects.oracle.answer(cell.user, query);
      for (const { engine, ready, reply } of asked) {
        if (reply === null) continue;
        const wrong = difference(right, ready.read(reply));
        const whose = `${engine}, ${cell.kind}, ${userName(cell.user)}, ${JSON.stringify(query)}`;
        if (wrong !== null) throw new Error(`wrong answer of ${whose}: ${wrong}`);
        this.#compared += 1;
      }
    }
  }

  #timesOf(kind: string, user: string, engine: string): Times {
    const name = `${kind}|${user}|${engine}`;
    const known = this.#times.get(name);
    if (known) return known;
    const times = new Times({ size: this.#subjects.size, kind, user, engine });
    this.#times.set(name, times);
    return times;
  }
}
