import { useEffect, useRef } from 'react';
import { daybook } from './daybook.ts';
import type { DraftNoun } from './readDraft.ts';

/** A crash costs at most so much of what was typed. */
const keepAfterMs = 1_000;

interface FormNow {
  readonly noun: DraftNoun;
  /** Of the record that is changed; null for a new one. */
  readonly recordId: string | null;
  readonly fields: object;
  /** Nothing is kept before something was typed. */
  readonly changed: boolean;
  /** Whether what it began with was kept before, so that there is something to forget when it is closed. */
  readonly wasKept: boolean;
}

/** Has what is typed into a form kept while the form is open, so that it can be offered again after a crash. */
export function useKeptDraft({ noun, recordId, fields, changed, wasKept }: FormNow): void {
  const text = JSON.stringify(fields);
  const isKept = useRef(wasKept);
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
