import type { Answer } from '../answer.ts';
import type { BenchMeeting } from '../generate.ts';
import type { Query } from '../queries.ts';

/** A meeting that is added, edited or deleted in every engine. */
export interface Change {
  readonly kind: 'add' | 'edit' | 'delete';
  readonly number: number;
  /** As it was, when it is edited. */
  readonly before: BenchMeeting | null;
  /** As it is afterwards; of a deleted one, as it was. */
  readonly meeting: BenchMeeting;
  /** When it happened, milliseconds since 1970; Daybook says so, the others repeat it. */
  changedAt: number;
}

/** A question made ready: the part that is timed, and what its reply means. */
export interface Ready {
  /** Timed. */
  ask(): Promise<unknown> | unknown;
  /** Not timed. */
  read(reply: unknown): Answer;
}

export interface Engine {
  readonly name: string;
  /**
   * @param user by number
   * @param after the row before the wanted ones, when the page is asked for by where the one before ended
   */
  ready(user: number, query: Query, after?: Place): Promise<Ready> | Ready;
  /** Makes the write ready and answers the part that is timed. */
  readyChange(change: Change): Promise<() => Promise<unknown> | unknown>;
}

/** Where a page ends: how many rows stand before, in the order of the query. */
export interface Place {
  readonly rowsBefore: number;
}
