import { meetingPriorities, meetingStatuses, meetingTypes } from '../contract/meetings.ts';
import type { MeetingFields } from '../contract/meetings.ts';
import type { Start } from '../contract/values.ts';

/**
 * A meeting's record as the store keeps it: JSON without names of fields, because records are most of an office's memory.
 * lua/store/meeting_record.lua reads and writes the same, and says why each part stands where it does.
 */
export type MeetingRecord = readonly [
  id: string,
  ownerId: string,
  startKey: string,
  changedAt: string,
  createdAt: string,
  type: number,
  status: number,
  priority: number,
  hasExternalId: 0 | 1,
  slot: number,
  durationMinutes: number | null,
  titleKey: string | null,
  title: string,
  details: string,
  tags: readonly string[],
  zoneOrDay: string,
  externalId: string | null,
  version: number,
  createdBy: string,
  changedBy: string | null,
  deletedAt: string | null,
];

/** A meeting with its fields by name; its client is only pointed to. */
export interface StoredMeeting extends Omit<MeetingFields, 'clientId'> {
  id: string;
  slot: number;
  startKey: string;
  titleKey: string;
  externalId: string | null;
  version: number;
  createdAt: string;
  createdBy: string;
  changedAt: string;
  changedBy: string;
  deletedAt: string | null;
}

const startOf = (at: string, zoneOrDay: string): Start =>
  /^\d/.test(zoneOrDay) ? { date: zoneOrDay } : { at, zone: zoneOrDay };

/** As Lua's string.lower has it: letters beyond ASCII stay as they are. */
const inSmallLetters = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

export function readMeeting(record: MeetingRecord): StoredMeeting {
  const [id, ownerId, startKey, changedAt, createdAt, type, status, priority, , slot] = record;
  const [, , , , , , , , , , durationMinutes, titleKey, title, details, tags, zoneOrDay, externalId] = record;
  const [version, createdBy, changedBy, deletedAt] = record.slice(17) as [
    number,
    string,
    string | null,
    string | null,
  ];
  return {
    id,
    ownerId,
    title,
    titleKey: titleKey ?? inSmallLetters(title),
    details,
    type: meetingTypes[type - 1]!,
    status: meetingStatuses[status - 1]!,
    priority: meetingPriorities[priority - 1]!,
    tags: [...tags],
    start: startOf(startKey, zoneOrDay),
    startKey,
    durationMinutes,
    slot,
    externalId,
    version,
    createdAt,
    createdBy,
    changedAt,
    changedBy: changedBy ?? createdBy,
    deletedAt,
  };
}

/** What is written about a new meeting. */
export interface NewMeeting extends Omit<MeetingFields, 'clientId' | 'ownerId'> {
  readonly externalId?: string | null;
  readonly titleKey: string;
  readonly startKey: string;
}

export interface RecordStamps {
  readonly id: string;
  /** Of its client. */
  readonly slot: number;
  readonly ownerId: string;
  /** When and by whom (user id) it was made. */
  readonly at: string;
  readonly by: string;
}

const places = <T extends string>(values: readonly T[]): Readonly<Record<T, number>> =>
  Object.fromEntries(values.map((value, at) => [value, at + 1])) as Record<T, number>;
const typePlaces = places(meetingTypes);
const statusPlaces = places(meetingStatuses);
const priorityPlaces = places(meetingPriorities);

/** Neither instants, days nor names of zones hold anything that JSON escapes. */
const zoneOrDayOf = (start: Start): string => ('at' in start ? start.zone : start.date);

/** The text of a new meeting's record. */
export function recordText(meeting: NewMeeting, { id, slot, ownerId, at, by }: RecordStamps): string {
  const { titleKey, externalId } = meeting;
  const key = titleKey === inSmallLetters(meeting.title) ? 'null' : JSON.stringify(titleKey);
  return (
    `["${id}","${ownerId}","${meeting.startKey}","${at}","${at}",` +
    `${String(typePlaces[meeting.type])},${String(statusPlaces[meeting.status])},${String(priorityPlaces[meeting.priority])},` +
    `${externalId ? '1' : '0'},${String(slot)},${String(meeting.durationMinutes)},${key},${JSON.stringify(meeting.title)},` +
    `${JSON.stringify(meeting.details)},${JSON.stringify(meeting.tags)},"${zoneOrDayOf(meeting.start)}",` +
    `${externalId ? JSON.stringify(externalId) : 'null'},1,"${by}",null,null]`
  );
}
