import { Button } from '@mantine/core';
import { text } from '../text.ts';
import styles from './SpaceBanner.module.css';

const words = text.shell.readOnlyCopy;

/** Says that this is a copy to read, and leads back to the office that does not open. */
export function CopyBanner({ onClose }: { readonly onClose: () => void }) {
  return (
    <div className={`${styles.banner} ${styles.copy}`} role="status">
      <span>{words.sentence}</span>
      <Button size="compact-xs" variant="default" onClick={onClose}>
        {words.back}
      </Button>
    </div>
  );
}
