import type { Store } from '../redis/store.ts';
import { meetingWords } from './meetingWords.ts';

/** What words are made of. */
interface MeetingText {
  readonly title: string;
  readonly details: string;
}

/** Meetings of a store that are remembered: those that lie open, and those just changed. */
const most = 500;

const remembered = new WeakMap<Store, Map<string, MeetingText & { readonly version: number }>>();

/** Remembers what a meeting says, because whoever changes or deletes it next has to name the words it is found by. */
export function rememberText(
  store: Store,
  { id, version, title, details }: MeetingText & { readonly id: string; readonly version: number },
): void {
  const texts = remembered.get(store) ?? new Map<string, MeetingText & { readonly version: number }>();
  remembered.set(store, texts);
  texts.delete(id);
  texts.set(id, { version, title, details });
  if (texts.size > most) texts.delete(texts.keys().next().value!);
}

/**
 * A version never changes what it says, and the store refuses one that is not the meeting's any more.
 * @returns words of that version, or null when it is not remembered
 */
export function recentWords(store: Store, id: string, version: number): string[] | null {
  const text = remembered.get(store)?.get(id);
  return text?.version === version ? meetingWords(text) : null;
}
