import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';

/** Shows what is waiting only when the wait is long enough to notice: local work needs no spinner. */
export function Delayed({
  children,
  afterMs = 200,
}: {
  readonly children: ReactNode;
  readonly afterMs?: number;
}) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setDue(true);
    }, afterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [afterMs]);
  return due ? children : null;
}
