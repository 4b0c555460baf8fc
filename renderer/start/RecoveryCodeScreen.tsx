import { text } from '../text.ts';
import { RecoveryCode } from '../ui/RecoveryCode.tsx';
import { StartScreen } from './StartScreen.tsx';
import styles from './StartScreen.module.css';

interface RecoveryCodeScreenProps {
  readonly code: string;
  readonly onProceed: () => void;
}

/** Stands between the making of a code and the office. */
export function RecoveryCodeScreen({ code, onProceed }: RecoveryCodeScreenProps) {
  return (
    <StartScreen>
      <div className={`${styles.card} ${styles.wide}`}>
        <h1 className={styles.title}>{text.office.code.title}</h1>
        <RecoveryCode code={code} onProceed={onProceed} />
      </div>
    </StartScreen>
  );
}
