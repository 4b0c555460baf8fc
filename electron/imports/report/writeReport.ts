import { open, rename, rm } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { Failure } from '../../contract/failure.ts';
import type { OutcomeRow, ReportShow } from '../../contract/imports.ts';
import type { OutcomeFile } from './outcomeFile.ts';

const header = [
  'Line',
  'Outcome',
  'Same as line',
  'Client',
  'Title',
  'Start',
  'Field',
  'Before',
  'After',
  'Reason',
];
const rowsPerWrite = 500;

/**
 * Writes rows of a report as CSV: UTF-8 with a mark, so that spreadsheets read it right, and nothing that they would take
 * for a formula. A row that changes several fields has a line for each.
 * @param path is replaced whole, once everything is written
 * @throws Failure INVALID_INPUT when the file cannot be written
 */
export async function writeReport(outcomes: OutcomeFile, show: ReportShow, path: string): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(`\ufeff${stringify([header])}`);
      for (let at = 0; at < outcomes.count(show); at += rowsPerWrite) {
        const rows = await outcomes.rows(show, at, rowsPerWrite);
        await file.writeFile(stringify(rows.flatMap(linesOf), { escape_formulas: true }));
      }
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch {
    await rm(unfinished, { force: true });
    throw new Failure('INVALID_INPUT', 'The report could not be written to this file');
  }
}

function linesOf({
  line,
  outcome,
  duplicateOf,
  client,
  title,
  start,
  changes,
  reason,
}: OutcomeRow): unknown[][] {
  const day = start === null ? '' : 'at' in start ? start.at : start.date;
  const row = [line, outcome, duplicateOf, client, title, day];
  if (changes.length === 0) return [[...row, '', '', '', reason]];
  return changes.map(({ field, before, after }) => [...row, field, before, after, reason]);
}
