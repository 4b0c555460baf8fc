import { lazy, memo, Suspense, useId } from 'react';
import { text } from '../text.ts';
import styles from './FacetPanel.module.css';
import type { MeetingBrowser } from './MeetingBrowser.ts';
import { pastPresets, presetNames, presetRange } from './datePresets.ts';
import { isReversed, withDays } from './filter.ts';
import type { DayField, DayRange } from './filter.ts';

// The calendar is large and not needed for the first paint.
const DayInput = lazy(() => import('../ui/DayInput.tsx'));

interface DateFacetProps {
  readonly browser: MeetingBrowser;
  readonly field: DayField;
  readonly days: DayRange;
}

export const DateFacet = memo(function DateFacet({ browser, field, days }: DateFacetProps) {
  const id = useId();
  const set = (change: Partial<DayRange>): void => {
    const { filter } = browser.getLook();
    browser.filterBy(withDays(filter, field, { ...filter.days[field], ...change }));
  };
  const facets = text.meetings.facets;
  const named = (name: string): string => (field === 'start' ? name : facets.named(facets.days[field], name));
  // Nothing was created or changed in days to come.
  const presets = field === 'start' ? presetNames : pastPresets;
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {facets.days[field]}
      </h2>
      <div className={styles.dates}>
        <div className={styles.presets}>
          {presets.map((name) => {
            const range = presetRange(name);
            const pressed = days.from === range.from && days.to === range.to;
            return (
              <button
                key={name}
                type="button"
                className={styles.preset}
                aria-label={named(facets.presets[name])}
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
                label={named(facets[end])}
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
        {isReversed(days) && (
          <p className={styles.reversed} role="alert">
            {facets.reversed}
          </p>
        )}
      </div>
    </section>
  );
});
