import { Loader } from '@mantine/core';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import { text } from '../text.ts';
import { Delayed } from '../ui/Delayed.tsx';
import { StartScreen } from './StartScreen.tsx';
import styles from './StartScreen.module.css';
import { Upgrading } from './Upgrading.tsx';

/** The office is being opened, and at times brought up to date before. */
export function Starting({ office }: { readonly office: OfficeStatus | undefined }) {
  if (office && office.upgrading !== null)
    return <Upgrading version={office.appVersion} share={office.upgrading} />;
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
