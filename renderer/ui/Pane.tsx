import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './Pane.module.css';

interface PaneProps {
  readonly label: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}

/** Beside a list: all of what is chosen in it. */
export function Pane({ label, closeLabel, onClose, title, children, footer }: PaneProps) {
  return (
    <aside
      className={styles.pane}
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <CloseButton size="sm" aria-label={closeLabel} onClick={onClose} />
      </div>
      {/* Long texts scroll, and by keyboard too. */}
      <div className={styles.body} tabIndex={0} role="group" aria-label={label}>
        {children}
      </div>
      {footer && <div className={styles.footer}>{footer}</div>}
    </aside>
  );
}
