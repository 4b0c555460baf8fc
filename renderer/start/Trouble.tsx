import { Button } from '@mantine/core';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import { isPlaceTrouble, placeSentence } from '../../electron/contract/places.ts';
import { runCommand } from '../commands.ts';
import { text } from '../text.ts';
import { DamageFacts } from './DamageFacts.tsx';
import { StartScreen } from './StartScreen.tsx';
import styles from './StartScreen.module.css';

interface TroubleProps {
  readonly trouble: NonNullable<OfficeStatus['trouble']>;
  readonly version: string;
  /** Tries again; with `repair` damaged data are opened without what is lost. */
  readonly onReopen: (repair: boolean) => void;
  /** To the list of offices. */
  readonly onLeave: () => void;
}

const words = text.start.trouble;

function sentenceOf({ reason, path, log, program }: TroubleProps['trouble'], version: string): string {
  if (isPlaceTrouble(reason)) return placeSentence(reason, path, log);
  return reason === 'newer' && program !== null ? words.newerThan(program, version) : words.sentence[reason];
}

/** Says what is wrong with the engine or with the place of the office, and where. */
export function Trouble({ trouble, version, onReopen, onLeave }: TroubleProps) {
  const mayRepair = trouble.damage?.mayRepair ?? false;
  return (
    <StartScreen footer={text.start.version(version)}>
      <div className={`${styles.card} ${styles.wide}`} role="alert">
        <h1 className={styles.title}>{words.title[trouble.reason]}</h1>
        <p className={styles.intro}>{sentenceOf(trouble, version)}</p>
        {trouble.damage && <DamageFacts damage={trouble.damage} />}
        <p className={styles.facts}>
          {words.path}: <span className={styles.path}>{trouble.path}</span>
        </p>
        {!isPlaceTrouble(trouble.reason) && (
          <details className={styles.details}>
            <summary>{words.log}</summary>
            <pre className={styles.log} tabIndex={0}>
              {trouble.log.trim() || words.noLog}
            </pre>
          </details>
        )}
        <div className={styles.buttons}>
          <Button size="sm" variant="default" onClick={onLeave}>
            {text.start.choose.switch}
          </Button>
          <Button size="sm" variant="default" onClick={() => runCommand('backups.open')}>
            {text.backups.restore}
          </Button>
          <Button size="sm" variant={mayRepair ? 'default' : 'filled'} onClick={() => onReopen(false)}>
            {text.tryAgain}
          </Button>
          {mayRepair && (
            <Button size="sm" onClick={() => onReopen(true)}>
              {words.repair}
            </Button>
          )}
        </div>
      </div>
    </StartScreen>
  );
}
