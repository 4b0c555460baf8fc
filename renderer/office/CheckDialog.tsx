import { Button, Progress } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { CheckReport } from '../../electron/contract/check.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { Dialog, DialogTrouble } from '../ui/Dialog.tsx';
import styles from './CheckDialog.module.css';
import { useCheck, type CheckState } from './useCheck.ts';

const words = text.office.check;

interface CheckDialogProps {
  /** Not in a copy to read. */
  readonly mayRepair: boolean;
  readonly onClose: () => void;
}

/** Compares the records with everything worked out from them, and repairs what differs; for administrators. */
export default function CheckDialog({ mayRepair, onClose }: CheckDialogProps) {
  const { state, run, cancel } = useCheck();
  const close = (): void => {
    cancel();
    onClose();
  };
  return (
    <Dialog title={words.title} onClose={close} busy={state.step === 'running'}>
      <Said state={state} mayRepair={mayRepair} />
      <Buttons state={state} mayRepair={mayRepair} run={run} cancel={cancel} />
    </Dialog>
  );
}

interface SaidProps {
  readonly state: CheckState;
  readonly mayRepair: boolean;
}

function Said({ state, mayRepair }: SaidProps) {
  if (state.step === 'asked') return <p className={styles.sentence}>{words.intro}</p>;
  if (state.step === 'running') return <Running state={state} />;
  if (state.step === 'over') return <Report report={state.report} mayRepair={mayRepair} />;
  return <DialogTrouble>{failureText(state.failure)}</DialogTrouble>;
}

function Running({ state: { repair, progress } }: { state: Extract<CheckState, { step: 'running' }> }) {
  const sentence = repair ? words.repairing : words.running;
  return (
    <>
      <Progress.Root size="lg">
        <Progress.Section value={Math.round(progress.share * 100)} aria-label={words.progress} />
      </Progress.Root>
      <p role="status" className={styles.sentence}>
        {sentence(progress.meetings)}
      </p>
    </>
  );
}

const hasRepairs = ({ differences, repaired }: CheckReport): boolean =>
  !repaired && differences.some(({ canBeRepaired }) => canBeRepaired);

function verdictOf({ state, repaired, differences, meetings, clients, elapsedMs }: CheckReport): string {
  if (state === 'cancelled') return repaired ? words.cancelledRepair : words.cancelled;
  if (differences.length === 0)
    return words.agrees(meetings, clients, Math.max(1, Math.round(elapsedMs / 1_000)));
  return repaired && differences.some(({ canBeRepaired }) => canBeRepaired) ? words.repaired : words.differs;
}

function Report({ report, mayRepair }: { readonly report: CheckReport; readonly mayRepair: boolean }) {
  const { differences } = report;
  return (
    <>
      <p role="status" className={styles.sentence}>
        {verdictOf(report)}
      </p>
      {differences.length > 0 && (
        <>
          <ul className={styles.differences}>
            {differences.map(({ index, what, sentence }) => (
              <li key={`${index} ${what}`}>{sentence}</li>
            ))}
          </ul>
          {hasRepairs(report) && (
            <p className={styles.hint}>{mayRepair ? words.harmless : words.notInCopy}</p>
          )}
          <details className={styles.details}>
            <summary>{words.forSupport}</summary>
            <ul>
              {differences.map(({ index, what, examples }) => (
                <li key={`${index} ${what}`}>{words.examples(index, examples)}</li>
              ))}
            </ul>
          </details>
        </>
      )}
    </>
  );
}

interface ButtonsProps extends SaidProps {
  readonly run: (repair: boolean) => void;
  readonly cancel: () => void;
}

function Buttons({ state, mayRepair, run, cancel }: ButtonsProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that was pressed may be gone; the keyboard goes on from here.
    if (document.activeElement === document.body) first.current?.focus();
  }, [state.step]);
  if (state.step === 'running') {
    return (
      <div className={styles.buttons}>
        <Button ref={first} size="sm" variant="default" onClick={cancel}>
          {words.cancel}
        </Button>
      </div>
    );
  }
  const repairs = mayRepair && state.step === 'over' && hasRepairs(state.report);
  return (
    <div className={styles.buttons}>
      <Button
        ref={first}
        size="sm"
        data-autofocus
        variant={state.step === 'asked' ? 'filled' : 'default'}
        onClick={() => {
          run(false);
        }}
      >
        {state.step === 'asked' ? words.start : words.again}
      </Button>
      {repairs && (
        <Button
          size="sm"
          onClick={() => {
            run(true);
          }}
        >
          {words.repair}
        </Button>
      )}
    </div>
  );
}
