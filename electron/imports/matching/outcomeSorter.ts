import type { FieldChange, Outcome, OutcomeRow, ReportShow } from '../../contract/imports.ts';
import type { NumberedMeeting } from '../readMeetings.ts';
import type { NamedMeeting } from '../../redis/storedRows.ts';

/** A meeting of the office that a row changes. */
export interface MeetingUpdate {
  /** Of the store. */
  readonly row: number;
  readonly before: NamedMeeting;
  /** Number of its client in the store. */
  readonly slotBefore: number;
  readonly meeting: NumberedMeeting;
  readonly changes: readonly FieldChange[];
}

/** What the rows of a batch come to. */
export interface MatchedBatch {
  readonly added: readonly NumberedMeeting[];
  readonly updates: readonly MeetingUpdate[];
  /** Of an import that writes, rows that add something or change nothing are only counted. */
  readonly outcomes: readonly OutcomeRow[];
  readonly counts: Readonly<Record<ReportShow, number>>;
}

/** A row of the file, and what was found of it. */
interface Found {
  readonly meeting: NumberedMeeting;
  readonly client: string;
  readonly duplicateOf: number | null;
  /** Null when the office has no such meeting. */
  readonly update: MeetingUpdate | null;
  /** The file has it twice, and the second one is not wanted. */
  readonly isLeftOut: boolean;
}

export const noCounts = (): Record<ReportShow, number> => ({
  ...{ all: 0, added: 0, updated: 0, unchanged: 0, skipped: 0, refused: 0, duplicates: 0 },
});

/** Sorts the rows of a batch by what they come to. */
export class OutcomeSorter {
  readonly #listsAll: boolean;
  readonly #added: NumberedMeeting[] = [];
  readonly #updates: MeetingUpdate[] = [];
  readonly #outcomes: OutcomeRow[] = [];
  readonly #counts = noCounts();

  constructor(listsAll: boolean) {
    this.#listsAll = listsAll;
  }

  refuse(line: number, reason: string): void {
    this.#count('refused', false);
    const nothing = { duplicateOf: null, client: '', title: '', start: null, changes: [] };
    this.#outcomes.push({ line, outcome: 'refused', ...nothing, reason });
  }

  sort({ meeting, client, duplicateOf, update, isLeftOut }: Found): void {
    const outcome = isLeftOut ? 'skipped' : outcomeOf(update);
    this.#count(outcome, duplicateOf !== null);
    if (outcome === 'added') this.#added.push(meeting);
    if (outcome === 'updated') this.#updates.push(update!);
    const isTold = outcome === 'updated' || duplicateOf !== null;
    if (!isTold && !this.#listsAll) return;
    const { line, title, start } = meeting;
    const changes = outcome === 'updated' ? [...update!.changes] : [];
    this.#outcomes.push({ line, outcome, duplicateOf, client, title, start, changes, reason: '' });
  }

  sorted(): MatchedBatch {
    this.#outcomes.sort((one, other) => one.line - other.line);
    return {
      ...{ added: this.#added, updates: this.#updates, outcomes: this.#outcomes, counts: this.#counts },
    };
  }

  #count(outcome: Outcome, isDuplicate: boolean): void {
    this.#counts.all += 1;
    this.#counts[outcome] += 1;
    if (isDuplicate) this.#counts.duplicates += 1;
  }
}

const outcomeOf = (update: MeetingUpdate | null): Outcome =>
  update === null ? 'added' : update.changes.length > 0 ? 'updated' : 'unchanged';
