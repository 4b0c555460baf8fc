import { useEffect, useRef } from 'react';
import { daybook } from './daybook.ts';
import type { DraftNoun } from './readDraft.ts';

/** A crash costs at most so much of what was typed. */
const keepAfterMs = 1_000;

/**
 * Has what is typed into a form kept while the form is open, so that it can be offered again after a crash.
 * @param changed nothing is kept before something was typed
 */
export function useKeptDraft(
  noun: DraftNoun,
  recordId: string | null,
  fields: object,
  changed: boolean,
): void {
  const text = JSON.stringify(fields);
  const isKept = useRef(false);
  useEffect(() => {
    if (!changed) return;
    const timer = setTimeout(() => {
      isKept.current = true;
      // A draft that cannot be kept is no reason to disturb whoever types.
      daybook.drafts.keep({ draft: { noun, recordId, fields: text } }).catch(() => undefined);
    }, keepAfterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [noun, recordId, text, changed]);
  // A form that is closed was saved or given up.
  useEffect(
    () => () => {
      if (isKept.current) daybook.drafts.keep({ draft: null }).catch(() => undefined);
    },
    [],
  );
}
