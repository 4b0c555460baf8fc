import type { Facet } from '../../electron/contract/meetings.ts';
import { dayText, orText } from '../format.ts';
import { text } from '../text.ts';
import { withValues } from './filter.ts';
import type { DayRange, MeetingFilter } from './filter.ts';

/** A removable part of the filter sentence, with the words that lead to it. */
export interface SentencePart {
  readonly key: string;
  readonly before: string;
  readonly said: string;
  /** The filter without this part. */
  readonly without: MeetingFilter;
}

type LabelOf = (facet: Facet, value: string) => string | undefined;

const mostNamed = 3;
const words = text.meetings.sentence;

const shortLabels: Partial<Record<Facet, Readonly<Record<string, string>>>> = {
  type: text.meetings.types,
  status: text.meetings.statuses,
  priority: text.meetings.priorities,
};
/** What stands before each facet; the type stands before the noun and needs nothing. */
const leads: Readonly<Record<Exclude<Facet, 'type'>, string>> = {
  status: words.status,
  priority: words.priority,
  owner: words.owner,
  tag: words.tag,
  client: words.client,
  clientKind: words.clientKind,
  clientCity: words.clientCity,
  clientOwner: words.clientOwner,
};

function saidValues(facet: Facet, values: readonly string[], labelOf: LabelOf): string {
  const names = values
    .slice(0, mostNamed)
    .map((value) => shortLabels[facet]?.[value] ?? labelOf(facet, value) ?? words.unknown);
  const rest = values.length - names.length;
  return orText(rest > 0 ? [...names, words.more(rest)] : names);
}

function saidDays({ from, to }: DayRange): string {
  if (from !== null && to !== null) return words.between(dayText(from), dayText(to));
  return from === null ? words.to(dayText(to ?? '')) : words.from(dayText(from));
}

/**
 * The filter as a sentence: "[Email or SMS] meetings that are [Open], with [Acme], containing [“budget”]".
 * @returns the parts before and after the word "meetings"
 */
export function sentenceOf(filter: MeetingFilter, labelOf: LabelOf) {
  const part = (facet: Facet, before: string): SentencePart[] => {
    const values = filter.values[facet];
    if (values.length === 0) return [];
    return [
      {
        key: facet,
        before,
        said: saidValues(facet, values, labelOf),
        without: withValues(filter, facet, []),
      },
    ];
  };
  const after = (['status', 'priority', 'owner', 'client', 'tag'] as const).flatMap((facet) =>
    part(facet, leads[facet]),
  );
  const { days } = filter;
  if (days.from !== null || days.to !== null) {
    after.push({
      key: 'days',
      before: '',
      said: saidDays(days),
      without: { ...filter, days: { from: null, to: null } },
    });
  }
  const typed = filter.text.trim();
  if (typed)
    after.push({
      key: 'text',
      before: words.text,
      said: words.quoted(typed),
      without: { ...filter, text: '' },
    });
  return { before: part('type', ''), after };
}
