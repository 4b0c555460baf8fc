import { Button } from '@mantine/core';
import { IconFilter, IconLayoutSidebarRight, IconPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Meeting } from '../../electron/contract/meetings.ts';
import { useSearchCommand } from '../commands.ts';
import { daybook } from '../daybook.ts';
import { text } from '../text.ts';
import { offerUndo, sayFailure } from '../undo.tsx';
import { Screen } from '../ui/Screen.tsx';
import { SearchBox } from '../ui/SearchBox.tsx';
import { Toggle } from '../ui/Toggle.tsx';
import { write } from '../writes.ts';
import { DetailPane } from './DetailPane.tsx';
import { FacetPanel } from './FacetPanel.tsx';
import { FilterSentence } from './FilterSentence.tsx';
import type { MeetingBrowser } from './MeetingBrowser.ts';
import { MeetingList } from './MeetingList.tsx';
import styles from './MeetingsScreen.module.css';
import { SortControl } from './SortControl.tsx';
import { Total } from './Total.tsx';
import { cleared, withValues } from './filter.ts';
import { useLook } from './useLook.ts';
import { useSearchWords } from './useSearchWords.ts';
import { useSettled } from '../list/useSettled.ts';

interface MeetingsScreenProps {
  readonly canWrite: boolean;
  readonly browser: MeetingBrowser;
  readonly onCreate: () => void;
  readonly onEdit: (meeting: Meeting) => void;
}

const words = text.meetings;

async function deleteMeeting(meeting: Meeting): Promise<void> {
  const { id, version, title } = meeting;
  try {
    const { entry } = await write({ deleteMeeting: id, version }, (writeId) =>
      daybook.meetings.delete({ writeId, id, version }),
    );
    offerUndo(words.deleted(title), entry);
  } catch (error) {
    sayFailure(error);
  }
}

export function MeetingsScreen({ canWrite, browser, onCreate, onEdit }: MeetingsScreenProps) {
  const paneOpen = useLook(browser, 'paneOpen');
  const filtersOpen = useLook(browser, 'filtersOpen');
  const gridRef = useRef<HTMLDivElement>(null);
  useSettled(browser.list);
  useFollowedList(browser);

  const focusGrid = useCallback(() => gridRef.current?.focus(), []);
  useEffect(focusGrid, [focusGrid]);
  const closePane = useCallback(() => {
    browser.set({ paneOpen: false });
    focusGrid();
  }, [browser, focusGrid]);
  const onDelete = useCallback((meeting: Meeting) => void deleteMeeting(meeting), []);
  const onMoreOfClient = useCallback(
    ({ client }: Meeting) => {
      browser.remember('client', [{ value: client.id, label: client.name }]);
      browser.filterBy(withValues(cleared(browser.getLook().filter), 'client', [client.id]));
    },
    [browser],
  );

  return (
    <Screen
      title={words.title}
      tools={
        <>
          <Search browser={browser} onLeave={focusGrid} />
          <Total browser={browser} />
        </>
      }
      actions={<Actions browser={browser} canWrite={canWrite} onCreate={onCreate} />}
    >
      <div className={styles.sentenceBar}>
        <Toggle
          icon={<IconFilter size={17} stroke={1.7} />}
          label={filtersOpen ? words.hideFilters : words.showFilters}
          pressed={filtersOpen}
          onClick={() => {
            browser.set({ filtersOpen: !filtersOpen });
          }}
        />
        <FilterSentence browser={browser} onChanged={focusGrid} />
        <SortControl browser={browser} />
      </div>
      <div className={styles.columns}>
        {filtersOpen && <FacetPanel browser={browser} />}
        <MeetingList
          browser={browser}
          canWrite={canWrite}
          gridRef={gridRef}
          onCreate={onCreate}
          onEdit={onEdit}
          onDelete={onDelete}
        />
        {paneOpen && (
          <ActivePane
            browser={browser}
            canWrite={canWrite}
            onClose={closePane}
            onEdit={onEdit}
            onDelete={onDelete}
            onMoreOfClient={onMoreOfClient}
          />
        )}
      </div>
    </Screen>
  );
}

type ActivePaneProps = Omit<Parameters<typeof DetailPane>[0], 'meeting' | 'searched'> & {
  readonly browser: MeetingBrowser;
};

function ActivePane({ browser, ...rest }: ActivePaneProps) {
  useLook(browser, 'active');
  useSyncExternalStore(browser.list.subscribe, browser.list.getState);
  const searched = useSearchWords(browser);
  return <DetailPane meeting={browser.activeMeeting} searched={searched} {...rest} />;
}

type ActionsProps = Pick<MeetingsScreenProps, 'browser' | 'onCreate'> & { readonly canWrite: boolean };

function Actions({ browser, canWrite, onCreate }: ActionsProps) {
  const paneOpen = useLook(browser, 'paneOpen');
  return (
    <>
      {canWrite && (
        <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={onCreate}>
          {words.create}
        </Button>
      )}
      <Toggle
        icon={<IconLayoutSidebarRight size={18} stroke={1.7} />}
        label={paneOpen ? words.hideDetails : words.showDetails}
        pressed={paneOpen}
        onClick={() => {
          browser.set({ paneOpen: !paneOpen });
        }}
      />
    </>
  );
}

function Search({ browser, onLeave }: { readonly browser: MeetingBrowser; readonly onLeave: () => void }) {
  const { text: typed } = useLook(browser, 'filter');
  const inputRef = useSearchCommand();
  return (
    <SearchBox
      label={words.search}
      placeholder={words.searchPlaceholder}
      clearLabel={text.clearSearch}
      value={typed}
      inputRef={inputRef}
      onLeave={onLeave}
      onChange={(value) => {
        browser.filterBy({ ...browser.getLook().filter, text: value });
      }}
    />
  );
}

/** Asks when the screen opens, and again whenever something was written in this or another window. */
function useFollowedList(browser: MeetingBrowser): void {
  useEffect(() => {
    browser.open();
    return daybook.on('changed', ({ nouns }) => {
      if (nouns.some((noun) => noun !== 'office')) browser.open();
    });
  }, [browser]);
}
