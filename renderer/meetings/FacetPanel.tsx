import { memo } from 'react';
import { usePagedList } from '../list/usePagedList.ts';
import { text } from '../text.ts';
import { DateFacet } from './DateFacet.tsx';
import { FacetGroup } from './FacetGroup.tsx';
import styles from './FacetPanel.module.css';
import type { MeetingBrowser } from './MeetingBrowser.ts';
import { useLook } from './useLook.ts';

const above = ['type', 'status', 'priority'] as const;
const below = ['owner', 'tag', 'client'] as const;

/** The filters with live counts. The checked state follows the wanted filter at once, the counts follow the answer. */
export const FacetPanel = memo(function FacetPanel({ browser }: { readonly browser: MeetingBrowser }) {
  const filter = useLook(browser, 'filter');
  const extraCounts = useLook(browser, 'extraCounts');
  const { head } = usePagedList(browser.list);
  const group = (facet: (typeof above | typeof below)[number]) => (
    <FacetGroup
      key={facet}
      browser={browser}
      facet={facet}
      values={head?.[facet]}
      selected={filter.values[facet]}
      extraCounts={extraCounts}
    />
  );
  return (
    <aside className={styles.panel} aria-label={text.meetings.filters}>
      {above.map(group)}
      <DateFacet browser={browser} days={filter.days} />
      {below.map(group)}
    </aside>
  );
});
