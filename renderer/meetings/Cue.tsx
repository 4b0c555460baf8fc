import type { ReactNode } from 'react';
import type { Meeting } from '../../electron/contract/meetings.ts';
import { text } from '../text.ts';
import styles from './Cue.module.css';

type CueField = 'type' | 'status' | 'priority';

const make = (name: string, label: string): ReactNode => (
  <span className={styles.cue} data-cue={name}>
    {label}
  </span>
);
const makeAll = (labels: Readonly<Record<string, string>>): ReadonlyMap<string, ReactNode> =>
  new Map(Object.entries(labels).map(([value, label]) => [value, make(value, label)]));

/** Made once: rows show the same fifteen elements over and over, and React need not compare what is identical. */
const cues: Readonly<Record<CueField, ReadonlyMap<string, ReactNode>>> = {
  type: makeAll(text.meetings.types),
  status: makeAll(text.meetings.statuses),
  priority: makeAll(text.meetings.priorities),
};

/** A value of a meeting as a small sign and a word, never by colour alone. */
export const cueOf = <F extends CueField>(field: F, value: Meeting[F]): ReactNode => cues[field].get(value);
