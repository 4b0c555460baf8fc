import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { Dialog, DialogTrouble } from '../ui/Dialog.tsx';
import { BackupList } from './BackupList.tsx';
import { ConfirmRestore } from './ConfirmRestore.tsx';
import { NewPassphrase } from './NewPassphrase.tsx';
import { useBackups } from './useBackups.ts';

/** The backups of the office: making them, where they lie, who can read them, and the way back to one. */
export default function BackupsDialog({ onClose }: { readonly onClose: () => void }) {
  const desk = useBackups(onClose);
  const { answer, busy, failure, step } = desk;
  const trouble = failure ?? answer.error;
  return (
    <Dialog title={text.backups.title} onClose={onClose} busy={busy} size={760}>
      {!answer.data && !answer.error && <p role="status">{text.loading}</p>}
      {step.step === 'list' && answer.data && <BackupList desk={desk} answer={answer.data} />}
      {step.step === 'confirm' && <ConfirmRestore desk={desk} backup={step.backup} isFile={step.isFile} />}
      {step.step === 'passphrase' && <NewPassphrase desk={desk} />}
      {trouble && <DialogTrouble>{failureText(trouble)}</DialogTrouble>}
    </Dialog>
  );
}
