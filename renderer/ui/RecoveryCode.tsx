import { Button, Checkbox } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { text } from '../text.ts';
import styles from './RecoveryCode.module.css';

interface RecoveryCodeProps {
  readonly code: string;
  /** Only once the person says that it is written down. */
  readonly onProceed: () => void;
}

const words = text.office.code;

/** A code that is shown this once, in groups that can be read out. */
export function RecoveryCode({ code, onProceed }: RecoveryCodeProps) {
  const [isWritten, setWritten] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const codeRef = useRef<HTMLElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(code);
      setCopied(true);
    } catch {
      // It can still be copied by hand.
      if (codeRef.current) window.getSelection()?.selectAllChildren(codeRef.current);
    }
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWritten) onProceed();
      }}
    >
      <p className={styles.intro}>{words.intro}</p>
      <div className={styles.box}>
        <code ref={codeRef} className={styles.code} aria-label={words.label}>
          {code.split('-').map((group, at) => (
            // Groups may be alike; their place is what they are.
            <span key={at} className={styles.group}>
              {at > 0 && <span className={styles.hyphen}>-</span>}
              {group}
            </span>
          ))}
        </code>
        <Button
          variant="default"
          leftSection={isCopied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={() => void copy()}
        >
          {isCopied ? words.copied : words.copy}
        </Button>
      </div>
      <Checkbox
        label={words.written}
        checked={isWritten}
        onChange={(event) => {
          setWritten(event.currentTarget.checked);
        }}
      />
      <div className={styles.buttons}>
        <Button size="sm" type="submit" disabled={!isWritten}>
          {words.proceed}
        </Button>
      </div>
    </form>
  );
}
