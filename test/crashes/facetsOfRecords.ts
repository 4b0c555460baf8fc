import type { FiledMeeting, StoredRecords, StoredUser } from '../support/agreement/records.ts';
import { valueOrder } from '../support/oracle/types.ts';
import type { TestBackend } from '../support/backend.ts';

export const facetFields = ['type', 'status', 'priority', 'owner', 'tag', 'client'] as const;
type Field = (typeof facetFields)[number];

/** What a window was answered about all meetings its user sees. */
export interface Counted {
  readonly userName: string;
  readonly total: number;
  readonly facets: Readonly<Record<Field, readonly { value: string; count: number }[]>>;
}

export async function countsAt(backend: TestBackend, windowId: number, userName: string): Promise<Counted> {
  const { total, facets }: Counted = await backend.ask(windowId, 'meetings.filter', {
    limit: 0,
    facets: facetFields,
  });
  return { userName, total, facets };
}

const valuesOf: Readonly<Record<Field, (filed: FiledMeeting) => readonly string[]>> = {
  type: ({ meeting }) => [meeting.type],
  status: ({ meeting }) => [meeting.status],
  priority: ({ meeting }) => [meeting.priority],
  owner: ({ meeting }) => [meeting.ownerId],
  tag: ({ meeting }) => meeting.tags,
  client: ({ client }) => [client.id],
};
/** How many values of a wide facet are answered. */
const mostValues = 20;

/** Counts the same over the records alone. @returns what differs, in words */
export function countsThatDiffer(records: StoredRecords, { userName, total, facets }: Counted): string[] {
  const user = [...records.users.values()].find((one) => one.userName === userName) as StoredUser;
  const slots = records.assigned.get(user.id);
  const seesAll = user.role === 'administrator' || user.seesAllClients;
  const seen = records.live.filter(({ client }) => seesAll || slots?.has(client.slot));
  const wrong: string[] = [];
  if (total !== seen.length)
    wrong.push(`total of ${userName}: ${String(total)} instead of ${String(seen.length)}`);
  for (const field of facetFields) {
    const counts = countOf(seen, valuesOf[field]);
    const told = facets[field];
    const wanted = field in valueOrder ? Infinity : Math.min(mostValues, counts.size);
    const highest = [...counts.values()].sort((one, other) => other - one).slice(0, wanted);
    const isRight =
      told.every(({ value, count }) => (counts.get(value) ?? 0) === count) &&
      sum(told.map(({ count }) => count)) === sum(highest);
    if (!isRight) wrong.push(`facet ${field} of ${userName}: ${JSON.stringify(told)}`);
  }
  return wrong;
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

function countOf(
  seen: readonly FiledMeeting[],
  values: (filed: FiledMeeting) => readonly string[],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const filed of seen)
    for (const value of values(filed)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
