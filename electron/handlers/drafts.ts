import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { keptDrafts, type Draft } from '../office/drafts.ts';
import type { Store } from '../redis/store.ts';
import type { HandlersOf } from './context.ts';
import type { Services } from './services.ts';

const answered = z.object({ answer: z.string().nullable() });

const written = z.object({ entry: z.int() });
const subject = z.object({ subject: z.string() });

/** @returns what a save was answered; null when it was not done */
const answerTo = async (writeId: string, actor: string, store: Store): Promise<string | null> =>
  answered.parse(await store.call('journal_answered', { actor, writeId })).answer;

/** What was typed into the form of a new record that an earlier save made after all belongs to that record. */
async function withItsRecord(draft: Draft, actor: string, store: Store): Promise<Draft> {
  const { recordId, earlier } = draft;
  const answer = recordId === null && earlier !== null ? await answerTo(earlier, actor, store) : null;
  if (answer === null) return draft;
  const { entry } = written.parse(JSON.parse(answer));
  try {
    return { ...draft, recordId: subject.parse(await store.call('journal_get', { actor, entry })).subject };
  } catch (error) {
    // The record is gone, or seen no more: what was typed becomes a new one.
    if (error instanceof Failure && error.code === 'NOT_FOUND') return draft;
    throw error;
  }
}

/** Whether the save that was begun with it came to its end; then it is no draft any more. */
async function wasSaved({ writeId }: Draft, actor: string, store: Store): Promise<boolean> {
  return writeId !== null && (await answerTo(writeId, actor, store)) !== null;
}

export function draftsHandlers({
  office,
  sessions,
  log,
}: Pick<Services, 'office' | 'sessions' | 'log'>): HandlersOf<'drafts'> {
  /** The window in which a form was typed into last. */
  const windows = new Map<string, number>();
  const isOpenElsewhere = (form: string, windowId: number, actor: string): boolean => {
    const there = windows.get(form);
    return there !== undefined && there !== windowId && sessions.userAt(there)?.id === actor;
  };
  return {
    keep({ draft }, { actor, windowId }) {
      // Beside an office that does not open nothing is written, not even this.
      if (office.isReadOnlyCopy) return Promise.resolve({});
      windows.set(draft.form, windowId);
      keptDrafts(office.folder, actor, log).keep({ ...draft, at: new Date().toISOString() });
      return Promise.resolve({});
    },

    forget({ form }, { actor }) {
      windows.delete(form);
      if (!office.isReadOnlyCopy) keptDrafts(office.folder, actor, log).forget(form);
      return Promise.resolve({});
    },

    async kept(_input, { actor, windowId, store }) {
      if (office.isReadOnlyCopy) return { draft: null };
      const kept = keptDrafts(office.folder, actor, log);
      for (const draft of kept.read()) {
        if (isOpenElsewhere(draft.form, windowId, actor)) continue;
        if (!(await wasSaved(draft, actor, store)))
          return { draft: await withItsRecord(draft, actor, store) };
        kept.forget(draft.form);
      }
      return { draft: null };
    },
  };
}
