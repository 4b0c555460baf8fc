import { z } from 'zod';
import { keptDrafts, type Draft } from '../office/drafts.ts';
import type { Store } from '../redis/store.ts';
import type { HandlersOf } from './context.ts';
import type { Services } from './services.ts';

const answered = z.object({ answer: z.string().nullable() });

/** Whether the save that was begun with it came to its end; then it is no draft any more. */
async function wasSaved({ writeId }: Draft, actor: string, store: Store): Promise<boolean> {
  if (writeId === null) return false;
  return answered.parse(await store.call('journal_answered', { actor, writeId })).answer !== null;
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
        if (!(await wasSaved(draft, actor, store))) return { draft };
        kept.forget(draft.form);
      }
      return { draft: null };
    },
  };
}
