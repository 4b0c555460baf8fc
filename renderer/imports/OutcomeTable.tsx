import { Button } from '@mantine/core';
import type { FieldChange, OutcomeRow } from '../../electron/contract/imports.ts';
import { dayText, numberText, startText } from '../format.ts';
import { text } from '../text.ts';
import table from '../ui/table.module.css';
import type { ImportDesk } from './ImportDesk.ts';
import styles from './ImportScreen.module.css';
import type { ImportStep } from './importSteps.ts';

const words = text.imports.report;
const { fields } = text.imports.columns;

interface OutcomeTableProps {
  readonly desk: ImportDesk;
  readonly state: Extract<ImportStep, { step: 'report' }>;
}

/** Rows of the file, and what each came to. */
export function OutcomeTable({ desk, state: { rows, report } }: OutcomeTableProps) {
  if (rows.length === 0) {
    return <p className={styles.stepHint}>{report.dryRun ? words.nothing : words.notListed}</p>;
  }
  return (
    <>
      <div className={styles.tableFrame} tabIndex={0} role="group" aria-label={words.table}>
        <table className={table.table} aria-label={words.table}>
          <thead>
            <tr>
              <th scope="col">{words.line}</th>
              <th scope="col">{words.outcome}</th>
              <th scope="col">{words.meeting}</th>
              <th scope="col">{words.client}</th>
              <th scope="col">{words.start}</th>
              <th scope="col">{words.what}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                <td className={`${table.numbers} ${styles.line}`}>{numberText(row.line)}</td>
                <td>
                  <span className={styles.outcome} data-outcome={row.outcome}>
                    {words.outcomes[row.outcome]}
                  </span>
                </td>
                <td className={styles.rowTitle}>{row.title}</td>
                <td className={styles.rowClient}>{row.client}</td>
                <td className={table.numbers}>{row.start && startText(row.start)}</td>
                <td>
                  <What row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length < report.listed && (
        <div className={styles.more}>
          <span>{words.first(rows.length, report.listed)}</span>
          <Button variant="default" onClick={() => void desk.moreRows()}>
            {words.more}
          </Button>
        </div>
      )}
    </>
  );
}

function What({ row: { reason, changes, duplicateOf } }: { readonly row: OutcomeRow }) {
  return (
    <>
      {reason}
      {duplicateOf !== null && <span className={table.soft}>{words.duplicateOf(duplicateOf)}</span>}
      {changes.map((change) => (
        <div key={change.field}>
          {words.change(
            fields[change.field],
            valueText(change, change.before),
            valueText(change, change.after),
          )}
        </div>
      ))}
    </>
  );
}

/** A value as the rest of the program shows it. */
function valueText({ field }: FieldChange, value: string): string {
  const { types, statuses, priorities } = text.meetings;
  const choices: Readonly<Record<string, string>> =
    field === 'type' ? types : field === 'status' ? statuses : field === 'priority' ? priorities : {};
  if (field === 'start') return value.replace(/^\d{4}-\d{2}-\d{2}/, dayText);
  return choices[value] ?? value;
}
