import { CloseButton, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { memo, useCallback, useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { Facet, FacetValue } from '../../electron/contract/meetings.ts';
import { daybook } from '../daybook.ts';
import { text } from '../text.ts';
import { cueOf } from './Cue.tsx';
import { FacetOption } from './FacetOption.tsx';
import styles from './FacetPanel.module.css';
import { questionOf } from './MeetingBrowser.ts';
import type { MeetingBrowser } from './MeetingBrowser.ts';
import { isWide, withToggled } from './filter.ts';

interface FacetGroupProps {
  readonly browser: MeetingBrowser;
  readonly facet: Facet;
  /** As answered; undefined before the first answer. */
  readonly values: readonly FacetValue[] | undefined;
  readonly selected: readonly string[];
  readonly extraCounts: ReadonlyMap<string, number>;
}

const labelsOf: Partial<Record<Facet, Readonly<Record<string, string>>>> = {
  type: text.meetings.types,
  status: text.meetings.statuses,
  priority: text.meetings.priorities,
  clientKind: text.meetings.clientKinds,
};

function signOf(facet: Facet, value: string): ReactNode {
  // Short facets answer exactly the values of the contract.
  if (facet === 'type' || facet === 'status' || facet === 'priority') return cueOf(facet, value as never);
  return undefined;
}

/** Values whose name has the typed letters, with counts under the filter as it is. */
function useFoundValues(
  browser: MeetingBrowser,
  facet: Facet,
  search: string,
): readonly FacetValue[] | undefined {
  const question = questionOf(browser.list.wanted);
  const { data } = useQuery({
    queryKey: ['facetValues', facet, search, question],
    enabled: search !== '' && isWide(facet),
    placeholderData: keepPreviousData,
    gcTime: 0,
    queryFn: async () => {
      const answer = await daybook.meetings.facetValues({ facet: facet as 'owner', search, ...question });
      browser.remember(facet, answer.values);
      return answer.values;
    },
  });
  return search === '' ? undefined : data;
}

export const FacetGroup = memo(function FacetGroup(props: FacetGroupProps) {
  const { browser, facet, values = [], selected, extraCounts } = props;
  const id = useId();
  const [open, setOpen] = useState(true);
  const [search, setSearch] = useState('');
  const found = useFoundValues(browser, facet, search.trim());
  const onToggle = useCallback(
    (value: string) => {
      browser.filterBy(withToggled(browser.getLook().filter, facet, value));
    },
    [browser, facet],
  );

  const listed = found ?? values;
  const missing = selected.filter((value) => !listed.some((other) => other.value === value));
  const countOf = (value: string): number | undefined =>
    values.find((other) => other.value === value)?.count ?? extraCounts.get(`${facet} ${value}`);
  const option = (value: string, label: string, count: number | undefined) => (
    <FacetOption
      key={value}
      value={value}
      label={labelsOf[facet]?.[value] ?? label}
      count={count}
      checked={selected.includes(value)}
      shown={signOf(facet, value)}
      onToggle={onToggle}
    />
  );

  const name = text.meetings.facets.names[facet];
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 className={styles.heading}>
        <button
          id={id}
          type="button"
          className={styles.fold}
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {name}
        </button>
      </h2>
      {open && (
        <>
          {isWide(facet) && (
            <FindBox label={text.meetings.facets.find[facet]} value={search} onChange={setSearch} />
          )}
          <div role="group" aria-labelledby={id}>
            {missing.map((value) =>
              option(value, browser.labelOf(facet, value) ?? text.meetings.sentence.unknown, countOf(value)),
            )}
            {listed.map(({ value, label, count }) => option(value, label, count))}
          </div>
          {found?.length === 0 && <p className={styles.nothing}>{text.meetings.facets.none}</p>}
        </>
      )}
    </section>
  );
});

interface FindBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function FindBox({ label, value, onChange }: FindBoxProps) {
  return (
    <TextInput
      size="xs"
      mb={4}
      aria-label={label}
      placeholder={label}
      maxLength={200}
      value={value}
      rightSection={
        value && (
          <CloseButton
            size="xs"
            aria-label={text.clearSearch}
            onClick={() => {
              onChange('');
            }}
          />
        )
      }
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onChange('');
      }}
    />
  );
}
