import { Button } from '@mantine/core';
import { IconCircleCheck, IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { reportShows, type ReportShow } from '../../electron/contract/imports.ts';
import { bytesText } from '../format.ts';
import { text } from '../text.ts';
import { undoEntry } from '../undo.tsx';
import type { ImportDesk } from './ImportDesk.ts';
import styles from './ImportScreen.module.css';
import { OutcomeTable } from './OutcomeTable.tsx';
import type { ImportReport, ImportStep } from './importSteps.ts';

interface ReportStepProps {
  readonly desk: ImportDesk;
  readonly state: Extract<ImportStep, { step: 'report' }>;
  readonly onShowMeetings: () => void;
}

const words = text.imports.report;

/** What an import did, or what it would do. */
export function ReportStep({ desk, state, onShowMeetings }: ReportStepProps) {
  const { file, report, trouble } = state;
  const [exported, setExported] = useState('');
  return (
    <div className={styles.step}>
      <div className={styles.stepHead}>
        <div>
          <h2 className={styles.stepTitle}>
            {report.dryRun ? (
              <IconListCheck size={20} stroke={1.8} aria-hidden />
            ) : (
              <IconCircleCheck size={20} stroke={1.8} aria-hidden className={styles.done} />
            )}{' '}
            {report.dryRun ? words.dryRunTitle : words.title}
          </h2>
          <p className={styles.stepHint}>
            {text.imports.file(file.name, bytesText(file.bytes))}
            {report.dryRun && `. ${words.dryRunHint}`}
          </p>
        </div>
        {report.dryRun ? (
          <DryRunButtons desk={desk} />
        ) : (
          <DoneButtons {...{ desk, report, onShowMeetings }} />
        )}
      </div>
      {trouble && (
        <p role="alert" className={styles.trouble}>
          {trouble}
        </p>
      )}
      <div role="status">
        <ul className={styles.figures}>
          {figuresOf(report).map((figure) => (
            <li key={figure}>{figure}</li>
          ))}
        </ul>
      </div>
      <div className={styles.shows}>
        <Shows desk={desk} state={state} />
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void desk.exportReport().then((name) => setExported(name))}
        >
          {words.export}
        </Button>
        <span role="status" className={styles.stepHint}>
          {exported && words.exported(exported)}
        </span>
      </div>
      <OutcomeTable desk={desk} state={state} />
    </div>
  );
}

function figuresOf({ counts, newClients, newUsers, left }: ImportReport): string[] {
  return [
    words.meetings(counts.added),
    ...(counts.updated > 0 ? [words.updated(counts.updated - left)] : []),
    ...(counts.unchanged > 0 ? [words.unchanged(counts.unchanged)] : []),
    words.clients(newClients),
    words.users(newUsers),
    words.refused(counts.refused),
    ...(left > 0 ? [words.left(left)] : []),
  ];
}

/** Of an import that was done: the others are counted, not listed. */
const countedOnly: readonly ReportShow[] = ['added', 'unchanged'];

/** Which rows are listed; kinds of which there are none are not offered. */
function Shows({ desk, state: { report, show } }: Omit<ReportStepProps, 'onShowMeetings'>) {
  const { dryRun, counts } = report;
  const offered = reportShows.filter(
    (each) => each === 'all' || (counts[each] > 0 && (dryRun || !countedOnly.includes(each))),
  );
  return (
    <div role="group" aria-label={words.showLabel} className={styles.showChoice}>
      {offered.map((each) => (
        <Button
          key={each}
          size="compact-sm"
          variant={each === show ? 'filled' : 'default'}
          aria-pressed={each === show}
          onClick={() => void desk.show(each)}
        >
          {each === 'all' && !dryRun ? words.allListed : words.show(each, counts[each])}
        </Button>
      ))}
    </div>
  );
}

function DryRunButtons({ desk }: { readonly desk: ImportDesk }) {
  return (
    <div className={styles.stepButtons}>
      <Button
        size="sm"
        variant="default"
        onClick={() => {
          desk.backToMapping();
        }}
      >
        {words.back}
      </Button>
      <Button size="sm" onClick={() => void desk.start(false)}>
        {words.import}
      </Button>
    </div>
  );
}

interface DoneButtonsProps {
  readonly desk: ImportDesk;
  readonly report: ImportReport;
  readonly onShowMeetings: () => void;
}

function DoneButtons({ desk, report: { entry }, onShowMeetings }: DoneButtonsProps) {
  const [busy, setBusy] = useState(false);
  const undo = async (number: number): Promise<void> => {
    setBusy(true);
    if (await undoEntry(number)) desk.reset(words.undone);
    setBusy(false);
  };
  return (
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
        <Button size="sm" variant="default" aria-disabled={busy} onClick={() => !busy && void undo(entry)}>
          {words.undo}
        </Button>
      )}
      <Button size="sm" onClick={onShowMeetings}>
        {words.showMeetings}
      </Button>
    </div>
  );
}
