import { Progress } from '@mantine/core';
import { text } from '../text.ts';
import { StartScreen } from './StartScreen.tsx';
import styles from './StartScreen.module.css';

interface UpgradingProps {
  readonly version: string;
  /** What is done, 0 to 1. */
  readonly share: number;
}

const words = text.start.upgrading;

/** Data of an older version are being brought up to date. */
export function Upgrading({ version, share }: UpgradingProps) {
  const percent = Math.floor(share * 100);
  return (
    <StartScreen footer={text.start.version(version)}>
      <div className={styles.card}>
        <h1 className={styles.title}>{words.title}</h1>
        <p className={styles.intro}>{words.intro}</p>
        <div className={styles.form}>
          <Progress.Root size="lg">
            <Progress.Section value={percent} aria-label={words.title} />
          </Progress.Root>
          <p className={styles.intro}>{words.done(percent)}</p>
        </div>
      </div>
    </StartScreen>
  );
}
