import type { OfficeStatus } from '../../electron/contract/office.ts';
import { text } from '../text.ts';
import styles from './SpaceBanner.module.css';

type Room = Pick<OfficeStatus, 'space' | 'freeBytes' | 'volume' | 'readOnly'>;

/** Says that the drive of the office is filling up, or that nothing can be saved any more. */
export function SpaceBanner({ status }: { readonly status: Room }) {
  const { space, freeBytes, volume, readOnly } = status;
  if (space === 'ample' && !readOnly) return null;
  const megabytes = Math.floor((freeBytes ?? 0) / 1024 / 1024);
  return (
    <p className={styles.banner} role={readOnly ? 'alert' : 'status'} data-full={readOnly}>
      {readOnly ? text.shell.space.none(volume, megabytes) : text.shell.space.low(volume, megabytes)}
    </p>
  );
}
