import { Button, Progress } from '@mantine/core';
import { bytesText } from '../format.ts';
import { text } from '../text.ts';
import type { ImportDesk, ImportStep } from './ImportDesk.ts';
import styles from './ImportScreen.module.css';

interface RunningStepProps {
  readonly desk: ImportDesk;
  readonly state: Extract<ImportStep, { step: 'running' }>;
}

const words = text.imports.progress;

export function RunningStep({ desk, state }: RunningStepProps) {
  const { file, progress, trouble } = state;
  return (
    <div className={styles.running}>
      <h2 className={styles.stepTitle}>{text.imports.file(file.name, bytesText(file.bytes))}</h2>
      <Progress.Root size="lg" className={styles.bar}>
        <Progress.Section value={Math.round(progress.share * 100)} aria-label={words.label} />
      </Progress.Root>
      <div className={styles.counts}>
        <span role="status">{words.states[progress.state]}</span>
        <span className={styles.numbers}>
          {words.counts(progress.rowsRead, progress.rowsAccepted, progress.rowsRefused)}
        </span>
      </div>
      <p className={styles.stepHint}>{words.nothingSeen}</p>
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
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}
