import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { JournalEntry } from '../electron/contract/journal.ts';
import type { SignedInUser } from '../electron/contract/session.ts';
import { daybook } from './daybook.ts';
import { failureText } from './failureText.ts';
import { text } from './text.ts';
import styles from './undo.module.css';
import { write } from './writes.ts';

const shownMs = 8_000;
const labels = { closeButtonProps: { 'aria-label': text.dismissMessage } };

/** @param how `stays`: until somebody dismisses it, or signs in or out */
export function say(sentence: string, { stays = false } = {}): void {
  notifications.show({ message: sentence, autoClose: stays ? false : shownMs, ...labels });
}

export function sayFailure(error: unknown): void {
  notifications.show({ message: failureText(error), color: 'red', autoClose: shownMs, ...labels });
}

const offerId = (entry: number): string => `undo-${String(entry)}`;

export async function undoEntry(entry: number): Promise<boolean> {
  try {
    await write({ undo: entry }, (writeId) => daybook.journal.undo({ writeId, entry }));
    notifications.hide(offerId(entry));
    say(text.undone);
    return true;
  } catch (error) {
    sayFailure(error);
    return false;
  }
}

/** Says what was done and offers to take it back, instead of asking beforehand. */
export function offerUndo(sentence: string, entry: number): void {
  const id = offerId(entry);
  notifications.show({
    id,
    autoClose: shownMs,
    ...labels,
    message: (
      <span className={styles.offer}>
        <span className={styles.sentence}>{sentence}</span>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            void undoEntry(entry);
          }}
        >
          {text.undo}
        </Button>
      </span>
    ),
  });
}

/** What can be taken back at all: neither a taking back, nor the founding of the office, nor what concerns secrets. */
export const canBeTakenBack = ({ action, noun }: Pick<JournalEntry, 'action' | 'noun'>): boolean =>
  action !== 'undo' &&
  action !== 'recover' &&
  action !== 'renewCode' &&
  !(noun === 'office' && action === 'create');

/** Takes back what this user did last and has not taken back yet. */
export async function undoLast(user: SignedInUser): Promise<void> {
  try {
    const { entries } = await daybook.journal.list({ limit: 50 });
    const last = entries.find(
      (entry) => entry.by.id === user.id && entry.undoneBy === null && canBeTakenBack(entry),
    );
    if (last) await undoEntry(last.entry);
    else say(text.nothingToUndo);
  } catch (error) {
    sayFailure(error);
  }
}
