import { IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { usePagedPart } from '../list/usePagedList.ts';
import { text } from '../text.ts';
import styles from './FilterSentence.module.css';
import type { MeetingBrowser } from './MeetingBrowser.ts';
import { cleared, withOrderOf } from './filter.ts';
import { sentenceOf } from './sentence.ts';
import type { SentencePart } from './sentence.ts';

interface FilterSentenceProps {
  readonly browser: MeetingBrowser;
  readonly onChanged: () => void;
}

/** What the shown rows answer, in words; every part can be taken out. */
export const FilterSentence = memo(function FilterSentence({ browser, onChanged }: FilterSentenceProps) {
  const query = usePagedPart(browser.list, 'query');
  const words = text.meetings.sentence;
  const { before, after } = sentenceOf(query, (facet, value) => browser.labelOf(facet, value));
  const chip = (part: SentencePart) => (
    <span key={part.key} className={styles.part}>
      {part.before && `${part.before} `}
      <button
        type="button"
        className={styles.chip}
        aria-label={words.remove(part.said)}
        title={words.remove(part.said)}
        onClick={() => {
          browser.filterBy(withOrderOf(part.without, browser.getLook().filter));
          onChanged();
        }}
      >
        <span className={styles.said}>{part.said}</span>
        <IconX size={12} stroke={2.2} aria-hidden />
      </button>
    </span>
  );
  const nothing = before.length + after.length === 0;
  return (
    <div role="group" aria-label={words.label} className={styles.sentence}>
      {nothing ? (
        <span className={styles.noun}>{words.everything}</span>
      ) : (
        <>
          {before.map(chip)}
          <span className={styles.noun}>{words.noun}</span>
          {after.map(chip)}
          <button
            type="button"
            className={styles.clear}
            onClick={() => {
              browser.filterBy(cleared(browser.getLook().filter));
              onChanged();
            }}
          >
            {words.clearAll}
          </button>
        </>
      )}
    </div>
  );
});
