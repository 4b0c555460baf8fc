import { meetingFields } from '../../electron/contract/meetings.ts';
import type { Meeting, MeetingFields } from '../../electron/contract/meetings.ts';
import type { Named, Start } from '../../electron/contract/values.ts';
import { dayOfInstant, officeZone } from '../format.ts';
import { onlyProblems, problemOf } from '../problems.ts';
import { text } from '../text.ts';
import { parsedTime } from '../ui/parsedTime.ts';
import { instantAt, wallClock } from '../zonedTime.ts';

/** A meeting as the form holds it. */
export interface MeetingDraft {
  readonly client: Named | null;
  readonly ownerId: string;
  readonly title: string;
  readonly type: Meeting['type'];
  readonly status: Meeting['status'];
  readonly priority: Meeting['priority'];
  readonly day: string | null;
  /** `09:30`, or empty when only the day is known. */
  readonly time: string;
  readonly minutes: number | string;
  readonly tags: string[];
  readonly details: string;
}

const clock = (start: Start): { day: string; time: string } =>
  'date' in start ? { day: start.date, time: '' } : wallClock(start.at, officeZone());

export const newDraft = (ownerId: string, client: Named | null): MeetingDraft => ({
  client,
  ownerId,
  title: '',
  type: 'visit',
  status: 'planned',
  priority: 'normal',
  day: dayOfInstant(new Date()),
  time: '',
  minutes: '',
  tags: [],
  details: '',
});

export const draftOf = (meeting: Meeting): MeetingDraft => ({
  client: meeting.client,
  ownerId: meeting.owner.id,
  title: meeting.title,
  type: meeting.type,
  status: meeting.status,
  priority: meeting.priority,
  ...clock(meeting.start),
  minutes: meeting.durationMinutes ?? '',
  tags: meeting.tags,
  details: meeting.details,
});

/** An untouched start stays exactly what it was, zone and seconds included. */
function startOf({ day, time: typed }: MeetingDraft, before: Start | undefined): Start {
  const date = day ?? '';
  const time = parsedTime(typed) ?? '';
  if (before) {
    const old = clock(before);
    if (old.day === date && old.time === time) return before;
  }
  const zone = officeZone();
  return time === '' ? { date } : { at: instantAt(date, time, zone), zone };
}

export const fieldsOf = (draft: MeetingDraft, before?: Start): MeetingFields => ({
  clientId: draft.client?.id ?? '',
  ownerId: draft.ownerId,
  title: draft.title.trim(),
  details: draft.details,
  type: draft.type,
  status: draft.status,
  priority: draft.priority,
  tags: draft.tags,
  start: startOf(draft, before),
  durationMinutes: draft.minutes === '' ? null : Number(draft.minutes),
});

const schema = meetingFields.shape;
const words = text.meetings.form;

/** The same rules as in the contract, said with the names of the fields. */
export function draftProblems(draft: MeetingDraft) {
  const { minutes } = draft;
  return onlyProblems<MeetingDraft>({
    client: draft.client ? undefined : text.form.empty(words.client),
    ownerId: problemOf(schema.ownerId, words.owner, draft.ownerId),
    title: problemOf(schema.title, words.title, draft.title),
    day: draft.day === null ? text.form.empty(words.date) : undefined,
    time: parsedTime(draft.time) === null ? text.form.notValid(words.time) : undefined,
    minutes: minutes === '' ? undefined : problemOf(schema.durationMinutes, words.duration, Number(minutes)),
    tags: problemOf(schema.tags, words.tags, draft.tags),
    details: draft.details === '' ? undefined : problemOf(schema.details, words.details, draft.details),
  });
}
