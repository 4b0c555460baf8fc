import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { runCommand } from '../commands.ts';
import { daybook } from '../daybook.ts';
import { askAgain } from '../queries.ts';
import { text } from '../text.ts';
import styles from './BackupsNotice.module.css';

const words = text.backups.notice;
const queryKey = ['backups', 'status'];

/** Says that nothing is backed up until an administrator answers. It does not go away before that. */
export function BackupsNotice() {
  const { data: status } = useQuery({ queryKey, queryFn: () => daybook.backups.status() });
  useEffect(() => daybook.on('backupsStatus', () => void askAgain({ queryKey })), []);
  if (status?.settingsLost !== true) return null;
  return (
    <section className={styles.notice} aria-label={words.label}>
      <span className={styles.sentence} role="alert">
        {words.sentence}
      </span>
      <Button size="compact-xs" variant="default" onClick={() => runCommand('backups.open')}>
        {words.open}
      </Button>
    </section>
  );
}
