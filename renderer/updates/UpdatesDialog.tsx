import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { updateTroubleSentence } from '../../electron/contract/updateTrouble.ts';
import type { InstallAnswer, UpdatesStatus } from '../../electron/contract/updates.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { momentText } from '../format.ts';
import { askAgain } from '../queries.ts';
import { text } from '../text.ts';
import { Dialog, DialogTrouble } from '../ui/Dialog.tsx';
import { Facts } from '../ui/Facts.tsx';
import { useSave } from '../useSave.ts';
import { FoundUpdate } from './FoundUpdate.tsx';
import { UpdateOutcome } from './UpdateOutcome.tsx';
import styles from './UpdatesDialog.module.css';
import { useUpdates } from './useUpdates.ts';

const words = text.updates;

/** Where this computer looks for newer versions, what it found there, and the way to install it. */
export default function UpdatesDialog({ onClose }: { readonly onClose: () => void }) {
  const { data: status, error } = useUpdates();
  const { busy, failure, save } = useSave();
  const [outcome, setOutcome] = useState<InstallAnswer | null>(null);
  const run = (step: () => Promise<unknown>) => () => {
    if (busy) return;
    save(async () => {
      await step();
      await askAgain({ queryKey: ['updates'] });
    });
  };
  const install = (version: string) =>
    run(async () => {
      setOutcome(await daybook.updates.install({ version }));
    });
  const trouble = failure ?? error;
  return (
    <Dialog title={words.title} onClose={onClose} busy={busy}>
      {!status && !error && <p role="status">{text.loading}</p>}
      {status && !outcome && <Setting status={status} busy={busy} run={run} onInstall={install} />}
      {outcome && <UpdateOutcome outcome={outcome} />}
      {trouble && <DialogTrouble>{failureText(trouble)}</DialogTrouble>}
    </Dialog>
  );
}

interface SettingProps {
  readonly status: UpdatesStatus;
  readonly busy: boolean;
  readonly run: (step: () => Promise<unknown>) => () => void;
  readonly onInstall: (version: string) => () => void;
}

function Setting({ status, busy, run, onInstall }: SettingProps) {
  const { state, found } = status;
  const isOff = state === 'off';
  return (
    <>
      <State status={status} />
      {found && (
        <FoundUpdate
          found={found}
          busy={busy || state === 'installing'}
          onInstall={onInstall(found.version)}
        />
      )}
      {isOff ? <p className={styles.hint}>{words.offHint}</p> : <FolderFacts status={status} />}
      <p className={styles.hint}>{words.computerHint}</p>
      {state !== 'installing' && <Buttons isOff={isOff} run={run} />}
    </>
  );
}

/** The way to a folder is the same button before and after, so that the keyboard stays where it was. */
function Buttons({ isOff, run }: Pick<SettingProps, 'run'> & { readonly isOff: boolean }) {
  const folderRef = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that was pressed may be gone.
    if (document.activeElement === document.body) folderRef.current?.focus();
  }, [isOff]);
  return (
    <div className={styles.buttons}>
      {!isOff && (
        <Button size="sm" variant="subtle" onClick={run(() => daybook.updates.turnOff())}>
          {words.turnOff}
        </Button>
      )}
      {!isOff && (
        <Button size="sm" variant="default" onClick={run(() => daybook.updates.check())}>
          {words.check}
        </Button>
      )}
      <Button
        ref={folderRef}
        size="sm"
        variant={isOff ? 'filled' : 'default'}
        data-autofocus={isOff || undefined}
        onClick={run(() => daybook.updates.chooseFolder())}
      >
        {isOff ? words.choose : words.other}
      </Button>
    </div>
  );
}

/** One sentence; trouble is read out at once. */
function State({ status }: { readonly status: UpdatesStatus }) {
  const { state, trouble, appVersion } = status;
  if (state === 'trouble' && trouble) {
    return <DialogTrouble>{updateTroubleSentence(trouble)}</DialogTrouble>;
  }
  const sentences = {
    off: words.off,
    looking: words.looking,
    nothing: words.nothing(appVersion),
    installing: words.installing,
  };
  const sentence = state in sentences ? sentences[state as keyof typeof sentences] : '';
  return (
    <p role="status" className={styles.state}>
      {sentence}
    </p>
  );
}

function FolderFacts({
  status: { folder, lookedAt, proof, appVersion },
}: {
  readonly status: UpdatesStatus;
}) {
  return (
    <Facts
      facts={[
        [words.folder, <span className={styles.path}>{folder}</span>],
        [words.lookedAt, lookedAt === null ? words.notYet : momentText(lookedAt)],
        [words.running, appVersion],
        [words.proof, words.proofs[proof]],
      ]}
    />
  );
}
