import type { InstallAnswer } from '../../electron/contract/updates.ts';
import { text } from '../text.ts';
import { Facts } from '../ui/Facts.tsx';
import styles from './UpdatesDialog.module.css';

const words = text.updates;

/** The button that was pressed is gone; the keyboard goes on from here. */
const takeFocus = (sentence: HTMLParagraphElement | null): void => {
  sentence?.focus();
};

/** Where the package went, and where the backup is. */
export function UpdateOutcome({
  outcome: { handedTo, packagePath, backup },
}: {
  readonly outcome: InstallAnswer;
}) {
  return (
    <>
      <p role="status" ref={takeFocus} tabIndex={-1} className={styles.state}>
        {handedTo === 'installer' ? words.opened : words.shown}
      </p>
      <Facts
        facts={[
          [words.package, <span className={styles.path}>{packagePath}</span>],
          [words.backup, <span className={styles.path}>{backup}</span>],
        ]}
      />
      <p className={styles.hint}>{words.backupHint}</p>
    </>
  );
}
