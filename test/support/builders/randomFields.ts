import { dayStart } from '../oracle/dayStart.ts';
import { valueOrder } from '../oracle/types.ts';
import {
  cities,
  clientName,
  details,
  durations,
  hardDays,
  sentence,
  tags,
  title,
  zones,
} from './vocabulary.ts';
import type { Office } from '../oracle/office.ts';
import type {
  Client,
  ClientFields,
  Meeting,
  MeetingFields,
  Start,
  User,
  UserFields,
} from '../oracle/types.ts';
import type { Random } from '../random.ts';

/** An id as the program makes them, of nothing there is. */
export const nobody = '01900000-0000-7000-8000-000000000000';

/** @param ownerIds whoever may look after clients; the first are drawn most */
export function clientFields(random: Random, ownerIds: readonly string[]): ClientFields {
  return {
    name: clientName(random),
    kind: random.weighted([
      [3, 'company'],
      [1, 'person'],
    ] as const),
    city: random.chance(0.2) ? '' : zipf(random, cities),
    ownerId: random.chance(0.3) || ownerIds.length === 0 ? null : zipf(random, ownerIds),
    notes: random.chance(0.2) ? sentence(random, 1, 6) : '',
  };
}

/**
 * A meeting of somebody's with some client, as unevenly spread as real ones.
 * @param clientIds the first are drawn most
 */
export function meetingFields(random: Random, office: Office, clientIds: readonly string[]): MeetingFields {
  return {
    clientId: zipf(random, clientIds),
    ownerId: zipf(random, [...office.users.keys()]),
    title: title(random),
    details: details(random),
    type: skewed(random, valueOrder.type),
    status: skewed(random, valueOrder.status),
    priority: random.weighted([
      [1, 'low'],
      [6, 'normal'],
      [2, 'high'],
      [1, 'urgent'],
    ] as const),
    tags: [...new Set(Array.from({ length: random.between(0, 3) }, () => zipf(random, tags)))],
    start: start(random, office),
    durationMinutes: random.chance(0.3) ? null : random.pick(durations),
  };
}

/** Half the days are few, so that many meetings start at the same instant. */
export const day = (random: Random): string =>
  random.chance(0.5)
    ? random.pick(hardDays)
    : new Date(Date.UTC(2023, 0, 1) + random.between(0, 1_600) * 86_400_000).toISOString().slice(0, 10);

/** First and last moments of days are where ranges go wrong. */
function start(random: Random, office: Office): Start {
  if (random.chance(0.2)) return { date: day(random) };
  const hourMs = 3_600_000;
  const afterMs = random.pick([
    0,
    0,
    -1,
    1,
    hourMs,
    9 * hourMs,
    9 * hourMs,
    23 * hourMs,
    24 * hourMs - 1,
    24 * hourMs,
  ]);
  const on = day(random);
  // An instant of the year 999 or 10000 cannot be written down.
  const safeMs = on.startsWith('1000') ? 48 * hourMs : 0;
  return {
    at: new Date(dayStart(on, office.zone) + afterMs + safeMs).toISOString(),
    zone: random.pick(zones),
  };
}

function fieldsOf(meeting: Meeting): MeetingFields {
  const { id: _id, deleted: _deleted, version: _version, ...rest } = meeting;
  const {
    createdAt: _createdAt,
    createdBy: _createdBy,
    changedAt: _changedAt,
    changedBy: _changedBy,
    ...fields
  } = rest;
  return fields;
}

export function userFields({ id: _id, version: _version, ...fields }: User): UserFields {
  return fields;
}

/** What somebody changes about a meeting: now one thing, now everything. */
export function changedFields(
  random: Random,
  office: Office,
  before: Meeting,
  clientIds: readonly string[],
): MeetingFields {
  const fresh = meetingFields(random, office, clientIds);
  const same = fieldsOf(before);
  return random.weighted<MeetingFields>([
    [2, fresh],
    [1, same],
    [2, { ...same, clientId: fresh.clientId }],
    [2, { ...same, title: fresh.title }],
    [2, { ...same, details: fresh.details, tags: fresh.tags }],
    [2, { ...same, start: fresh.start, durationMinutes: fresh.durationMinutes }],
    [2, { ...same, type: fresh.type, status: fresh.status, priority: fresh.priority }],
    [1, { ...same, ownerId: fresh.ownerId }],
  ]);
}

/** What somebody changes about a client; a change of kind, city or owner moves all its meetings. */
export function changedClient(random: Random, office: Office, before: Client): ClientFields {
  const fresh = clientFields(random, [...office.users.keys()]);
  const { name, kind, city, ownerId, notes } = before;
  const same = { name, kind, city, ownerId, notes };
  return random.weighted<ClientFields>([
    [2, fresh],
    [0.5, same],
    [1, { ...same, name: fresh.name }],
    [2, { ...same, kind: kind === 'person' ? 'company' : 'person' }],
    [2, { ...same, city: fresh.city }],
    [2, { ...same, ownerId: fresh.ownerId }],
  ]);
}

export const visibleClientIds = (office: Office, user: User): string[] =>
  office.visibleClients(user).map(({ id }) => id);

export function zipf<T>(random: Random, list: readonly T[]): T {
  return random.weighted(list.map((item, at) => [1 / (at + 1) ** 0.8, item] as const));
}

const skewed = <T>(random: Random, list: readonly T[]): T =>
  random.weighted(list.map((item, at) => [1 / (at + 1), item] as const));
