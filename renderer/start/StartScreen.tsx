import type { ReactNode } from 'react';
import { text } from '../text.ts';
import styles from './StartScreen.module.css';

/** The ground on which everything before the sign-in stands. */
export function StartScreen({
  children,
  footer,
}: {
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}) {
  return (
    <main className={styles.screen}>
      <div className={styles.brand}>
        <Mark />
        <span className={styles.name}>{text.product}</span>
      </div>
      {children}
      {footer && <p className={styles.footer}>{footer}</p>}
    </main>
  );
}

/** An open book with one line marked. */
function Mark() {
  return (
    <svg width="34" height="34" viewBox="0 0 34 34" aria-hidden className={styles.mark}>
      <rect x="3" y="4" width="28" height="26" rx="6" fill="currentColor" />
      <path d="M9 11h16M9 17h16M9 23h9" stroke="var(--ground)" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="24" cy="23" r="2.2" fill="var(--ground)" />
    </svg>
  );
}
