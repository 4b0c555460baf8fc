import { isNone, type StoredRecords } from '../support/agreement/records.ts';

/**
 * All that people wrote down in an office, as one text, so that two states of it can be compared. Not how often and when
 * it changed: what was changed and taken back is as it was.
 */
export function contentsOf({ live, clients, users, assigned }: StoredRecords): string {
  const nameOf = (userId: string): string => users.get(userId)?.displayName ?? '';
  const meetings = live.map(({ meeting, client }) => {
    const { title, details, type, status, priority, tags, start, durationMinutes, externalId } = meeting;
    const others = [details, type, status, priority, tags, start, durationMinutes ?? null, externalId ?? ''];
    return JSON.stringify([client.name, nameOf(meeting.ownerId), title, ...others]);
  });
  const people = [...users.values()]
    .filter(({ deletedAt }) => isNone(deletedAt))
    .map(({ id, displayName }) => {
      const seen = [...(assigned.get(id) ?? [])].map((slot) => clients.get(slot)?.name ?? '').sort();
      return JSON.stringify([displayName, seen]);
    });
  const names = [...clients.values()].filter(({ deletedAt }) => isNone(deletedAt)).map(({ name }) => name);
  return [...people.sort(), ...names.sort(), ...meetings.sort()].join('\n');
}
