import type { OfficeStatus } from '../../electron/contract/office.ts';
import { momentText, numberText } from '../format.ts';
import { text } from '../text.ts';
import styles from './StartScreen.module.css';

type Damage = NonNullable<NonNullable<OfficeStatus['trouble']>['damage']>;

const words = text.start.trouble;
const moment = (instant: string | null): string => (instant === null ? '' : momentText(instant));

/** How much of what was saved is lost, and of which days. */
export function DamageFacts({ damage }: { readonly damage: Damage }) {
  const { lost, since, until, mayRepair } = damage;
  const sentence = !mayRepair
    ? words.lostAll(moment(until))
    : lost !== null
      ? words.lost(lost, numberText(lost), moment(since), moment(until))
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
