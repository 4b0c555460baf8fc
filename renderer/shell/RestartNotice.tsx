import { Loader } from '@mantine/core';
import { text } from '../text.ts';
import { Delayed } from '../ui/Delayed.tsx';
import styles from './RestartNotice.module.css';

/** The engine ended and is being started again; over everything else, a form too, because that is what is waited for. */
export function RestartNotice() {
  return (
    <Delayed afterMs={400}>
      <p className={styles.notice} role="status">
        <Loader size={14} aria-hidden />
        {text.shell.restarting}
      </p>
    </Delayed>
  );
}
