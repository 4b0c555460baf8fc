import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { RefusedRow } from '../../electron/contract/imports.ts';
import { bytesText, numberText } from '../format.ts';
import { text } from '../text.ts';
import table from '../ui/table.module.css';
import { undoEntry } from '../undo.tsx';
import type { ImportDesk, ImportStep } from './ImportDesk.ts';
import styles from './ImportScreen.module.css';

interface ReportStepProps {
  readonly desk: ImportDesk;
  readonly state: Extract<ImportStep, { step: 'report' }>;
  readonly onShowMeetings: () => void;
}

const words = text.imports.report;

export function ReportStep({ desk, state, onShowMeetings }: ReportStepProps) {
  const { file, report } = state;
  const [busy, setBusy] = useState(false);
  const undo = async (entry: number): Promise<void> => {
    setBusy(true);
    if (await undoEntry(entry)) desk.reset(words.undone);
    setBusy(false);
  };
  const figures = [
    words.meetings(report.meetings),
    words.clients(report.newClients),
    words.users(report.newUsers),
    words.refused(report.refusedTotal),
  ];
  const { entry } = report;
  return (
    <div className={styles.step}>
      <div className={styles.stepHead}>
        <div>
          <h2 className={styles.stepTitle}>
            <IconCircleCheck size={20} stroke={1.8} aria-hidden className={styles.done} /> {words.title}
          </h2>
          <p className={styles.stepHint}>{text.imports.file(file.name, bytesText(file.bytes))}</p>
        </div>
        <div className={styles.stepButtons}>
          <Button
            size="sm"
            variant="default"
            onClick={() => {
              desk.reset();
            }}
          >
            {words.again}
          </Button>
          {entry !== null && (
            <Button
              size="sm"
              variant="default"
              aria-disabled={busy}
              onClick={() => !busy && void undo(entry)}
            >
              {words.undo}
            </Button>
          )}
          <Button size="sm" onClick={onShowMeetings}>
            {words.showMeetings}
          </Button>
        </div>
      </div>
      <div role="status">
        <ul className={styles.figures}>
          {figures.map((figure) => (
            <li key={figure}>{figure}</li>
          ))}
        </ul>
      </div>
      {report.refusedTotal > 0 && (
        <RefusedRows
          rows={report.refused}
          total={report.refusedTotal}
          onMore={() => void desk.moreRefused()}
        />
      )}
    </div>
  );
}

interface RefusedRowsProps {
  readonly rows: readonly RefusedRow[];
  readonly total: number;
  readonly onMore: () => void;
}

function RefusedRows({ rows, total, onMore }: RefusedRowsProps) {
  return (
    <>
      <div className={styles.tableFrame} tabIndex={0} role="group" aria-label={words.refusedTable}>
        <table className={table.table} aria-label={words.refusedTable}>
          <thead>
            <tr>
              <th scope="col">{words.line}</th>
              <th scope="col">{words.reason}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                <td className={`${table.numbers} ${styles.line}`}>{numberText(row.line)}</td>
                <td>{row.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length < total && (
        <div className={styles.more}>
          <span>{words.first(rows.length, total)}</span>
          <Button variant="default" onClick={onMore}>
            {words.more}
          </Button>
        </div>
      )}
    </>
  );
}
