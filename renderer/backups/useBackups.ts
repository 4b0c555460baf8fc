import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { BackupFacts } from '../../electron/contract/backups.ts';
import { runCommand } from '../commands.ts';
import { daybook } from '../daybook.ts';
import { momentText } from '../format.ts';
import { askAgain } from '../queries.ts';
import { text } from '../text.ts';
import { say } from '../undo.tsx';
import { useSave } from '../useSave.ts';

/** What the dialog is about at the moment. */
export type BackupsStep =
  | { readonly step: 'list' }
  | { readonly step: 'passphrase' }
  | { readonly step: 'confirm'; readonly backup: BackupFacts; readonly isFile: boolean };

/** Nobody is signed in any more, so that this is all that tells of it. */
async function sayRestored(madeAt: string): Promise<void> {
  const sentence = text.backups.restored(momentText(madeAt));
  // It is in its place in any case; whether it opens is told by the screen.
  const { state } = await daybook.office.status();
  if (state === 'ready') say(sentence, { stays: true });
}

const again = (): Promise<void> => askAgain({ queryKey: ['backups'] });

/** The backups of the office, and what can be done with them. */
export function useBackups(onClose: () => void) {
  const answer = useQuery({ queryKey: ['backups'], queryFn: () => daybook.backups.list() });
  const { busy, failure, save } = useSave();
  /** In which step something was tried last: what went wrong there is not told in another. */
  const [triedIn, setTriedIn] = useState<BackupsStep | null>(null);
  const [step, setStep] = useState<BackupsStep>({ step: 'list' });
  const [made, setMade] = useState<BackupFacts | null>(null);
  useEffect(() => daybook.on('backupsStatus', () => void again()), []);
  // Another time the answer may be about another office, or none.
  useEffect(() => void again(), []);
  const run = (work: () => Promise<unknown>): void => {
    if (busy) return;
    setMade(null);
    setTriedIn(step);
    save(async () => {
      await work();
      await again();
    });
  };
  const toList = (): void => {
    if (busy) return;
    setStep({ step: 'list' });
  };
  return {
    ...{ answer, busy, step, made, toList },
    failure: triedIn === step ? failure : null,
    toPassphrase: (): void => {
      setStep({ step: 'passphrase' });
    },
    toRestore: (backup: BackupFacts): void => {
      setStep({ step: 'confirm', backup, isFile: false });
    },
    toExport: (): void => {
      onClose();
      runCommand('office.export');
    },
    create: (): void => {
      run(async () => {
        const { backup } = await daybook.backups.create();
        setMade(backup);
      });
    },
    chooseFolder: (): void => {
      run(() => daybook.backups.chooseFolder());
    },
    chooseFile: (): void => {
      run(async () => {
        const { backup } = await daybook.backups.chooseFile();
        if (backup) setStep({ step: 'confirm', backup, isFile: true });
      });
    },
    setPassphrase: (passphrase: string): void => {
      run(async () => {
        await daybook.backups.setPassphrase({ passphrase });
        setStep({ step: 'list' });
      });
    },
    clearPassphrase: (): void => {
      run(() => daybook.backups.clearPassphrase());
    },
    restore: (passphrase: string): void => {
      if (step.step !== 'confirm') return;
      const { madeAt } = step.backup;
      const input = { id: step.backup.id, ...(passphrase === '' ? {} : { passphrase }) };
      setTriedIn(step);
      save(async () => {
        await (step.isFile ? daybook.backups.restoreFile(input) : daybook.backups.restore(input));
        await askAgain({ queryKey: ['office'] });
        onClose();
        await sayRestored(madeAt);
      });
    },
  };
}
export type BackupsDesk = ReturnType<typeof useBackups>;
