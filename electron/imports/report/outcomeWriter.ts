import { closeSync, openSync, writeFileSync } from 'node:fs';
import { reportShows, type OutcomeRow, type ReportShow } from '../../contract/imports.ts';

/** Where some rows stand in the file of outcomes, following each other. */
export interface OutcomeIndex {
  /** Of each row, in bytes. */
  readonly lengths: readonly number[];
  /** Which of `reportShows` shows each row: bit n for the n-th. */
  readonly shows: readonly number[];
}

const bitOf = (show: ReportShow): number => 1 << reportShows.indexOf(show);

/** Whether a row is among those shown. */
export const isShown = (bits: number, show: ReportShow): boolean => (bits & bitOf(show)) !== 0;

/** Writes what becomes of rows to a file, one line of JSON each, so that no report has to stay in memory. */
export class OutcomeWriter {
  readonly #file: number;

  /** @param path of a file that is made, readable for nobody else */
  constructor(path: string) {
    this.#file = openSync(path, 'wx', 0o600);
  }

  write(rows: readonly OutcomeRow[]): OutcomeIndex {
    const lines = rows.map((row) => Buffer.from(`${JSON.stringify(row)}\n`));
    if (lines.length > 0) writeFileSync(this.#file, Buffer.concat(lines));
    return {
      lengths: lines.map(({ length }) => length),
      shows: rows.map(({ outcome, duplicateOf }) => {
        const shown = bitOf('all') | bitOf(outcome);
        return duplicateOf === null ? shown : shown | bitOf('duplicates');
      }),
    };
  }

  close(): void {
    closeSync(this.#file);
  }
}
