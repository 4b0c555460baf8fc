import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import { memo } from 'react';
import { sortFields } from '../../electron/contract/meetings.ts';
import type { SortField } from '../../electron/contract/meetings.ts';
import { text } from '../text.ts';
import type { MeetingBrowser } from './MeetingBrowser.ts';
import styles from './MeetingsScreen.module.css';
import { canSortByRelevance, withSort } from './filter.ts';
import { useLook } from './useLook.ts';

const words = text.meetings;
const fields = sortFields.map((value) => ({ value, label: words.fields[value] }));
const plainFields = fields.filter(({ value }) => value !== 'relevance');

/** Every order there is, by keyboard too; the headers of the table offer those of its columns. */
export const SortControl = memo(function SortControl({ browser }: { readonly browser: MeetingBrowser }) {
  const filter = useLook(browser, 'filter');
  const { sort } = filter;
  const by = (field: SortField): void => {
    browser.filterBy(withSort(browser.getLook().filter, field));
  };
  const ascending = sort.direction === 'ascending';
  return (
    <div className={styles.sort}>
      <NativeSelect
        size="xs"
        w={104}
        aria-label={words.sortBy}
        value={sort.by}
        data={canSortByRelevance(filter) ? fields : plainFields}
        onChange={(event) => {
          by(event.currentTarget.value as SortField);
        }}
      />
      <ActionIcon
        aria-label={ascending ? words.ascending : words.descending}
        onClick={() => {
          by(sort.by);
        }}
      >
        {ascending ? (
          <IconSortAscending size={17} stroke={1.7} />
        ) : (
          <IconSortDescending size={17} stroke={1.7} />
        )}
      </ActionIcon>
    </div>
  );
});
