import { Modal } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import type { ReactNode } from 'react';
import styles from './Dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly busy: boolean;
  readonly size?: number;
  /** Inside a step of its own: Escape goes one step back, and does not close everything. */
  readonly onBack?: (() => void) | null;
  /** Below one another. */
  readonly children: ReactNode;
}

/** Tells of something in front of everything else, and of what can be done about it. Forms are in a `FormModal`. */
export function Dialog({ title, onClose, busy, size = 600, onBack = null, children }: DialogProps) {
  // After the kit's own listener, which would take the step after this one for the present one.
  useWindowEvent('keydown', ({ key, isComposing }) => {
    if (key === 'Escape' && !isComposing) onBack?.();
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeOnEscape={onBack === null}
      classNames={{ content: styles.content ?? '' }}
    >
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
