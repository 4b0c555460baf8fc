import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { text } from '../text.ts';
import styles from './BackupsDialog.module.css';
import type { BackupsDesk } from './useBackups.ts';

const words = text.backups.newPassphrase;
const shortest = 8;

/** Asks for a passphrase twice: a slip of a finger would lock the backups for good. */
export function NewPassphrase({ desk }: { readonly desk: BackupsDesk }) {
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<'tooShort' | 'differ' | null>(null);
  const submit = (): void => {
    const found = passphrase.length < shortest ? 'tooShort' : passphrase === again ? null : 'differ';
    setProblem(found);
    if (found === null) desk.setPassphrase(passphrase);
  };
  return (
    <form
      className={styles.parts}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3 className={styles.heading}>{words.title}</h3>
      <p className={styles.hint}>{words.hint}</p>
      <PasswordInput
        label={words.label}
        value={passphrase}
        autoFocus
        autoComplete="new-password"
        error={problem === 'tooShort' && words.tooShort}
        onChange={(event) => {
          setPassphrase(event.currentTarget.value);
        }}
      />
      <PasswordInput
        label={words.again}
        value={again}
        autoComplete="new-password"
        error={problem === 'differ' && words.differ}
        onChange={(event) => {
          setAgain(event.currentTarget.value);
        }}
      />
      <div className={styles.buttons}>
        <Button size="sm" variant="default" disabled={desk.busy} onClick={desk.toList}>
          {words.cancel}
        </Button>
        <Button size="sm" type="submit" loading={desk.busy}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
