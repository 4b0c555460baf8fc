import { Button, PasswordInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { BackupFacts } from '../../electron/contract/backups.ts';
import { momentText } from '../format.ts';
import { text } from '../text.ts';
import styles from './BackupsDialog.module.css';
import type { BackupsDesk } from './useBackups.ts';

const words = text.backups.confirm;

interface ConfirmProps {
  readonly desk: BackupsDesk;
  readonly backup: BackupFacts;
  /** It was chosen from elsewhere, and becomes an office of its own. */
  readonly isFile: boolean;
}

/** Says what restoring does, and asks for the passphrase where there is one. */
export function ConfirmRestore({ desk, backup, isFile }: ConfirmProps) {
  const [passphrase, setPassphrase] = useState('');
  const { counts, isEncrypted } = backup;
  const isTyped = isEncrypted && isFile;
  const [field, no] = [useRef<HTMLInputElement>(null), useRef<HTMLButtonElement>(null)];
  const isRefused = desk.failure !== null && !desk.busy;
  useEffect(() => {
    if (isRefused) (field.current ?? no.current)?.focus();
  }, [isRefused, field, no]);
  return (
    <form
      className={styles.parts}
      onSubmit={(event) => {
        event.preventDefault();
        desk.restore(passphrase);
      }}
    >
      <h3 className={styles.heading}>{words.title(momentText(backup.madeAt))}</h3>
      {counts && <p className={styles.sentence}>{words.counts(counts.meetings, counts.clients)}</p>}
      <p className={styles.sentence}>{isFile ? words.beside(backup.officeName) : words.place}</p>
      {isEncrypted && (
        <PasswordInput
          label={words.passphrase}
          description={isFile ? undefined : words.ownHint}
          ref={field}
          value={passphrase}
          autoFocus={isTyped}
          autoComplete="off"
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
          }}
        />
      )}
      <p role="status" className={styles.sentence}>
        {desk.busy ? text.backups.restoring : ''}
      </p>
      <div className={styles.buttons}>
        {/* What replaces the office is not one more press of the same key away. */}
        <Button
          ref={no}
          size="sm"
          variant="default"
          disabled={desk.busy}
          autoFocus={!isTyped}
          onClick={desk.toList}
        >
          {words.no}
        </Button>
        <Button size="sm" type="submit" loading={desk.busy}>
          {words.yes}
        </Button>
      </div>
    </form>
  );
}
