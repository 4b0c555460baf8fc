import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './Dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly busy: boolean;
  readonly size?: number;
  /** Below one another. */
  readonly children: ReactNode;
}

/** Tells of something in front of everything else, and of what can be done about it. Forms are in a `FormModal`. */
export function Dialog({ title, onClose, busy, size = 600, children }: DialogProps) {
  return (
    <Modal opened onClose={onClose} title={title} size={size}>
      <div className={styles.parts} aria-busy={busy}>
        {children}
      </div>
    </Modal>
  );
}

/** One sentence on what went wrong. */
export const DialogTrouble = ({ children }: { readonly children: string }) => (
  <p role="alert" className={styles.trouble}>
    {children}
  </p>
);
