import type { ReactNode } from 'react';
import styles from './Notice.module.css';

interface NoticeProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Trouble is read out at once. */
  readonly trouble?: boolean;
}

/** What stands in place of content: nothing yet, nothing found, not allowed, or trouble. */
export function Notice({ icon, title, children, actions, trouble = false }: NoticeProps) {
  return (
    <div className={styles.notice} data-trouble={trouble} role={trouble ? 'alert' : undefined}>
      {icon && (
        <div className={styles.icon} aria-hidden>
          {icon}
        </div>
      )}
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.hint}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
