import { Loader } from '@mantine/core';
import { text } from '../text.ts';
import { Delayed } from '../ui/Delayed.tsx';
import { StartScreen } from './StartScreen.tsx';
import styles from './StartScreen.module.css';

export function Starting() {
  return (
    <Delayed>
      <StartScreen>
        <div className={styles.waiting} role="status">
          <Loader size="sm" aria-hidden />
          {text.start.starting}
        </div>
      </StartScreen>
    </Delayed>
  );
}
