import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import { text } from '../text.ts';
import { Initial } from '../ui/Initial.tsx';
import styles from './OfficeBar.module.css';

interface OfficeBarProps {
  readonly status: OfficeStatus;
  /** Whether this user could make the recovery code that is missing. */
  readonly offersCode: boolean;
  readonly onMakeCode: () => void;
  readonly onLeaveDemo: () => void;
  /** What else there is to say, at its end. */
  readonly children?: ReactNode;
}

const words = text.shell;

/** Which office this is, above every screen: its name and its colour. */
export function OfficeBar({ status, offersCode, onMakeCode, onLeaveDemo, children }: OfficeBarProps) {
  const [isPutOff, setPutOff] = useState(false);
  const offer = text.office.offer;
  return (
    <header
      className={styles.bar}
      style={{ borderTopColor: `var(--office-${status.colour})` }}
      aria-label={words.office}
    >
      <Initial small name={status.name} colour={status.colour} />
      <span className={styles.name} title={status.name}>
        {status.name}
      </span>
      {status.demo && (
        <>
          <span className={styles.badge} title={words.demoHint}>
            {words.demo}
          </span>
          <Button size="compact-xs" variant="subtle" onClick={onLeaveDemo}>
            {words.leaveDemo}
          </Button>
        </>
      )}
      {offersCode && !isPutOff && (
        <div className={styles.offer}>
          <span className={styles.sentence}>{offer.sentence}</span>
          <Button size="compact-xs" variant="default" onClick={onMakeCode}>
            {offer.make}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => {
              setPutOff(true);
            }}
          >
            {offer.later}
          </Button>
        </div>
      )}
      {children}
    </header>
  );
}
