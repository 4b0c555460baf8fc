import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './BarNotice.module.css';

interface BarNoticeProps {
  /** Names it for whoever does not see it. */
  readonly label: string;
  readonly sentence: string;
  /** Something has to be done about it. */
  readonly isTrouble?: boolean;
  /** `BarAction`s. */
  readonly children: ReactNode;
}

/** One sentence in the bar above every screen, and what can be done about it. */
export function BarNotice({ label, sentence, isTrouble = false, children }: BarNoticeProps) {
  return (
    <section className={styles.notice} data-trouble={isTrouble} aria-label={label}>
      <span className={styles.sentence} role={isTrouble ? 'alert' : 'status'}>
        {sentence}
      </span>
      {children}
    </section>
  );
}

interface BarActionProps {
  readonly onClick: () => void;
  /** Leads away from what is said. */
  readonly isLesser?: boolean;
  readonly children: string;
}

export const BarAction = ({ onClick, isLesser = false, children }: BarActionProps) => (
  <Button size="compact-xs" variant={isLesser ? 'subtle' : 'default'} onClick={onClick}>
    {children}
  </Button>
);
