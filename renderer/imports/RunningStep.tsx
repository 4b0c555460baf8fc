import { Button, Progress } from '@mantine/core';
import { bytesText } from '../format.ts';
import { text } from '../text.ts';
import type { ImportDesk } from './ImportDesk.ts';
import styles from './ImportScreen.module.css';
import type { ImportStep } from './importSteps.ts';

interface RunningStepProps {
  readonly desk: ImportDesk;
  readonly state: Extract<ImportStep, { step: 'running' }>;
}

const words = text.imports.progress;

export function RunningStep({ desk, state }: RunningStepProps) {
  const { file, dryRun, progress, trouble } = state;
  const pace = paceText(state);
  return (
    <div className={styles.running}>
      <h2 className={styles.stepTitle}>{text.imports.file(file.name, bytesText(file.bytes))}</h2>
      <Progress.Root size="lg" className={styles.bar}>
        <Progress.Section value={Math.round(progress.share * 100)} aria-label={words.label} />
      </Progress.Root>
      <div className={styles.counts}>
        <span role="status">{dryRun ? words.dryRunState : words.states[progress.state]}</span>
        <span className={styles.numbers}>
          {words.counts(progress.rowsRead, progress.rowsAccepted, progress.rowsRefused)}
        </span>
      </div>
      <p className={styles.stepHint}>
        {dryRun ? words.nothingWritten : words.nothingSeen}
        {pace && ` ${pace}`}
      </p>
      {trouble && (
        <p role="alert" className={styles.trouble}>
          {trouble}
        </p>
      )}
      <div className={styles.stepButtons}>
        <Button
          size="sm"
          variant="default"
          aria-disabled={progress.state === 'finishing'}
          onClick={() => void desk.cancel()}
        >
          {dryRun ? words.cancelDryRun : words.cancel}
        </Button>
      </div>
    </div>
  );
}

/** Rows a second, and the time that is left; nothing while it is too early to say. */
function paceText({ progress, firstRows }: RunningStepProps['state']): string {
  if (!firstRows || progress.state !== 'writing') return '';
  const seconds = (progress.elapsedMs - firstRows.elapsedMs) / 1_000;
  const share = progress.share - firstRows.share;
  if (seconds < 1 || share <= 0) return '';
  const rows = progress.rowsRead - firstRows.rowsRead;
  return words.pace(Math.round(rows / seconds), Math.ceil((seconds * (1 - progress.share)) / share));
}
