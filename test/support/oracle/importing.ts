import { Refused } from './types.ts';
import { fold } from './words.ts';
import type { Office } from './office.ts';
import type { Client, Meeting, User } from './types.ts';

/** What came with one file, as it was when it came. */
export interface Imported {
  clients: Client[];
  owners: User[];
  meetings: Meeting[];
  /** Meetings that were there and that it changed. */
  updates?: { before: Meeting; after: Meeting }[];
}

/** Shows all that came with a file, at once. */
export function admit(office: Office, { clients, owners, meetings, updates = [] }: Imported): void {
  for (const client of clients) office.clients.set(client.id, client);
  for (const owner of owners) office.users.set(owner.id, owner);
  for (const meeting of meetings) office.meetings.set(meeting.id, meeting);
  for (const { after } of updates) office.meetings.set(after.id, after);
}

/** Who takes an import back, and when; only meetings that it had changed say so. */
export interface Undoing {
  actor: string;
  at: string;
}

/**
 * Takes an import back. Clients that came with it stay if somebody changed them or gave them other meetings; owners
 * stay if a meeting is theirs, or they see or look after a client.
 * @throws Refused CONFLICT when somebody changed one of its meetings, or a client one of them had or has is gone
 */
export function takeBack(office: Office, imported: Imported, undoing: () => Undoing): void {
  const { clients, owners, meetings, updates = [] } = imported;
  checkTakingBack(office, imported);
  const said = updates.length > 0 ? undoing() : null;
  for (const { before, after } of updates) {
    bringBack(office, before.ownerId);
    const stamps = { version: after.version + 1, changedAt: said?.at ?? '', changedBy: said?.actor ?? '' };
    office.meetings.set(before.id, { ...before, ...stamps });
  }
  for (const meeting of meetings) office.meetings.set(meeting.id, { ...meeting, deleted: true });
  const living = [...office.meetings.values()].filter((meeting) => !meeting.deleted);
  for (const client of clients) {
    const isNeeded = living.some(({ clientId }) => clientId === client.id);
    if (office.clients.get(client.id) === client && !isNeeded)
      office.clients.set(client.id, { ...client, deleted: true });
  }
  for (const owner of owners) {
    const isNeeded = living.some(({ ownerId }) => ownerId === owner.id) || hasClients(office, owner);
    if (office.users.get(owner.id) !== owner || isNeeded) continue;
    office.users.delete(owner.id);
    office.gone.set(owner.id, owner);
  }
}

/** @throws Refused CONFLICT where an import cannot be taken back */
export function checkTakingBack(office: Office, { meetings, updates = [] }: Imported): void {
  const isLiving = (clientId: string): boolean => office.clients.get(clientId)?.deleted === false;
  const isUntouched =
    meetings.every((meeting) => office.meetings.get(meeting.id) === meeting) &&
    updates.every(
      ({ before, after }) =>
        office.meetings.get(after.id) === after &&
        isLiving(after.clientId) &&
        isLiving(before.clientId) &&
        canOwn(office, before.ownerId),
    );
  if (!isUntouched) throw new Refused('CONFLICT');
}

/** Whether somebody is there, or can come back. */
export function canOwn(office: Office, userId: string): boolean {
  const gone = office.gone.get(userId);
  return office.users.has(userId) || (gone !== undefined && !isTaken(office, gone));
}

const isTaken = (office: Office, { userName }: User): boolean =>
  [...office.users.values()].some((user) => fold(user.userName) === fold(userName));

/** Whoever owned a meeting comes back with it, as does who looked after a client. */
export function bringBack(office: Office, userId: string): void {
  const user = office.gone.get(userId);
  if (!user) return;
  office.users.set(userId, user);
  office.gone.delete(userId);
}

const hasClients = (office: Office, user: User): boolean =>
  office.visibleClients(user).length > 0 ||
  [...office.clients.values()].some(({ ownerId, deleted }) => ownerId === user.id && !deleted);
