import { webcrypto } from 'node:crypto';
import dayjs, { type Dayjs } from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import { ICalCalendar, ICalEventStatus, type ICalEventData } from 'ical-generator';
import type { Meeting } from '../contract/meetings.ts';
import { clockTime } from './zoneClock.ts';
import { zoneRules } from './zoneRules.ts';

// The library writes digits and zone as they are given; converting them itself takes it several times as long.
dayjs.extend(utc);
// It makes an id for each event before it is told ours; the oldest runtime, Node 18, has no global for that.
(globalThis as { crypto?: unknown }).crypto ??= webcrypto;

const begin = 'BEGIN:VEVENT';
const end = 'END:VCALENDAR';
/** By section 3.8.1.9 of RFC 5545: 1 is the highest, 5 in the middle, 9 the lowest. */
const priorities = { urgent: 1, high: 3, normal: 5, low: 9 } as const;

/** Meetings as iCalendar, a slice at a time. */
export interface CalendarText {
  readonly head: string;
  events(meetings: readonly Meeting[]): string;
  readonly end: string;
}

/** Clocks are described from then on, until five years from now. What lies outside is told in UTC. */
const describedFrom = Date.UTC(2000, 0, 1);
const describedYears = 5;
/** Clocks never go back by more. */
const nearMs = 3 * 3_600_000;

const newCalendar = (name: string): ICalCalendar =>
  new ICalCalendar({ prodId: { company: 'Daybook', product: 'Daybook', language: 'EN' }, name });

/** @param now the moment of the export */
export function calendarText(name: string, zone: string, now: Date): CalendarText {
  const until = Date.UTC(now.getUTCFullYear() + describedYears, 11, 31);
  const isPlain = (ms: number): boolean => ms >= describedFrom && ms < until && !isNearChange(ms, zone);
  const empty = newCalendar(name).toString();
  return {
    head: empty.slice(0, empty.indexOf(end)) + zoneRules(zone, describedFrom, until),
    events(meetings) {
      if (meetings.length === 0) return '';
      const calendar = newCalendar(name);
      for (const meeting of meetings) calendar.createEvent(eventOf(meeting, zone, isPlain));
      const text = calendar.toString();
      return text.slice(text.indexOf(begin), text.lastIndexOf(end));
    },
    end: `${end}\r\n`,
  };
}

/** The hour that clocks show twice cannot be told in their own time; calendars disagree about the hours around it. */
function isNearChange(ms: number, zone: string): boolean {
  const offsetAt = (moment: number): number => clockTime(moment, zone) - moment;
  return offsetAt(ms - nearMs) !== offsetAt(ms + nearMs);
}

/** When it is: in the office's zone where that says it without doubt, else in UTC. */
function whenOf(
  { start, durationMinutes }: Meeting,
  zone: string,
  isPlain: (ms: number) => boolean,
): Pick<ICalEventData, 'start' | 'end' | 'allDay' | 'timezone'> {
  if ('date' in start) return { start: new Date(`${start.date}T00:00:00.000Z`), allDay: true };
  const startMs = Date.parse(start.at);
  const endMs = startMs + (durationMinutes ?? 0) * 60_000;
  const isInZone = isPlain(startMs) && isPlain(endMs);
  const moment = (ms: number): Dayjs | Date => (isInZone ? dayjs.utc(clockTime(ms, zone)) : new Date(ms));
  return {
    ...(isInZone && { timezone: zone }),
    start: moment(startMs),
    ...(endMs > startMs && { end: moment(endMs) }),
  };
}

function eventOf(meeting: Meeting, zone: string, isPlain: (ms: number) => boolean): ICalEventData {
  const { id, version, client, owner, title, details, type, status, priority, tags } = meeting;
  const facts = `${client.name} · ${type} · ${status} · ${owner.name}`;
  return {
    ...whenOf(meeting, zone, isPlain),
    ...{ id, sequence: version - 1, summary: `${title} (${client.name})` },
    description: details === '' ? facts : `${details}\n\n${facts}`,
    categories: tags.map((name) => ({ name })),
    status: status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    priority: priorities[priority],
    stamp: new Date(meeting.changedAt),
    created: new Date(meeting.createdAt),
    lastModified: new Date(meeting.changedAt),
  };
}
