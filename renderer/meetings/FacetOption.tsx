import { memo } from 'react';
import type { ReactNode } from 'react';
import { numberText } from '../format.ts';
import { text } from '../text.ts';
import styles from './FacetPanel.module.css';

interface FacetOptionProps {
  readonly value: string;
  readonly label: string;
  /** Undefined while it is being counted. */
  readonly count: number | undefined;
  readonly checked: boolean;
  readonly shown?: ReactNode;
  readonly onToggle: (value: string) => void;
}

/** One value of a facet: a plain checkbox, because some seventy of them are drawn anew at every click. */
export const FacetOption = memo(function FacetOption(props: FacetOptionProps) {
  const { value, label, count, checked, shown, onToggle } = props;
  return (
    <label className={styles.option} data-none={count === 0}>
      <input
        type="checkbox"
        checked={checked}
        aria-label={text.meetings.facets.option(label, count ?? 0)}
        onChange={() => {
          onToggle(value);
        }}
      />
      <span className={styles.label} title={shown ? undefined : label}>
        {shown ?? label}
      </span>
      <span className={styles.count}>{count === undefined ? '…' : numberText(count)}</span>
    </label>
  );
});
