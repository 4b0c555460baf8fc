import { useEffect, useState, useSyncExternalStore } from 'react';
import type { PagedList, PagedListState } from './PagedList.ts';

export function usePagedList<Query, Row, Head>(
  list: PagedList<Query, Row, Head>,
): PagedListState<Query, Row, Head> {
  return useSyncExternalStore(list.subscribe, list.getState);
}

/** One part of it; the component is drawn anew only when that part changes. */
export function usePagedPart<Query, Row, Head, K extends keyof PagedListState<Query, Row, Head>>(
  list: PagedList<Query, Row, Head>,
  part: K,
): PagedListState<Query, Row, Head>[K] {
  return useSyncExternalStore(list.subscribe, () => list.getState()[part]);
}

/** True when an answer has been awaited long enough for a person to notice. */
export function useSlow<Query, Row, Head>(list: PagedList<Query, Row, Head>, afterMs = 200): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      if (!list.isPending()) {
        clearTimeout(timer);
        timer = undefined;
        setSlow(false);
      } else {
        timer ??= setTimeout(() => {
          setSlow(true);
        }, afterMs);
      }
    };
    look();
    const stop = list.subscribe(look);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [list, afterMs]);
  return slow;
}
