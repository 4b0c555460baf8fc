import { Refused } from './types.ts';
import type { Office } from './office.ts';
import type { Client, Meeting, User } from './types.ts';

/** What came with one file, as it was when it came. */
export interface Imported {
  clients: Client[];
  owners: User[];
  meetings: Meeting[];
}

/** Shows all that came with a file, at once. */
export function admit(office: Office, { clients, owners, meetings }: Imported): void {
  for (const client of clients) office.clients.set(client.id, client);
  for (const owner of owners) office.users.set(owner.id, owner);
  for (const meeting of meetings) office.meetings.set(meeting.id, meeting);
}

/**
 * Takes an import back. Clients that came with it stay if somebody changed them or gave them other meetings; owners
 * stay if a meeting is theirs.
 * @throws Refused CONFLICT when somebody changed one of its meetings
 */
export function takeBack(office: Office, { clients, owners, meetings }: Imported): void {
  if (meetings.some((meeting) => office.meetings.get(meeting.id) !== meeting)) throw new Refused('CONFLICT');
  for (const meeting of meetings) office.meetings.set(meeting.id, { ...meeting, deleted: true });
  const living = [...office.meetings.values()].filter((meeting) => !meeting.deleted);
  for (const client of clients) {
    const isNeeded = living.some(({ clientId }) => clientId === client.id);
    if (office.clients.get(client.id) === client && !isNeeded)
      office.clients.set(client.id, { ...client, deleted: true });
  }
  for (const owner of owners) {
    const isNeeded = living.some(({ ownerId }) => ownerId === owner.id);
    if (office.users.get(owner.id) === owner && !isNeeded) office.users.delete(owner.id);
  }
}
