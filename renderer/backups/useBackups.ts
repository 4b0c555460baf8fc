import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { BackupFacts } from '../../electron/contract/backups.ts';
import { runCommand } from '../commands.ts';
import { daybook } from '../daybook.ts';
import { askAgain } from '../queries.ts';
import { useSave } from '../useSave.ts';

/** What the dialog is about at the moment. */
export type BackupsStep =
  | { readonly step: 'list' }
  | { readonly step: 'passphrase' }
  | { readonly step: 'confirm'; readonly backup: BackupFacts; readonly isFile: boolean };

const again = (): Promise<void> => askAgain({ queryKey: ['backups'] });

/** The backups of the office, and what can be done with them. */
export function useBackups(onClose: () => void) {
  const answer = useQuery({ queryKey: ['backups'], queryFn: () => daybook.backups.list() });
  const { busy, failure, save } = useSave();
  const [step, setStep] = useState<BackupsStep>({ step: 'list' });
  const [made, setMade] = useState<BackupFacts | null>(null);
  useEffect(() => daybook.on('backupsStatus', () => void again()), []);
  // Another time the answer may be about another office, or none.
  useEffect(() => void again(), []);
  const run = (work: () => Promise<unknown>): void => {
    if (busy) return;
    setMade(null);
    save(async () => {
      await work();
      await again();
    });
  };
  const toList = (): void => {
    setStep({ step: 'list' });
  };
  return {
    ...{ answer, busy, failure, step, made, toList },
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
        toList();
      });
    },
    clearPassphrase: (): void => {
      run(() => daybook.backups.clearPassphrase());
    },
    restore: (passphrase: string): void => {
      if (step.step !== 'confirm') return;
      const input = { id: step.backup.id, ...(passphrase === '' ? {} : { passphrase }) };
      save(async () => {
        await (step.isFile ? daybook.backups.restoreFile(input) : daybook.backups.restore(input));
        await askAgain({ queryKey: ['office'] });
        onClose();
      });
    },
  };
}
export type BackupsDesk = ReturnType<typeof useBackups>;
