import { useEffect } from 'react';
import type { PagedList } from './PagedList.ts';
import { setSettled } from '../settled.ts';

/** Settled means: answered, painted, and nothing on the way. */
export function useSettled<Query, Row, Head>(list: PagedList<Query, Row, Head>): void {
  useEffect(() => {
    const look = (): void => {
      const { total, failure } = list.getState();
      setSettled(!list.isPending() && (total !== null || failure !== null));
    };
    look();
    const stop = list.subscribe(look);
    return () => {
      stop();
      setSettled(false);
    };
  }, [list]);
}
