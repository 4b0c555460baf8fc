import { usePagedPart, useSlow } from '../list/usePagedList.ts';
import { text } from '../text.ts';
import type { MeetingBrowser } from './MeetingBrowser.ts';
import styles from './MeetingsScreen.module.css';

export function Total({ browser }: { readonly browser: MeetingBrowser }) {
  const total = usePagedPart(browser.list, 'total');
  const failure = usePagedPart(browser.list, 'failure');
  const slow = useSlow(browser.list);
  return (
    <div role="status" className={styles.total} data-slow={slow}>
      {total === null || failure ? '' : text.meetings.total(total)}
    </div>
  );
}
