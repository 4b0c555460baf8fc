import { Button } from '@mantine/core';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { RefObject } from 'react';
import type { ClientRow } from '../../electron/contract/clients.ts';
import { Grid } from '../list/Grid.tsx';
import { ListTrouble } from '../list/ListTrouble.tsx';
import type { PagedList } from '../list/PagedList.ts';
import { usePagedList } from '../list/usePagedList.ts';
import { text } from '../text.ts';
import { Notice } from '../ui/Notice.tsx';
import { clientColumns, clientGridWidth } from './clientColumns.tsx';

interface ClientListProps {
  readonly list: PagedList<string, ClientRow>;
  readonly activeIndex: number | null;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  /** Undefined when the user may not write. */
  readonly onCreate: (() => void) | undefined;
  readonly onActive: (index: number) => void;
  readonly onOpen: (index: number) => void;
  readonly onKey: (key: string) => boolean;
}

const words = text.clients;

export function ClientList(props: ClientListProps) {
  const { list, activeIndex, gridRef, onCreate, onActive, onOpen, onKey } = props;
  const { query, total, pages, generation, failure } = usePagedList(list);
  const rowAt = useCallback((index: number) => list.row(index), [list]);
  const onShow = useCallback(
    (first: number, last: number) => {
      list.show(first, last);
    },
    [list],
  );
  if (failure) {
    return (
      <ListTrouble
        failure={failure}
        onTryAgain={() => {
          list.refresh();
        }}
      />
    );
  }
  if (total === 0) {
    return (
      <Notice
        icon={<IconBuildingCommunity size={22} stroke={1.6} />}
        title={query ? words.empty.title : words.empty.noneTitle}
        actions={!query && onCreate && <Button onClick={onCreate}>{words.create}</Button>}
      >
        {query ? words.empty.hint : onCreate ? words.empty.noneHint : words.empty.noneToRead}
      </Notice>
    );
  }
  return (
    <Grid
      label={words.grid}
      columns={clientColumns}
      minWidth={clientGridWidth}
      count={total ?? 0}
      rowAt={rowAt}
      rows={pages}
      generation={generation}
      active={activeIndex}
      gridRef={gridRef}
      onActive={onActive}
      onOpen={onOpen}
      onKey={onKey}
      onShow={onShow}
    />
  );
}
