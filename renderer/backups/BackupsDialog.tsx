import { useRef } from 'react';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { Dialog, DialogTrouble } from '../ui/Dialog.tsx';
import { BackupList } from './BackupList.tsx';
import styles from './BackupsDialog.module.css';
import { ConfirmRestore } from './ConfirmRestore.tsx';
import { NewPassphrase } from './NewPassphrase.tsx';
import { useBackups } from './useBackups.ts';
import { useFocusBack } from './useFocusBack.ts';

/** The backups of the office: making them, where they lie, who can read them, and the way back to one. */
export default function BackupsDialog({ onClose }: { readonly onClose: () => void }) {
  const desk = useBackups(onClose);
  const list = useRef<HTMLDivElement>(null);
  const { answer, busy, failure, step } = desk;
  const error = failure ?? answer.error;
  const trouble = error && <DialogTrouble>{failureText(error)}</DialogTrouble>;
  const isInList = step.step === 'list';
  useFocusBack(list, isInList && !busy);
  return (
    <Dialog
      title={text.backups.title}
      onClose={onClose}
      busy={busy}
      size={760}
      onBack={isInList ? null : desk.toList}
    >
      {!answer.data && !answer.error && <p role="status">{text.loading}</p>}
      {answer.data && (
        // Out of sight and not away in a step: who comes back finds it as it was, down to the button.
        <div ref={list} className={styles.parts} hidden={!isInList}>
          <BackupList desk={desk} answer={answer.data} trouble={trouble} />
        </div>
      )}
      {step.step === 'confirm' && <ConfirmRestore desk={desk} backup={step.backup} isFile={step.isFile} />}
      {step.step === 'passphrase' && <NewPassphrase desk={desk} />}
      {!(answer.data && isInList) && trouble}
    </Dialog>
  );
}
