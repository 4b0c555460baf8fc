import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClientRow } from '../../electron/contract/clients.ts';
import type { UserRow } from '../../electron/contract/users.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { SearchBox } from '../ui/SearchBox.tsx';
import { offerUndo } from '../undo.tsx';
import { useSave } from '../useSave.ts';
import { write } from '../writes.ts';
import styles from './UsersScreen.module.css';

interface AssignmentProps {
  readonly user: UserRow;
  readonly onClose: () => void;
}

const words = text.users.assignment;
const mostShown = 200;
/** As many as one call takes; the rest goes with the next. */
const mostAtOnce = 5_000;

/** What was ticked and unticked, against what is saved. */
interface Change {
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

const noChange: Change = { added: new Set(), removed: new Set() };

function withChosen(
  change: Change,
  saved: ReadonlySet<string>,
  ids: readonly string[],
  chosen: boolean,
): Change {
  const added = new Set(change.added);
  const removed = new Set(change.removed);
  for (const id of ids) {
    added.delete(id);
    removed.delete(id);
    if (chosen && !saved.has(id)) added.add(id);
    if (!chosen && saved.has(id)) removed.add(id);
  }
  return { added, removed };
}

async function saveAssignment(user: UserRow, change: Change): Promise<void> {
  const add = [...change.added];
  const remove = [...change.removed];
  for (let from = 0; from < Math.max(add.length, remove.length); from += mostAtOnce) {
    const part = { add: add.slice(from, from + mostAtOnce), remove: remove.slice(from, from + mostAtOnce) };
    const { clients, entry } = await write({ assign: user.id, ...part }, (writeId) =>
      daybook.users.assignClients({ writeId, id: user.id, ...part }),
    );
    offerUndo(text.users.assigned(user.displayName, clients), entry);
  }
}

/** Which clients a user may see: ticks over all clients, saved as a difference. */
export function Assignment({ user, onClose }: AssignmentProps) {
  const [search, setSearch] = useState('');
  const [change, setChange] = useState(noChange);
  const { busy, failure, save } = useSave();
  const assigned = useQuery({
    queryKey: ['userClients', user.id],
    queryFn: () => daybook.users.clients({ id: user.id }),
    select: ({ clientIds }) => new Set(clientIds),
    gcTime: 0,
  });
  const clients = useQuery({
    queryKey: ['clients', 'assignment', search.trim()],
    placeholderData: keepPreviousData,
    queryFn: () => daybook.clients.list({ search: search.trim(), limit: mostShown }),
  });
  const saved = assigned.data ?? new Set<string>();
  const rows = clients.data?.rows ?? [];
  const { added, removed } = change;
  const isChosen = (id: string): boolean => added.has(id) || (saved.has(id) && !removed.has(id));
  const choose = (ids: readonly string[], chosen: boolean): void => {
    setChange(withChosen(change, saved, ids, chosen));
  };
  const chooseShown = (chosen: boolean) => () => {
    choose(
      rows.map(({ id }) => id),
      chosen,
    );
  };
  const changed = added.size + removed.size > 0;
  const trouble = failure ?? assigned.error ?? clients.error;

  return (
    <FormModal
      title={words.title(user.displayName)}
      submitLabel={words.save}
      cancelLabel={text.cancel}
      busy={busy || assigned.data === undefined}
      changed={changed}
      failure={trouble ? failureText(trouble) : ''}
      onClose={onClose}
      onSubmit={() => {
        save(async () => {
          if (changed) await saveAssignment(user, change);
          onClose();
        });
      }}
    >
      <div>
        {(user.seesAllClients || user.role === 'administrator') && (
          <p className={styles.note}>{words.seesAll(user.displayName)}</p>
        )}
        <div className={styles.search}>
          <SearchBox
            label={words.search}
            placeholder={words.searchPlaceholder}
            clearLabel={text.clearSearch}
            width={230}
            value={search}
            onChange={setSearch}
          />
          <Button size="compact-sm" variant="subtle" onClick={chooseShown(true)}>
            {words.all}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={chooseShown(false)}>
            {words.none}
          </Button>
        </div>
        <ClientTicks rows={rows} total={clients.data?.total ?? 0} isChosen={isChosen} onChoose={choose} />
        <div className={styles.summary} role="status">
          <span>{words.chosen(saved.size + added.size - removed.size)}</span>
          <span>{changed ? words.diff(added.size, removed.size) : words.unchanged}</span>
        </div>
      </div>
    </FormModal>
  );
}

interface ClientTicksProps {
  readonly rows: readonly ClientRow[];
  readonly total: number;
  readonly isChosen: (id: string) => boolean;
  readonly onChoose: (ids: readonly string[], chosen: boolean) => void;
}

function ClientTicks({ rows, total, isChosen, onChoose }: ClientTicksProps) {
  return (
    <div className={styles.list} role="group" aria-label={words.list}>
      {rows.map((client) => (
        <label key={client.id} className={styles.option}>
          <input
            type="checkbox"
            checked={isChosen(client.id)}
            onChange={(event) => {
              onChoose([client.id], event.currentTarget.checked);
            }}
          />
          <span className={styles.optionName}>{client.name}</span>{' '}
          <span className={styles.city}>{client.city}</span>
        </label>
      ))}
      {rows.length === 0 && <p className={styles.more}>{words.empty}</p>}
      {total > rows.length && <p className={styles.more}>{words.more(total - rows.length)}</p>}
    </div>
  );
}
