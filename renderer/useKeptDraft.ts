import { useCallback, useEffect, useRef } from 'react';
import { daybook } from './daybook.ts';
import type { DraftNoun } from './readDraft.ts';

/** A crash costs at most so much of what was typed, however steadily it is typed. */
const keepEveryMs = 1_000;

interface FormNow {
  /** Null when nothing is to be kept. */
  readonly noun: DraftNoun | null;
  /** Of the record that is changed; null for a new one. */
  readonly recordId: string | null;
  /** Of a draft that is gone on with; undefined for a form that was begun now. */
  readonly form: string | undefined;
  /** Never a password. */
  readonly fields: object;
  /** Nothing is kept before something was typed. */
  readonly changed: boolean;
  /** Id of a save before that nobody could tell of: should it have come through, these fields belong to what it made. */
  readonly earlier: string | null;
}

/** What becomes of what is typed into a form. */
export interface KeptDraft {
  /** Keeps it as it is now, before it is saved: after a crash it is told by the id whether it was saved. Never rejects. */
  readonly keepForSave: (writeId: string) => Promise<unknown>;
  /** For a form that was saved or given up. */
  readonly forget: () => void;
}

/** Has what is typed into a form kept while the form is open and when it goes away, so that it can be offered again. */
export function useKeptDraft({ noun, recordId, form: begun, fields, changed, earlier }: FormNow): KeptDraft {
  const form = useRef(begun ?? crypto.randomUUID()).current;
  const isKept = useRef(begun !== undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const text = JSON.stringify(fields);
  const latest = useRef({ noun, recordId, earlier, text });
  latest.current = { noun, recordId, earlier, text };

  const keep = useCallback(
    (writeId: string | null): Promise<unknown> => {
      clearTimeout(timer.current);
      timer.current = undefined;
      const { noun: kind, text: typed, ...rest } = latest.current;
      if (kind === null) return Promise.resolve();
      isKept.current = true;
      // A draft that cannot be kept is no reason to disturb whoever types.
      return daybook.drafts
        .keep({ draft: { form, noun: kind, ...rest, fields: typed, writeId } })
        .catch(() => undefined);
    },
    [form],
  );
  // Begun with the first key and not with the last one: whoever types on and on has it kept, too.
  useEffect(() => {
    if (changed) timer.current ??= setTimeout(() => void keep(null), keepEveryMs);
  }, [keep, text, changed]);
  useEffect(() => {
    const keepRest = (): void => {
      if (timer.current !== undefined) void keep(null);
    };
    // Nobody waits for the answer: a window that closes, or is loaded again, goes away when this has run, and the main process
    // hears what was sent meanwhile before it hears of that. At `pagehide` it would be too late.
    window.addEventListener('beforeunload', keepRest);
    return () => {
      window.removeEventListener('beforeunload', keepRest);
      // Where another screen takes its place; once nobody is signed in any more this is refused.
      keepRest();
    };
  }, [keep]);
  return {
    keepForSave: keep,
    forget: () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      if (isKept.current) daybook.drafts.forget({ form }).catch(() => undefined);
    },
  };
}
