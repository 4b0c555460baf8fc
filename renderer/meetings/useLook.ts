import { useSyncExternalStore } from 'react';
import type { Look, MeetingBrowser } from './MeetingBrowser.ts';

/** One piece of how the screen is left; the component is drawn anew only when that piece changes. */
export function useLook<K extends keyof Look>(browser: MeetingBrowser, key: K): Look[K] {
  return useSyncExternalStore(browser.subscribe, () => browser.getLook()[key]);
}
