import { useEffect, useRef, type RefObject } from 'react';

/**
 * Remembers what in a part of the window had the focus last, and gives it back when the part is at rest again: what is
 * disabled or out of sight meanwhile loses it.
 */
export function useFocusBack(part: RefObject<HTMLElement | null>, isAtRest: boolean): void {
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement && part.current?.contains(target)) last.current = target;
    };
    document.addEventListener('focusin', note);
    return () => {
      document.removeEventListener('focusin', note);
    };
  }, [part]);
  useEffect(() => {
    if (!isAtRest || last.current === null) return;
    // Wherever somebody went meanwhile, there they stay.
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const { current } = last;
    // A button that did its work may be gone.
    const next = current.isConnected ? current : part.current?.querySelector<HTMLElement>('[data-autofocus]');
    next?.focus();
  }, [part, isAtRest]);
}
