import { lazy, memo, Suspense, useId } from 'react';
import { text } from '../text.ts';
import styles from './FacetPanel.module.css';
import type { MeetingBrowser } from './MeetingBrowser.ts';
import { presetNames, presetRange } from './datePresets.ts';
import type { DayRange } from './filter.ts';

// The calendar is large and not needed for the first paint.
const DayInput = lazy(() => import('../ui/DayInput.tsx'));

interface DateFacetProps {
  readonly browser: MeetingBrowser;
  readonly days: DayRange;
}

export const DateFacet = memo(function DateFacet({ browser, days }: DateFacetProps) {
  const id = useId();
  const reversed = days.from !== null && days.to !== null && days.from > days.to;
  const set = (change: Partial<DayRange>): void => {
    const { filter } = browser.getLook();
    browser.filterBy({ ...filter, days: { ...filter.days, ...change } });
  };
  const facets = text.meetings.facets;
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {facets.date}
      </h2>
      <div className={styles.dates}>
        <div className={styles.presets}>
          {presetNames.map((name) => {
            const range = presetRange(name);
            const pressed = days.from === range.from && days.to === range.to;
            return (
              <button
                key={name}
                type="button"
                className={styles.preset}
                aria-pressed={pressed}
                onClick={() => {
                  set(pressed ? { from: null, to: null } : range);
                }}
              >
                {facets.presets[name]}
              </button>
            );
          })}
        </div>
        {(['from', 'to'] as const).map((end) => (
          <div key={end} className={styles.dateRow}>
            <span aria-hidden>{facets[end]}</span>
            <Suspense fallback={null}>
              <DayInput
                label={facets[end]}
                hideLabel
                clearable
                words={text.dates}
                value={days[end]}
                onChange={(day) => {
                  set({ [end]: day });
                }}
              />
            </Suspense>
          </div>
        ))}
        {reversed && (
          <p className={styles.reversed} role="alert">
            {facets.reversed}
          </p>
        )}
      </div>
    </section>
  );
});
