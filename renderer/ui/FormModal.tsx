import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './FormModal.module.css';

interface FormModalProps {
  readonly title: string;
  readonly submitLabel: string;
  readonly cancelLabel: string;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly busy: boolean;
  /** Typed text is not lost by a slip: once something was changed, only Cancel closes. */
  readonly changed: boolean;
  /** One sentence, when saving failed. */
  readonly failure: string;
  /** What can be done about the failure. */
  readonly remedy?: ReactNode;
  readonly size?: number;
  readonly children: ReactNode;
}

/** A form in front of everything else. What was typed stays when saving fails. */
export function FormModal(props: FormModalProps) {
  const { title, submitLabel, cancelLabel, onClose, onSubmit, busy, changed, failure, remedy, children } =
    props;
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={props.size ?? 560}
      closeOnClickOutside={!changed}
      closeOnEscape={!changed}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (busy) return;
          onSubmit();
          const form = event.currentTarget;
          // Once the messages are shown, to the first field that has one.
          setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
        }}
      >
        <div className={styles.fields}>{children}</div>
        <div className={styles.foot}>
          {failure && (
            <div role="alert" className={styles.failure}>
              <span>{failure}</span>
              {remedy}
            </div>
          )}
          <div className={styles.buttons}>
            <Button size="sm" variant="default" onClick={onClose}>
              {cancelLabel}
            </Button>
            <Button size="sm" type="submit" aria-disabled={busy}>
              {submitLabel}
            </Button>
          </div>
        </div>
      </form>
    </Modal>
  );
}
