import { keptDraft } from '../office/drafts.ts';
import type { HandlersOf } from './context.ts';
import type { Services } from './services.ts';

export const draftsHandlers = ({ office, log }: Pick<Services, 'office' | 'log'>): HandlersOf<'drafts'> => ({
  keep({ draft }, { actor }) {
    // Beside an office that does not open nothing is written, not even this.
    if (office.isReadOnlyCopy) return Promise.resolve({});
    const kept = keptDraft(office.folder, actor, log);
    if (draft) kept.write({ ...draft, at: new Date().toISOString() });
    else kept.forget();
    return Promise.resolve({});
  },
  kept: (_, { actor }) =>
    Promise.resolve({ draft: office.isReadOnlyCopy ? null : keptDraft(office.folder, actor, log).read() }),
});
