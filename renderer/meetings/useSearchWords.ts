import { useMemo, useSyncExternalStore } from 'react';
import { searchWords } from '../../electron/text/words.ts';
import type { MeetingBrowser } from './MeetingBrowser.ts';

/** The words that the shown rows were found by, folded: not those typed since. */
export function useSearchWords(browser: MeetingBrowser): readonly string[] {
  const typed = useSyncExternalStore(browser.list.subscribe, () => browser.list.getState().query.text);
  return useMemo(() => searchWords(typed), [typed]);
}
