import { asFailure } from './failureText.ts';

/** Told the id of a write before it is sent. */
export type Announce = (writeId: string) => Promise<unknown>;

/** A save of a form that nobody could tell of. */
export interface Unheard<D> {
  readonly draft: D;
  readonly writeId: string;
}

interface Sending<R, D> {
  readonly draft: D;
  /** The record to change; none when a new one is written down. */
  readonly before: R | undefined;
  /** @returns the record as it is now */
  readonly save: (draft: D, before: R | undefined, announce: Announce) => Promise<R>;
  readonly announce: Announce;
  /** Of this form; told here how this save went. */
  readonly unheard: { current: Unheard<D> | null };
  /** The save before came through after all, and from here on the form is of that record. */
  readonly onSettled: (record: R) => void;
}

/** `write` says so of every write that the store itself has not answered. */
const isUnheard = (error: unknown): boolean => asFailure(error).code === 'UNKNOWN_OUTCOME';

/** @returns the record that the form is of, once it is known how the save before went */
async function settled<R, D>({
  draft,
  before,
  save,
  unheard,
  onSettled,
}: Sending<R, D>): Promise<R | undefined> {
  const sent = unheard.current?.draft;
  if (!sent || JSON.stringify(sent) === JSON.stringify(draft)) return before;
  try {
    // Not announced: what is kept for after a crash is what was typed since, and that is not in this one.
    const record = await save(sent, before, () => Promise.resolve());
    unheard.current = null;
    onSettled(record);
    return record;
  } catch (error) {
    if (isUnheard(error)) throw error;
    unheard.current = null;
    return before;
  }
}

/**
 * Sends a form. When nobody could tell how the save before went, and more was typed since, that one is first sent again as
 * it was: so it is surely done once, or not at all, and what was typed since is no second record.
 */
export async function sendForm<R, D>(sending: Sending<R, D>): Promise<void> {
  const { draft, save, announce, unheard } = sending;
  const record = await settled(sending);
  let id = '';
  try {
    await save(draft, record, (writeId) => {
      id = writeId;
      return announce(writeId);
    });
  } catch (error) {
    unheard.current = isUnheard(error) ? { draft, writeId: id } : null;
    throw error;
  }
}
