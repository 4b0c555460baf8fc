import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { JournalEntry } from '../../electron/contract/journal.ts';
import type { SignedInUser } from '../../electron/contract/session.ts';
import { daybook } from '../daybook.ts';
import { instantText } from '../format.ts';
import { ListTrouble } from '../list/ListTrouble.tsx';
import { text } from '../text.ts';
import { Notice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import table from '../ui/table.module.css';
import { canBeTakenBack, undoEntry } from '../undo.tsx';
import styles from './JournalScreen.module.css';

const words = text.journal;
const perPage = 100;

interface JournalScreenProps {
  readonly user: SignedInUser;
  readonly canWrite: boolean;
}

export default function JournalScreen({ user, canWrite }: JournalScreenProps) {
  const entries = useInfiniteQuery({
    queryKey: ['journal'],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      daybook.journal.list({ limit: perPage, ...(pageParam === undefined ? {} : { before: pageParam }) }),
    getNextPageParam: (page) => page.before ?? undefined,
  });
  const all = entries.data?.pages.flatMap((page) => page.entries) ?? [];
  const isDamaged = entries.data?.pages.at(-1)?.isDamaged ?? false;
  const content = () => {
    if (entries.error)
      return <ListTrouble failure={entries.error} onTryAgain={() => void entries.refetch()} />;
    if (entries.data && all.length === 0) {
      return (
        <Notice icon={<IconHistory size={22} stroke={1.6} />} title={words.emptyTitle}>
          {words.emptyHint}
        </Notice>
      );
    }
    return (
      <div className={table.scroll} tabIndex={0} role="group" aria-label={words.table}>
        <EntryTable entries={all} user={user} canWrite={canWrite} />
        {isDamaged && (
          <p className={styles.damaged} role="status">
            {words.damaged}
          </p>
        )}
        {entries.hasNextPage && (
          <div className={styles.more}>
            <Button
              variant="default"
              loading={entries.isFetchingNextPage}
              onClick={() => void entries.fetchNextPage()}
            >
              {words.more}
            </Button>
          </div>
        )}
      </div>
    );
  };
  return (
    <Screen title={words.title} tools={<span className={styles.hint}>{words.hint}</span>}>
      {content()}
    </Screen>
  );
}

interface EntryTableProps extends JournalScreenProps {
  readonly entries: readonly JournalEntry[];
}

function EntryTable({ entries, user, canWrite }: EntryTableProps) {
  const { columns } = words;
  return (
    <table className={table.table} aria-label={words.table}>
      <thead>
        <tr>
          <th scope="col">{columns.at}</th>
          <th scope="col">{columns.by}</th>
          <th scope="col">{columns.what}</th>
          <th scope="col">
            <span className="hidden-text">{columns.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <EntryLine key={entry.entry} entry={entry} mayUndo={canWrite && isTheirs(entry, user)} />
        ))}
      </tbody>
    </table>
  );
}

/** What they may take back: own entries, and for administrators all. */
const isTheirs = (entry: JournalEntry, user: SignedInUser): boolean =>
  entry.undoneBy === null &&
  canBeTakenBack(entry) &&
  (user.role === 'administrator' || entry.by.id === user.id);

interface EntryLineProps {
  readonly entry: JournalEntry;
  readonly mayUndo: boolean;
}

function EntryLine({ entry, mayUndo }: EntryLineProps) {
  const [busy, setBusy] = useState(false);
  const what = words.what(entry.action, entry.noun, entry.label);
  const undone = entry.undoneBy !== null;
  return (
    <tr className={undone ? table.off : undefined}>
      <td className={`${table.numbers} ${styles.at}`}>{instantText(entry.at)}</td>
      <td className={styles.by}>{entry.by.name}</td>
      <td className={styles.what}>{what}</td>
      <td className={table.actions}>
        {undone && words.takenBack}
        {mayUndo && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={words.undo(what)}
            aria-disabled={busy}
            onClick={() => {
              if (busy) return;
              setBusy(true);
              void undoEntry(entry.entry).finally(() => {
                setBusy(false);
              });
            }}
          >
            {text.undo}
          </Button>
        )}
      </td>
    </tr>
  );
}
