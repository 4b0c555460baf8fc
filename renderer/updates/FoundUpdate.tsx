import { Button } from '@mantine/core';
import { IconPackage } from '@tabler/icons-react';
import type { UpdatesStatus } from '../../electron/contract/updates.ts';
import { bytesText } from '../format.ts';
import { text } from '../text.ts';
import styles from './UpdatesDialog.module.css';

interface FoundUpdateProps {
  readonly found: NonNullable<UpdatesStatus['found']>;
  readonly busy: boolean;
  readonly onInstall: () => void;
}

const words = text.updates;

/** A newer version that was checked, what saying yes leads to, and the yes. */
export function FoundUpdate({ found, busy, onInstall }: FoundUpdateProps) {
  const { version, file, bytes, handOver } = found;
  return (
    <section className={styles.found} aria-label={words.found(version)}>
      <h3 className={styles.title}>
        <IconPackage size={18} stroke={1.7} aria-hidden />
        {words.found(version)}
      </h3>
      <p className={styles.hint}>{words.foundHint(file, bytesText(bytes))}</p>
      <p className={styles.stepsTitle}>{words.steps}</p>
      <ol className={styles.steps}>
        <li>{words.backUpStep}</li>
        <li>{handOver === 'installer' ? words.installer : words.byHand}</li>
      </ol>
      {handOver === 'installer' && <p className={styles.hint}>{words.later}</p>}
      <Button size="sm" className={styles.yes} aria-disabled={busy} onClick={busy ? undefined : onInstall}>
        {handOver === 'installer' ? words.install : words.show}
      </Button>
    </section>
  );
}
