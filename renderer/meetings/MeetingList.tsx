import { Button } from '@mantine/core';
import { IconCalendarOff, IconEyeOff } from '@tabler/icons-react';
import { memo, useCallback, useMemo } from 'react';
import type { RefObject } from 'react';
import type { FailureShape } from '../../electron/contract/failure.ts';
import type { Meeting, SortField } from '../../electron/contract/meetings.ts';
import { Grid } from '../list/Grid.tsx';
import { ListTrouble } from '../list/ListTrouble.tsx';
import { usePagedPart } from '../list/usePagedList.ts';
import { text } from '../text.ts';
import { Notice } from '../ui/Notice.tsx';
import { whyNot } from '../whyNot.ts';
import type { MeetingBrowser } from './MeetingBrowser.ts';
import { useSearchWords } from './useSearchWords.ts';
import styles from './MeetingsScreen.module.css';
import { meetingColumns, meetingGridWidth } from './columns.tsx';
import { useLook } from './useLook.ts';
import { cleared, filtersNothing, withSort } from './filter.ts';

interface MeetingListProps {
  readonly browser: MeetingBrowser;
  readonly canWrite: boolean;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly onCreate: () => void;
  readonly onEdit: (meeting: Meeting) => void;
  readonly onDelete: (meeting: Meeting) => void;
}

export const MeetingList = memo(function MeetingList({
  browser,
  canWrite,
  gridRef,
  onCreate,
  onEdit,
  onDelete,
}: MeetingListProps) {
  const { sort } = usePagedPart(browser.list, 'query');
  const total = usePagedPart(browser.list, 'total');
  const pages = usePagedPart(browser.list, 'pages');
  const generation = usePagedPart(browser.list, 'generation');
  const failure = usePagedPart(browser.list, 'failure');
  const active = useLook(browser, 'active');
  const words = useSearchWords(browser);
  const columns = useMemo(() => meetingColumns(words), [words]);
  const { list } = browser;
  const rowAt = useCallback((index: number) => list.row(index), [list]);
  const onShow = useCallback(
    (first: number, last: number) => {
      list.show(first, last);
    },
    [list],
  );
  const onActive = useCallback(
    (index: number) => {
      browser.activate(index);
    },
    [browser],
  );
  const onOpen = useCallback(
    (index: number) => {
      browser.activate(index);
      browser.set({ paneOpen: true });
    },
    [browser],
  );
  const onSort = useCallback(
    (by: SortField) => {
      browser.filterBy(withSort(browser.getLook().filter, by));
    },
    [browser],
  );
  const onKey = (key: string): boolean => {
    const meeting = browser.activeMeeting;
    if (key === 'Escape') browser.set({ paneOpen: false });
    else if (canWrite && meeting && key.toLowerCase() === 'e') onEdit(meeting);
    else if (canWrite && meeting && key === 'Delete') onDelete(meeting);
    else return false;
    return true;
  };

  if (failure) return <NoRows browser={browser} failure={failure} />;
  return (
    <div className={styles.listArea}>
      {total === 0 ? (
        <NoMeetings browser={browser} canWrite={canWrite} onCreate={onCreate} />
      ) : (
        <Grid
          label={text.meetings.grid}
          columns={columns}
          minWidth={meetingGridWidth}
          count={total ?? 0}
          rowAt={rowAt}
          rows={pages}
          generation={generation}
          active={active?.index ?? null}
          sort={sort}
          gridRef={gridRef}
          onSort={onSort}
          onActive={onActive}
          onOpen={onOpen}
          onKey={onKey}
          onShow={onShow}
        />
      )}
    </div>
  );
});

type NoMeetingsProps = Pick<MeetingListProps, 'browser' | 'canWrite' | 'onCreate'>;

function ClearFilter({ browser }: { readonly browser: MeetingBrowser }) {
  return (
    <Button
      variant="default"
      onClick={() => {
        browser.filterBy(cleared(browser.getLook().filter));
      }}
    >
      {text.meetings.empty.clear}
    </Button>
  );
}

function NoMeetings({ browser, canWrite, onCreate }: NoMeetingsProps) {
  const words = text.meetings.empty;
  const icon = <IconCalendarOff size={22} stroke={1.6} />;
  if (!filtersNothing(browser.list.getState().query)) {
    return (
      <Notice icon={icon} title={words.title} actions={<ClearFilter browser={browser} />}>
        {words.hint}
      </Notice>
    );
  }
  const hint = whyNot('imports.open') === null ? words.noneHint : words.noneToImport;
  const create = canWrite && <Button onClick={onCreate}>{text.meetings.create}</Button>;
  return (
    <Notice icon={icon} title={words.noneTitle} actions={create}>
      {canWrite ? hint : words.noneToRead}
    </Notice>
  );
}

function NoRows({ browser, failure }: { readonly browser: MeetingBrowser; readonly failure: FailureShape }) {
  const words = text.meetings.hidden;
  if (failure.code === 'NOT_FOUND') {
    return (
      <div className={styles.listArea}>
        <Notice
          trouble
          icon={<IconEyeOff size={22} stroke={1.6} />}
          title={words.title}
          actions={<ClearFilter browser={browser} />}
        >
          {words.hint}
        </Notice>
      </div>
    );
  }
  return (
    <div className={styles.listArea}>
      <ListTrouble
        failure={failure}
        onTryAgain={() => {
          browser.open();
        }}
      />
    </div>
  );
}
