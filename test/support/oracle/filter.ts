import { dayAfter, dayStart } from './dayStart.ts';
import { Refused } from './types.ts';
import { hasEveryWord, searchWords, words } from './words.ts';
import type { Office } from './office.ts';
import type { Condition, Meeting, Selection, Start, User, Where } from './types.ts';

/**
 * The meetings of a selection that the user sees, in no order.
 * @throws Refused NOT_FOUND when the tree names, anywhere, a client the user does not see or an owner there is not
 */
export function select(office: Office, user: User, selection: Selection): Meeting[] {
  const { where, text = '' } = selection;
  if (where) needKnown(office, user, where);
  const lookedFor = searchWords(text);
  return office
    .visibleMeetings(user)
    .filter(
      (meeting) =>
        (!where || holds(office, meeting, where)) &&
        (lookedFor.length === 0 || hasEveryWord(wordsOf(office, meeting), lookedFor)),
    );
}

/** @throws Refused NOT_FOUND, alike for what does not exist and what the user does not see */
export function needKnown(office: Office, user: User, where: Where): void {
  if (!('field' in where)) {
    for (const child of childrenOf(where)) needKnown(office, user, child);
  } else if (where.field === 'client' && !where.values.every((id) => office.seesClient(user, id))) {
    throw new Refused('NOT_FOUND');
  } else if (where.field === 'owner' && !where.values.every((id) => office.users.has(id))) {
    throw new Refused('NOT_FOUND');
  }
}

function childrenOf(group: Exclude<Where, Condition>): Where[] {
  if ('all' in group) return group.all;
  return 'any' in group ? group.any : group.none;
}

export function holds(office: Office, meeting: Meeting, where: Where): boolean {
  if ('all' in where) return where.all.every((child) => holds(office, meeting, child));
  if ('any' in where) return where.any.some((child) => holds(office, meeting, child));
  if ('none' in where) return !where.none.some((child) => holds(office, meeting, child));
  return meets(office, meeting, where);
}

function meets(office: Office, meeting: Meeting, condition: Condition): boolean {
  if (condition.field === 'start') {
    const [from, to] = condition.values;
    const at = startInstant(meeting.start, office.zone);
    return (
      (from === null || at >= dayStart(from, office.zone)) &&
      (to === null || at < dayStart(dayAfter(to), office.zone))
    );
  }
  const has = fieldValues(meeting, condition.field);
  const hasOne = condition.values.some((value) => has.includes(value));
  if (condition.op === 'allOf') return condition.values.every((value) => has.includes(value));
  return condition.op === 'anyOf' ? hasOne : !hasOne;
}

/** The values of a field that can be a facet; only tags are several. */
export function fieldValues(
  meeting: Meeting,
  field: Exclude<Condition['field'], 'start'>,
): readonly string[] {
  switch (field) {
    case 'tag':
      return meeting.tags;
    case 'owner':
      return [meeting.ownerId];
    case 'client':
      return [meeting.clientId];
    default:
      return [meeting[field]];
  }
}

/** A plain date is its first moment in the office's zone. */
export const startInstant = (start: Start, zone: string): number =>
  'at' in start ? Date.parse(start.at) : dayStart(start.date, zone);

const known = new WeakMap<Meeting, string[]>();
const namesKnown = new Map<string, string[]>();

function wordsOf(office: Office, meeting: Meeting): string[] {
  let own = known.get(meeting);
  if (!own) known.set(meeting, (own = [...words(meeting.title), ...words(meeting.details)]));
  return [...own, ...wordsOfName(office.clientName(meeting.clientId))];
}

/** Names are asked for again with every meeting. */
export function wordsOfName(name: string): string[] {
  let found = namesKnown.get(name);
  if (!found) namesKnown.set(name, (found = words(name)));
  return found;
}
