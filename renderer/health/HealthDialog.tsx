import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { OfficeHealth } from '../../electron/contract/health.ts';
import { runCommand } from '../commands.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { bytesText, durationInWords } from '../format.ts';
import { text } from '../text.ts';
import { Dialog, DialogTrouble } from '../ui/Dialog.tsx';
import { Facts } from '../ui/Facts.tsx';
import { useSave } from '../useSave.ts';
import styles from './HealthDialog.module.css';

const words = text.health;

interface HealthDialogProps {
  /** Opens the check of the office in place of this. */
  readonly onCheck: () => void;
  readonly onClose: () => void;
}

/** How the office and the disk under it are, and what can be done about it; for administrators. */
export default function HealthDialog({ onCheck, onClose }: HealthDialogProps) {
  // Asked each time it is opened, and again while it is looked at.
  const health = useQuery({
    ...{ queryKey: ['health'], queryFn: () => daybook.health.status() },
    ...{ gcTime: 0, refetchInterval: 5_000 },
  });
  const { busy, failure, save } = useSave();
  const [isSaved, setSaved] = useState(false);
  const act = (step: () => Promise<boolean>) => () => {
    if (busy) return;
    setSaved(false);
    save(async () => {
      setSaved(await step());
    });
  };
  const showFolder = act(() => daybook.health.showFolder().then(() => false));
  const showKept = act(() => daybook.health.showKept().then(() => false));
  const toBackups = (): void => {
    onClose();
    runCommand('backups.open');
  };
  const saveBundle = act(() => daybook.health.saveBundle().then(({ saved }) => saved));
  const trouble = failure ?? (health.data ? null : health.error);
  return (
    <Dialog title={words.title} onClose={onClose} busy={busy || health.isPending} size={620}>
      <p className={styles.sentence}>{words.intro}</p>
      {health.data && <Facts facts={factsOf(health.data, { onCheck, showFolder, showKept, toBackups })} />}
      {trouble && <DialogTrouble>{failureText(trouble)}</DialogTrouble>}
      <p className={styles.hint}>{words.saveHint}</p>
      <p role="status" className={styles.sentence}>
        {isSaved && words.saved}
      </p>
      <div className={styles.buttons}>
        <Button size="sm" variant="default" data-autofocus onClick={saveBundle} aria-disabled={busy}>
          {words.save}
        </Button>
      </div>
    </Dialog>
  );
}

interface Actions {
  readonly onCheck: () => void;
  readonly showFolder: () => void;
  readonly showKept: () => void;
  readonly toBackups: () => void;
}

const beside = (value: ReactNode, label: string, onClick: () => void): ReactNode => (
  <span className={styles.value}>
    {value}
    <Button size="compact-xs" variant="default" onClick={onClick}>
      {label}
    </Button>
  </span>
);

function lastBackupOf({ lastBackup, backupsReachable }: OfficeHealth): ReactNode {
  if (!backupsReachable) return <span className={styles.bad}>{words.unreachable}</span>;
  if (!lastBackup) return words.noBackup;
  const { at, bytes, isVerified } = lastBackup;
  return (
    <span>
      {words.backupIs(at, bytes)}
      {isVerified ? words.proved : <span className={styles.bad}>{words.damaged}</span>}
    </span>
  );
}

/** From this share of the limit on it is time to do something. */
const lowFrom = 0.9;

function memoryOf({ memoryBytes, memoryLimitBytes }: OfficeHealth): ReactNode {
  const memory = words.memoryIs(memoryBytes, memoryLimitBytes);
  if (memoryBytes < lowFrom * memoryLimitBytes) return memory;
  const isFull = memoryBytes >= memoryLimitBytes;
  return <span className={styles.bad}>{isFull ? words.memoryFull(memory) : words.memoryLow(memory)}</span>;
}

function factsOf(health: OfficeHealth, actions: Actions): [string, ReactNode][] {
  const { lastCheck, keptBytes } = health;
  const free = words.freeIs(health.freeBytes, health.volume);
  return [
    [words.engine, words.engineIs(health.engineVersion, durationInWords(health.uptimeSeconds))],
    [words.meetings, words.count(health.meetings)],
    [words.clients, words.count(health.clients)],
    [words.data, beside(bytesText(health.dataBytes), words.showFolder, actions.showFolder)],
    ...(keptBytes > 0
      ? [
          [words.kept, beside(words.keptIs(keptBytes), words.showKept, actions.showKept)] as [
            string,
            ReactNode,
          ],
        ]
      : []),
    [words.free, health.readOnly ? <span className={styles.bad}>{words.full(free)}</span> : free],
    [words.memory, memoryOf(health)],
    [
      words.check,
      beside(lastCheck ? words.checkIs(lastCheck) : words.noCheck, words.checkNow, actions.onCheck),
    ],
    [words.backup, beside(lastBackupOf(health), words.toBackups, actions.toBackups)],
  ];
}
