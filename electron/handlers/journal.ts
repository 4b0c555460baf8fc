import type { JournalEntry } from '../contract/journal.ts';
import type { MeetingFields } from '../contract/meetings.ts';
import { settleImport } from '../imports/store/settleImport.ts';
import { TamperedSegment } from '../journal/segments.ts';
import type { Store } from '../redis/store.ts';
import { fold } from '../text/fold.ts';
import { wordChange, words } from '../text/words.ts';
import type { HandlersOf } from './context.ts';
import { meetingWords } from './meetingWords.ts';

/** An entry as the store and the sealed files keep it: who did it by id, and the client it concerns. */
export interface RawEntry extends Omit<JournalEntry, 'by' | 'undoneBy'> {
  by: string;
  client: string | null;
}

/** Entries that have left the store for sealed files. */
export interface JournalArchive {
  /** @returns entries with smaller numbers, latest first, at most `limit` @throws TamperedSegment when the next one cannot be shown */
  older(before: number, limit: number): Promise<RawEntry[]>;
}

interface Listed {
  entries: RawEntry[];
  names: string[];
  undoneBy: number[];
  oldest: number | null;
  /** See the contract; the store never says so. */
  isDamaged?: boolean;
}

const shown = (listed: Listed): JournalEntry[] =>
  listed.entries.map((entry, at) => ({
    ...entry,
    by: { id: entry.by, name: listed.names[at]! },
    undoneBy: listed.undoneBy[at]! || null,
  }));

/** Entries looked at for each one that may be shown, before the next page is asked for. */
const lookAhead = 10;

/** One page from the store, and when that holds nothing older, from the archive. */
async function listPage(
  store: Store,
  archive: JournalArchive,
  actor: string,
  before: number | undefined,
  limit: number,
): Promise<Listed> {
  const listed = (await store.call('journal_list', { actor, limit, ...(before && { before }) })) as Listed;
  if (listed.oldest !== null || before === undefined || before <= 1) return listed;
  try {
    const archived = await archive.older(before, limit * lookAhead);
    if (archived.length === 0) return listed;
    return (await store.call('journal_list', { actor, limit, archived })) as Listed;
  } catch (error) {
    if (error instanceof TamperedSegment) return { ...listed, isDamaged: true };
    throw error;
  }
}

type NamedRecord = { name: string };

/**
 * Words the index loses and gains when an entry is taken back. Lua cannot fold, so they are worked out here; they fit
 * the versions the entry names, which the undo itself checks.
 */
function undoWords(entry: RawEntry): { remove: string[]; add: string[] } {
  if (entry.noun === 'meeting') {
    const [before, after] = [entry.before, entry.after] as (MeetingFields | null)[];
    if (entry.action === 'create') return { remove: meetingWords(after!), add: [] };
    if (entry.action === 'delete') return { remove: [], add: meetingWords(before!) };
    return wordChange(meetingWords(after!), meetingWords(before!));
  }
  if (entry.noun === 'client' && entry.action === 'update') {
    return {
      remove: words((entry.after as NamedRecord).name),
      add: words((entry.before as NamedRecord).name),
    };
  }
  return { remove: [], add: [] };
}

const undoTagFolds = (entry: RawEntry): string[] =>
  entry.noun === 'meeting' && entry.before ? Array.from((entry.before as MeetingFields).tags).map(fold) : [];

export const journalHandlers = (archive: JournalArchive): HandlersOf<'journal'> => ({
  async list({ before, limit }, { store, actor }) {
    const listed = await listPage(store, archive, actor, before, limit);
    return {
      entries: shown(listed),
      before: listed.oldest !== null && listed.oldest > 1 ? listed.oldest : null,
      isDamaged: listed.isDamaged ?? false,
    };
  },

  async undo({ writeId, entry: number }, { store, actor }) {
    const entry = (await store.call('journal_get', { actor, entry: number })) as RawEntry;
    const request = { actor, writeId, entry: number, words: undoWords(entry), tagFolds: undoTagFolds(entry) };
    const undone = (await store.call('journal_undo', request)) as { entry: number };
    if (entry.noun === 'import') await settleImport(store, entry.subject);
    return { entry: undone.entry };
  },
});
