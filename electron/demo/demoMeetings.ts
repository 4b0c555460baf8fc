import { instantOf } from '../calendar/instantOf.ts';
import type { MeetingFields } from '../contract/meetings.ts';
import type { Start } from '../contract/values.ts';
import type { DemoClient } from './demoClients.ts';
import { openings, otherTags, sequels, subjects, titles } from './phrases.ts';
import { type Random, skewed, weighted } from './random.ts';

/** A meeting of the demo office; client and owner are told by their index. */
export interface DemoMeeting extends Omit<MeetingFields, 'clientId' | 'ownerId'> {
  readonly client: number;
  readonly owner: number;
}

export interface DemoMeetingPlan {
  readonly random: Random;
  readonly count: number;
  readonly clients: readonly DemoClient[];
  /** For each client, how often each user is the one who met it: pairs of user and weight. */
  readonly owners: readonly (readonly (readonly [user: number, weight: number])[])[];
  /** `YYYY-MM-DD`: what comes later is planned. */
  readonly today: string;
  readonly zone: string;
}

const dayMs = 86_400_000;
const daysBack = 1_000;
const daysAhead = 95;

const typeOf = weighted<MeetingFields['type']>([
  ['email', 34],
  ['call', 25],
  ['visit', 17],
  ['video', 13],
  ['sms', 6],
  ['letter', 5],
]);
const pastStatus = weighted<MeetingFields['status']>([
  ['closed', 76],
  ['open', 11],
  ['waiting', 8],
  ['cancelled', 5],
]);
const comingStatus = weighted<MeetingFields['status']>([
  ['planned', 88],
  ['waiting', 7],
  ['cancelled', 5],
]);
const priorityOf = weighted<MeetingFields['priority']>([
  ['normal', 68],
  ['low', 14],
  ['high', 14],
  ['urgent', 4],
]);
const minutesOf: Readonly<Record<MeetingFields['type'], readonly (number | null)[]>> = {
  email: [null, null, 5, 10, 15],
  call: [5, 10, 10, 15, 20, 30],
  visit: [45, 60, 60, 90, 120, 180],
  video: [30, 30, 45, 60],
  sms: [null],
  letter: [null, 20],
};
const subjectOf = skewed(subjects, 0.6);
const otherTagOf = skewed(otherTags, 0.8);

/** The meetings of the demo office, one by one, in no particular order of date. Same plan, same meetings. */
export function* demoMeetings(plan: DemoMeetingPlan): Generator<DemoMeeting> {
  const clientOf = skewed([...plan.clients.keys()], 0.8);
  const ownerOf = plan.owners.map((owners) => weighted(owners));
  for (let made = 0; made < plan.count; made += 1) {
    const client = clientOf(plan.random);
    const owner = ownerOf[client]?.(plan.random) ?? 0;
    yield { client, owner, ...demoMeeting(plan, plan.clients[client] as DemoClient) };
  }
}

function demoMeeting(
  { random, today, zone }: DemoMeetingPlan,
  client: DemoClient,
): Omit<DemoMeeting, 'client' | 'owner'> {
  const type = typeOf(random);
  const [subject, tag] = subjectOf(random);
  const day = workingDay(random, today);
  const fill = filler(subject, random.pick(client.people), client.city);
  return {
    title: fill(random.pick(titles[type])),
    details: `${fill(random.pick(openings))} ${random.pick(sequels)}`,
    type,
    status: day > today ? comingStatus(random) : pastStatus(random),
    priority: priorityOf(random),
    tags: tagsOf(random, tag),
    start: startOn(random, day, type, zone),
    durationMinutes: random.pick(minutesOf[type]),
  };
}

const filler =
  (subject: string, person: string, city: string) =>
  (template: string): string =>
    template.replace('{subject}', subject).replace('{person}', person).replace('{city}', city);

function tagsOf(random: Random, tag: string): string[] {
  const tags = random.chance(0.85) ? [tag] : [];
  if (random.chance(0.35)) tags.push(otherTagOf(random));
  return tags;
}

/** Monday to Friday; the office has grown, so recent days are fuller than old ones. */
function workingDay(random: Random, today: string): string {
  const offset = random.chance(0.06)
    ? random.between(1, daysAhead)
    : -Math.floor(daysBack * random.next() ** 1.4);
  const date = new Date(Date.parse(`${today}T00:00:00Z`) + offset * dayMs);
  const weekday = date.getUTCDay();
  if (weekday === 6) date.setUTCDate(date.getUTCDate() - 1);
  if (weekday === 0) date.setUTCDate(date.getUTCDate() - 2);
  return date.toISOString().slice(0, 10);
}

/** Letters have a day only, and so do some of the others. */
function startOn(random: Random, day: string, type: MeetingFields['type'], zone: string): Start {
  if (type === 'letter' || random.chance(0.08)) return { date: day };
  const step = type === 'email' || type === 'sms' ? 1 : 15;
  const minutes = 8 * 60 + Math.floor((random.next() * 10 * 60) / step) * step;
  return { at: instantOf(day, minutes * 60_000, zone), zone };
}
