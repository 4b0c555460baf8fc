import type { OfficeStatus } from '../../electron/contract/office.ts';
import { momentText, numberText } from '../format.ts';
import { text } from '../text.ts';
import styles from './StartScreen.module.css';

type Damage = NonNullable<NonNullable<OfficeStatus['trouble']>['damage']>;

const words = text.start.trouble;
const moment = (instant: string | null): string => (instant === null ? '' : momentText(instant));

/** A number of records that tells something the number of actions does not; else empty. */
const moreThan = (lost: number, records: number | null): string =>
  records !== null && records > lost ? numberText(records) : '';

/** How much of what was saved is lost, and of which days. */
export function DamageFacts({ damage }: { readonly damage: Damage }) {
  const { lost, records, since, until, mayRepair } = damage;
  const sentence = !mayRepair
    ? words.lostAll(moment(until))
    : lost !== null
      ? words.lost(lost, numberText(lost), moreThan(lost, records), moment(since), moment(until))
      : words.mayBeLost(moment(since), moment(until));
  return (
    <>
      <p className={styles.intro}>
        <strong>{sentence}</strong>
      </p>
      {mayRepair && <p className={styles.intro}>{words.kept}</p>}
    </>
  );
}
