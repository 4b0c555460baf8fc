import { TextInput } from '@mantine/core';
import { memo, useId } from 'react';
import { text } from '../text.ts';
import styles from './FacetPanel.module.css';
import type { MeetingBrowser } from './MeetingBrowser.ts';
import { minutesOf, minutesProblem } from './minuteRange.ts';
import type { MinuteRange } from './minuteRange.ts';

interface DurationFacetProps {
  readonly browser: MeetingBrowser;
  readonly range: MinuteRange;
}

/** From and to, in minutes. What is no number of minutes is said and not asked. */
export const DurationFacet = memo(function DurationFacet({ browser, range }: DurationFacetProps) {
  const id = useId();
  const problem = minutesProblem(range);
  const facets = text.meetings.facets;
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {facets.duration}
      </h2>
      <div className={styles.dates}>
        {(['from', 'to'] as const).map((end) => (
          <label key={end} className={styles.dateRow}>
            <span aria-hidden>{facets[end]}</span>
            <TextInput
              size="xs"
              inputMode="numeric"
              maxLength={20}
              aria-label={facets.named(facets.duration, facets[end])}
              aria-describedby={problem ? `${id}-problem` : undefined}
              error={minutesOf(range[end]) === undefined}
              value={range[end]}
              rightSection={<span className={styles.unit}>{facets.minutes}</span>}
              rightSectionWidth={64}
              rightSectionPointerEvents="none"
              onChange={(event) => {
                const { filter } = browser.getLook();
                const duration = { ...filter.duration, [end]: event.currentTarget.value };
                browser.filterBy({ ...filter, duration });
              }}
            />
          </label>
        ))}
        {problem && (
          <p id={`${id}-problem`} className={styles.reversed} role="alert">
            {problem}
          </p>
        )}
      </div>
    </section>
  );
});
