import { dayAfter, dayStart } from './dayStart.ts';
import { matches } from './meetingText.ts';
import { Refused } from './types.ts';
import { searchWords } from './words.ts';
import type { Office } from './office.ts';
import type { Condition, DayField, FacetField, Meeting, Selection, Start, User, Where } from './types.ts';

/**
 * The meetings of a selection that the user sees, in no order.
 * @throws Refused NOT_FOUND when the tree names, anywhere, a client the user does not see or an owner there is not
 */
export function select(office: Office, user: User, selection: Selection): readonly Meeting[] {
  const { where, text = '' } = selection;
  if (where) needKnown(office, user, where);
  return office.once(`found for ${user.id} by ${JSON.stringify([where, text])}`, () => {
    const lookedFor = searchWords(text);
    const seen = office.visibleMeetings(user);
    const found = where ? seen.filter(test(office, where)) : seen;
    return lookedFor.length > 0 ? found.filter((meeting) => matches(office, meeting, lookedFor)) : found;
  });
}

/** @throws Refused NOT_FOUND, alike for what does not exist and what the user does not see */
export function needKnown(office: Office, user: User, where: Where): void {
  if (!('field' in where)) {
    for (const child of childrenOf(where)) needKnown(office, user, child);
  } else if (where.field === 'client' && !where.values.every((id) => office.seesClient(user, id))) {
    throw new Refused('NOT_FOUND');
  } else if (
    (where.field === 'owner' || where.field === 'clientOwner') &&
    !where.values.every((id) => office.users.has(id))
  ) {
    throw new Refused('NOT_FOUND');
  }
}

function childrenOf(group: Exclude<Where, Condition>): Where[] {
  if ('all' in group) return group.all;
  return 'any' in group ? group.any : group.none;
}

type Test = (meeting: Meeting) => boolean;

export const holds = (office: Office, meeting: Meeting, where: Where): boolean =>
  test(office, where)(meeting);

/** What a tree asks of a meeting, made ready to be asked of many. */
export function test(office: Office, where: Where): Test {
  if ('field' in where) return conditionTest(office, where);
  const tests = childrenOf(where).map((child) => test(office, child));
  if ('all' in where) return (meeting) => tests.every((holdsFor) => holdsFor(meeting));
  if ('any' in where) return (meeting) => tests.some((holdsFor) => holdsFor(meeting));
  return (meeting) => !tests.some((holdsFor) => holdsFor(meeting));
}

function conditionTest(office: Office, condition: Condition): Test {
  switch (condition.field) {
    case 'start':
    case 'created':
    case 'changed':
      return daysTest(office, condition.field, condition.values);
    case 'duration': {
      const [from, to] = condition.values;
      return ({ durationMinutes: minutes }) =>
        minutes !== null && (from === null || minutes >= from) && (to === null || minutes <= to);
    }
    case 'text': {
      const lookedFor = searchWords(condition.values[0]);
      return (meeting) => matches(office, meeting, lookedFor);
    }
    default:
      return valuesTest(office, condition);
  }
}

/** Days begin and end on the office's clock. */
function daysTest(office: Office, field: DayField, [from, to]: [string | null, string | null]): Test {
  const first = from === null ? -Infinity : dayStart(from, office.zone);
  const end = to === null ? Infinity : dayStart(dayAfter(to), office.zone);
  return (meeting) => {
    const at = instantOf(office, meeting, field);
    return at >= first && at < end;
  };
}

function valuesTest(office: Office, { field, op, values }: Condition & { field: FacetField }): Test {
  const asked = new Set(field === 'clientCity' ? values.map((city) => city.trim()) : values);
  if (op === 'allOf') {
    return (meeting) => {
      const has = fieldValues(office, meeting, field);
      return [...asked].every((value) => has.includes(value));
    };
  }
  return (meeting) =>
    fieldValues(office, meeting, field).some((value) => asked.has(value)) === (op === 'anyOf');
}

/** The values of a field that can be a facet. Only tags are several; a client may have no city and nobody who looks after it. */
export function fieldValues(office: Office, meeting: Meeting, field: FacetField): readonly string[] {
  switch (field) {
    case 'tag':
      return meeting.tags;
    case 'owner':
      return [meeting.ownerId];
    case 'client':
      return [meeting.clientId];
    case 'clientKind':
      return [office.client(meeting.clientId).kind];
    case 'clientCity': {
      const { city } = office.client(meeting.clientId);
      return city === '' ? [] : [city];
    }
    case 'clientOwner': {
      const { ownerId } = office.client(meeting.clientId);
      return ownerId === null ? [] : [ownerId];
    }
    default:
      return [meeting[field]];
  }
}

const known = new WeakMap<Meeting, Record<DayField, number>>();

/** @returns milliseconds since 1970 */
export function instantOf(office: Office, meeting: Meeting, field: DayField): number {
  let instants = known.get(meeting);
  if (!instants) {
    const { createdAt, changedAt } = meeting;
    instants = {
      start: startInstant(meeting.start, office.zone),
      created: Date.parse(createdAt),
      changed: Date.parse(changedAt),
    };
    known.set(meeting, instants);
  }
  return instants[field];
}

/** A plain date is its first moment in the office's zone. */
export const startInstant = (start: Start, zone: string): number =>
  'at' in start ? Date.parse(start.at) : dayStart(start.date, zone);
