import { memo } from 'react';
import { usePagedPart } from '../list/usePagedList.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { DateFacet } from './DateFacet.tsx';
import { DurationFacet } from './DurationFacet.tsx';
import { FacetGroup } from './FacetGroup.tsx';
import styles from './FacetPanel.module.css';
import type { MeetingBrowser } from './MeetingBrowser.ts';
import { moreFacets, moreSet } from './filter.ts';
import { useLook } from './useLook.ts';

const above = ['type', 'status', 'priority'] as const;
const below = ['owner', 'tag', 'client'] as const;

/** The filters with live counts. The checked state follows the wanted filter at once, the counts follow the answer. */
export const FacetPanel = memo(function FacetPanel({ browser }: { readonly browser: MeetingBrowser }) {
  const filter = useLook(browser, 'filter');
  const extraCounts = useLook(browser, 'extraCounts');
  const moreOpen = useLook(browser, 'moreOpen');
  const head = usePagedPart(browser.list, 'head');
  const failure = usePagedPart(browser.list, 'headFailure');
  const group = (facet: (typeof above | typeof below | typeof moreFacets)[number]) => (
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
      {failure && <p className={styles.nothing}>{text.meetings.facets.noCounts(failureText(failure))}</p>}
      {above.map(group)}
      <DateFacet browser={browser} field="start" days={filter.days.start} />
      {below.map(group)}
      <MoreButton browser={browser} open={moreOpen} count={moreSet(filter)} />
      {moreOpen && (
        <>
          {moreFacets.map(group)}
          <DurationFacet browser={browser} range={filter.duration} />
          <DateFacet browser={browser} field="created" days={filter.days.created} />
          <DateFacet browser={browser} field="changed" days={filter.days.changed} />
        </>
      )}
    </aside>
  );
});

interface MoreButtonProps {
  readonly browser: MeetingBrowser;
  readonly open: boolean;
  /** How many of the filters behind it are set. */
  readonly count: number;
}

/** The filters that are needed now and then stay out of sight until then. */
const MoreButton = memo(function MoreButton({ browser, open, count }: MoreButtonProps) {
  const { more, moreSet: said } = text.meetings.facets;
  return (
    <button
      type="button"
      className={styles.more}
      aria-expanded={open}
      onClick={() => {
        browser.showMore(!open);
      }}
    >
      {more}
      {count > 0 && <span className={styles.set}>{said(count)}</span>}
    </button>
  );
});
