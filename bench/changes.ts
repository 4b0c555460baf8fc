import { Random } from '../test/support/random.ts';
import type { Change, Engine } from './engines/engine.ts';
import { type BenchMeeting, meetingDrawer } from './generate.ts';
import type { Oracle } from './oracle/oracle.ts';
import { facetValues } from './queries.ts';

/** Draws writes that make sense as the office stands, and makes each in every engine and the oracle. */
export class Changes {
  readonly #random = new Random(99);
  readonly #oracle: Oracle;
  readonly #draw: (number: number) => BenchMeeting;

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
    const { clientNames, ownerNames } = oracle.columns;
    this.#draw = meetingDrawer(clientNames.length, ownerNames.length, this.#random);
  }

  draw(kind: Change['kind']): Change {
    const { columns } = this.#oracle;
    if (kind === 'add') {
      const number = columns.count;
      return { kind, number, before: null, meeting: this.#draw(number), changedAt: 0 };
    }
    const number = this.#living();
    const before = columns.meeting(number);
    if (kind === 'delete') return { kind, number, before: null, meeting: before, changedAt: 0 };
    return { kind, number, before, meeting: this.#edited(before), changedAt: 0 };
  }

  /** Daybook comes first: it says when it happened. @returns microseconds of each engine */
  async make(change: Change, engines: readonly Engine[], now: () => bigint): Promise<number[]> {
    const took: number[] = [];
    for (const engine of engines) {
      const write = await engine.readyChange(change);
      const begun = now();
      await write();
      took.push(Number(now() - begun) / 1_000);
    }
    this.#remember(change);
    return took;
  }

  #remember({ kind, number, meeting, changedAt }: Change): void {
    if (kind === 'delete') this.#oracle.delete(number);
    else this.#oracle[kind](number, meeting, changedAt);
  }

  #living(): number {
    const { columns } = this.#oracle;
    for (;;) {
      const number = this.#random.between(0, columns.count - 1);
      if (columns.lives[number] === 1) return number;
    }
  }

  /** What is edited most: the state of a meeting, and what is written about it; now and then its day. */
  #edited(meeting: BenchMeeting): BenchMeeting {
    const { details, start } = this.#draw(0);
    const status = this.#random.pick(facetValues.status.filter((each) => each !== meeting.status));
    return { ...meeting, status, details, ...(this.#random.chance(0.3) && { start }) };
  }
}
