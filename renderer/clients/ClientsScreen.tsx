import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ClientRow } from '../../electron/contract/clients.ts';
import type { Named } from '../../electron/contract/values.ts';
import { useSearchCommand } from '../commands.ts';
import { daybook } from '../daybook.ts';
import { PagedList } from '../list/PagedList.ts';
import { located } from '../list/activeRow.ts';
import type { ActiveRow } from '../list/activeRow.ts';
import { usePagedList } from '../list/usePagedList.ts';
import { useSettled } from '../list/useSettled.ts';
import { text } from '../text.ts';
import { Screen } from '../ui/Screen.tsx';
import { SearchBox } from '../ui/SearchBox.tsx';
import { offerUndo, sayFailure } from '../undo.tsx';
import { write } from '../writes.ts';
import ClientForm from './ClientForm.tsx';
import { ClientList } from './ClientList.tsx';
import { ClientPane } from './ClientPane.tsx';
import styles from './ClientsScreen.module.css';

interface ClientsScreenProps {
  readonly canWrite: boolean;
  readonly onCreate: () => void;
  readonly onShowMeetings: (client: Named) => void;
  readonly onCreateMeeting: (client: Named) => void;
}

const words = text.clients;

const makeList = (): PagedList<string, ClientRow> =>
  new PagedList({
    query: '',
    load: async (search, { offset, limit }) => {
      const { rows, total } = await daybook.clients.list({ search: search.trim(), offset, limit });
      return { rows, total };
    },
  });

async function deleteClient({ id, version, name, meetings }: ClientRow): Promise<void> {
  try {
    const { entry } = await write({ deleteClient: id, version }, (writeId) =>
      daybook.clients.delete({ writeId, id, version }),
    );
    offerUndo(words.deleted(name, meetings), entry);
  } catch (error) {
    sayFailure(error);
  }
}

/** The list, asked when the screen opens and again whenever something was written. */
function useClientList() {
  const [list] = useState(makeList);
  useEffect(() => {
    list.refresh();
    return daybook.on('changed', ({ nouns }) => {
      if (nouns.some((noun) => noun !== 'office')) list.refresh();
    });
  }, [list]);
  useSettled(list);
  return list;
}

/** The client that keys and the pane are about. */
function useChosen(list: PagedList<string, ClientRow>) {
  const { pages, total } = usePagedList(list);
  const [chosen, setChosen] = useState<ActiveRow | null>(null);
  const active = located(chosen, pages, total);
  const onActive = useCallback(
    (index: number) => {
      setChosen({ index, id: list.row(index)?.id });
    },
    [list],
  );
  return { active, client: active ? list.row(active.index) : undefined, onActive };
}

export default function ClientsScreen(props: ClientsScreenProps) {
  const { canWrite, onCreate, onShowMeetings, onCreateMeeting } = props;
  const list = useClientList();
  const [paneOpen, setPaneOpen] = useState(true);
  const [edited, setEdited] = useState<ClientRow | null>(null);
  const gridRef = useRef<HTMLDivElement>(null);
  const focusGrid = useCallback(() => gridRef.current?.focus(), []);
  useEffect(focusGrid, [focusGrid]);
  const { active, client, onActive } = useChosen(list);
  const onOpen = useCallback(
    (index: number) => {
      onActive(index);
      setPaneOpen(true);
    },
    [onActive],
  );
  const onKey = (key: string): boolean => {
    if (key === 'Escape') setPaneOpen(false);
    else if (canWrite && client && key.toLowerCase() === 'e') setEdited(client);
    else if (canWrite && client && key === 'Delete') void deleteClient(client);
    else return false;
    return true;
  };
  return (
    <Screen
      title={words.title}
      tools={
        <>
          <ClientSearch list={list} onLeave={focusGrid} />
          <ClientTotal list={list} />
        </>
      }
      actions={
        canWrite && (
          <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={onCreate}>
            {words.create}
          </Button>
        )
      }
    >
      <div className={styles.columns}>
        <div className={styles.listArea}>
          <ClientList
            list={list}
            activeIndex={active?.index ?? null}
            gridRef={gridRef}
            onCreate={canWrite ? onCreate : undefined}
            onActive={onActive}
            onOpen={onOpen}
            onKey={onKey}
          />
        </div>
        {paneOpen && (
          <ClientPane
            client={client}
            canWrite={canWrite}
            onClose={() => {
              setPaneOpen(false);
              focusGrid();
            }}
            onEdit={setEdited}
            onDelete={(row) => void deleteClient(row)}
            onShowMeetings={onShowMeetings}
            onCreateMeeting={onCreateMeeting}
          />
        )}
      </div>
      {edited && (
        <ClientForm
          subject={{ client: edited }}
          onClose={() => {
            setEdited(null);
          }}
        />
      )}
    </Screen>
  );
}

function ClientTotal({ list }: { readonly list: PagedList<string, ClientRow> }) {
  const { total, failure } = usePagedList(list);
  return (
    <div role="status" className={styles.total}>
      {total === null || failure ? '' : words.total(total)}
    </div>
  );
}

interface ClientSearchProps {
  readonly list: PagedList<string, ClientRow>;
  readonly onLeave: () => void;
}

function ClientSearch({ list, onLeave }: ClientSearchProps) {
  const [search, setSearch] = useState('');
  const inputRef = useSearchCommand();
  return (
    <SearchBox
      label={words.search}
      placeholder={words.searchPlaceholder}
      clearLabel={text.clearSearch}
      value={search}
      inputRef={inputRef}
      onLeave={onLeave}
      onChange={(typed) => {
        setSearch(typed);
        list.ask(typed);
      }}
    />
  );
}
