import { Button } from '@mantine/core';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import { runCommand } from '../commands.ts';
import { text } from '../text.ts';
import { StartScreen } from './StartScreen.tsx';
import styles from './StartScreen.module.css';

interface TroubleProps {
  readonly trouble: NonNullable<OfficeStatus['trouble']>;
  readonly version: string;
  readonly onTryAgain: () => void;
  /** To the list of offices. */
  readonly onLeave: () => void;
}

const words = text.start.trouble;

/** Says what is wrong with the engine, and where. */
export function Trouble({ trouble, version, onTryAgain, onLeave }: TroubleProps) {
  return (
    <StartScreen footer={text.start.version(version)}>
      <div className={`${styles.card} ${styles.wide}`} role="alert">
        <h1 className={styles.title}>{words.title[trouble.reason]}</h1>
        <p className={styles.intro}>{words.sentence[trouble.reason]}</p>
        <p className={styles.facts}>
          {words.path}: <span className={styles.path}>{trouble.path}</span>
        </p>
        <details className={styles.details}>
          <summary>{words.log}</summary>
          <pre className={styles.log} tabIndex={0}>
            {trouble.log.trim() || words.noLog}
          </pre>
        </details>
        <div className={styles.buttons}>
          <Button size="sm" variant="default" onClick={onLeave}>
            {text.start.choose.switch}
          </Button>
          <Button size="sm" variant="default" onClick={() => runCommand('backups.open')}>
            {text.backups.restore}
          </Button>
          <Button size="sm" onClick={onTryAgain}>
            {text.tryAgain}
          </Button>
        </div>
      </div>
    </StartScreen>
  );
}
