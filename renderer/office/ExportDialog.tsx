import { Button, Checkbox, Progress } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ExportProgress } from '../../electron/contract/export.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { Dialog, DialogTrouble } from '../ui/Dialog.tsx';
import styles from './CheckDialog.module.css';
import { useExport, type ExportDesk, type ExportState } from './useExport.ts';

const words = text.office.export;

/** Writes the office into a folder as files that are readable without the program; for administrators. */
export default function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const desk = useExport();
  const [withJournal, setWithJournal] = useState(false);
  const close = (): void => {
    desk.cancel();
    onClose();
  };
  const { state } = desk;
  return (
    <Dialog title={words.title} onClose={close} busy={state.step === 'running'}>
      <Said state={state} />
      {(state.step === 'asked' || state.step === 'failed') && (
        <Checkbox
          size="xs"
          label={words.withJournal}
          description={words.journalHint}
          checked={withJournal}
          onChange={(event) => {
            setWithJournal(event.currentTarget.checked);
          }}
        />
      )}
      <Buttons
        desk={desk}
        onRun={() => {
          desk.run(withJournal);
        }}
        onClose={close}
      />
    </Dialog>
  );
}

function Said({ state }: { readonly state: ExportState }) {
  if (state.step === 'running') return <Running progress={state.progress} />;
  if (state.step === 'over') {
    const { meetings, clients, bytes, folder } = state.report;
    return (
      <>
        <p role="status" className={styles.sentence}>
          {words.done(meetings, clients, bytes)}
        </p>
        <p className={styles.path}>{folder}</p>
      </>
    );
  }
  return (
    <>
      <p className={styles.sentence}>{words.intro}</p>
      <p className={styles.hint}>{words.care}</p>
      {state.step === 'asked' && state.wasCancelled && (
        <p role="status" className={styles.sentence}>
          {words.cancelled}
        </p>
      )}
      {state.step === 'failed' && <DialogTrouble>{failureText(state.failure)}</DialogTrouble>}
    </>
  );
}

function Running({ progress }: { readonly progress: ExportProgress | null }) {
  if (!progress)
    return (
      <p role="status" className={styles.sentence}>
        {words.choosing}
      </p>
    );
  return (
    <>
      <Progress.Root size="lg">
        <Progress.Section value={Math.round(progress.share * 100)} aria-label={words.progress} />
      </Progress.Root>
      <p role="status" className={styles.sentence}>
        {words.running[progress.part]}
      </p>
    </>
  );
}

interface ButtonsProps {
  readonly desk: ExportDesk;
  readonly onRun: () => void;
  readonly onClose: () => void;
}

function Buttons({ desk: { state, cancel, show }, onRun, onClose }: ButtonsProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that was pressed may be gone; the keyboard goes on from here.
    if (document.activeElement === document.body) first.current?.focus();
  }, [state.step]);
  if (state.step === 'running')
    return (
      <div key={state.step} className={styles.buttons}>
        <Button ref={first} size="sm" variant="default" onClick={cancel}>
          {text.cancel}
        </Button>
      </div>
    );
  if (state.step === 'over')
    return (
      <div key={state.step} className={styles.buttons}>
        <Button size="sm" variant="default" onClick={show}>
          {words.show}
        </Button>
        <Button ref={first} size="sm" onClick={onClose}>
          {text.close}
        </Button>
      </div>
    );
  return (
    <div key={state.step} className={styles.buttons}>
      <Button ref={first} size="sm" data-autofocus onClick={onRun}>
        {words.start}
      </Button>
    </div>
  );
}
