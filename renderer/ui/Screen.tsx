import type { ReactNode } from 'react';
import styles from './Screen.module.css';

interface ScreenProps {
  readonly title: string;
  /** Beside the title: search, totals. */
  readonly tools?: ReactNode;
  /** At the far end: what can be done here. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One screen of the program: its heading, its tools, and what fills the rest. */
export function Screen({ title, tools, actions, children }: ScreenProps) {
  return (
    <main className={styles.screen}>
      <header className={styles.header}>
        <h1 className={styles.title}>{title}</h1>
        <div className={styles.tools}>{tools}</div>
        <div className={styles.actions}>{actions}</div>
      </header>
      {children}
    </main>
  );
}
