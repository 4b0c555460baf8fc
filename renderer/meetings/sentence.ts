import type { Facet } from '../../electron/contract/meetings.ts';
import { dayText, orText } from '../format.ts';
import { text } from '../text.ts';
import { dayFields, emptyFilter, isAnyDay, withDays, withValues } from './filter.ts';
import type { DayField, DayRange, MeetingFilter } from './filter.ts';
import { isAnyLength, saidMinutes } from './minuteRange.ts';

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
  clientKind: text.meetings.clientKinds,
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

const dayLeads: Readonly<Record<DayField, string>> = {
  start: '',
  created: words.created,
  changed: words.changed,
};
/** In the order in which a sentence reads well; the type stands before the noun. */
const facetsAfter = [
  'status',
  'priority',
  'owner',
  'client',
  'clientKind',
  'clientCity',
  'clientOwner',
  'tag',
] as const;

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
  const after = facetsAfter.flatMap((facet) => part(facet, leads[facet]));
  return { before: part('type', ''), after: [...after, ...rangeParts(filter), ...textPart(filter)] };
}

function rangeParts(filter: MeetingFilter): SentencePart[] {
  const parts = dayFields
    .filter((field) => !isAnyDay(filter.days[field]))
    .map((field) => ({
      key: field,
      before: dayLeads[field],
      said: saidDays(filter.days[field]),
      without: withDays(filter, field, emptyFilter.days[field]),
    }));
  if (isAnyLength(filter.duration)) return parts;
  const without = { ...filter, duration: emptyFilter.duration };
  return [...parts, { key: 'duration', before: words.duration, said: saidMinutes(filter.duration), without }];
}

function textPart(filter: MeetingFilter): SentencePart[] {
  const typed = filter.text.trim();
  if (!typed) return [];
  return [{ key: 'text', before: words.text, said: words.quoted(typed), without: { ...filter, text: '' } }];
}
