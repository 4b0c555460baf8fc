import { Button } from '@mantine/core';
import { useState } from 'react';
import { text } from '../text.ts';
import styles from './UpdateNotice.module.css';
import { useUpdates } from './useUpdates.ts';

const words = text.updates.notice;

/** Says calmly that a newer version is there, once a session for each; for administrators. */
export function UpdateNotice({ onOpen }: { readonly onOpen: () => void }) {
  const { data: status } = useUpdates();
  const [putOff, setPutOff] = useState('');
  const version = status?.state === 'found' ? status.found?.version : undefined;
  if (version === undefined || version === putOff) return null;
  return (
    <section className={styles.notice} aria-label={words.label}>
      <span className={styles.sentence} role="status">
        {words.sentence(version)}
      </span>
      <Button size="compact-xs" variant="default" onClick={onOpen}>
        {words.open}
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => {
          setPutOff(version);
        }}
      >
        {words.later}
      </Button>
    </section>
  );
}
