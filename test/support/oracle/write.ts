import { bringBack, canOwn } from './importing.ts';
import { Refused } from './types.ts';
import { fold } from './words.ts';
import type { Entry, Office } from './office.ts';
import type { Client, ClientFields, Meeting, Stamps, User, UserFields } from './types.ts';
import type { Learned, Write } from './writes.ts';

/**
 * Does to the oracle's office what the program was told to do.
 * @param learned what the program's reply said; asked for only when the write is allowed
 * @throws Refused where the program is to refuse; nothing has changed then
 */
export function write(office: Office, what: Write, learned: () => Learned): void {
  const change = judge(office, what);
  const said = learned();
  const { kind, actor } = what;
  office.entries.push({ entry: said.entry, actor, isUndo: kind === 'undo', undone: false, ...change(said) });
}

type Change = (learned: Learned) => Pick<Entry, 'meeting' | 'client'>;

/** @throws Refused where the program is to refuse a write */
export function check(office: Office, what: Write): void {
  judge(office, what);
}

/** @returns what is to be changed, once everything has been checked */
function judge(office: Office, what: Write): Change {
  const actor = office.signedIn(what.actor);
  if (actor.role === 'readOnly') throw new Refused('NOT_ALLOWED');
  switch (what.kind) {
    case 'createMeeting':
      needReferences(office, actor, what.fields);
      return ({ id, at }) =>
        putMeeting(office, null, { id, ...what.fields, deleted: false, ...made(actor, at) });
    case 'updateMeeting': {
      const before = visibleMeeting(office, actor, what.id);
      needReferences(office, actor, what.fields);
      needVersion(before, what.version);
      return ({ at }) =>
        putMeeting(office, before, { ...before, ...what.fields, ...changed(before, actor, at) });
    }
    case 'deleteMeeting': {
      const before = visibleMeeting(office, actor, what.id);
      needVersion(before, what.version);
      return ({ at }) =>
        putMeeting(office, before, { ...before, deleted: true, ...changed(before, actor, at) });
    }
    case 'createClient':
      needOwner(office, what.fields);
      return ({ id, at }) => {
        // Who sees all clients needs no assignment, and has none if that ends.
        if (actor.role !== 'administrator' && !actor.seesAllClients) assign(office, actor.id, [id]);
        return putClient(office, null, { id, ...written(what.fields), deleted: false, ...made(actor, at) });
      };
    case 'updateClient': {
      const before = visibleClient(office, actor, what.id);
      needOwner(office, what.fields);
      needVersion(before, what.version);
      return ({ at }) =>
        putClient(office, before, { ...before, ...written(what.fields), ...changed(before, actor, at) });
    }
    case 'deleteClient': {
      const before = visibleClient(office, actor, what.id);
      needVersion(before, what.version);
      return ({ at }) =>
        putClient(office, before, { ...before, deleted: true, ...changed(before, actor, at) });
    }
    case 'undo':
      return undo(office, actor, what.entry);
    default:
      if (actor.role !== 'administrator') throw new Refused('NOT_ALLOWED');
      return administer(office, what);
  }
}

function administer(office: Office, what: Write): Change {
  switch (what.kind) {
    case 'createUser':
      needFreeName(office, what.fields, null);
      return ({ id }) => putUser(office, { id, version: 1, ...what.fields });
    case 'updateUser': {
      const before = office.users.get(what.id);
      if (!before) throw new Refused('NOT_FOUND');
      if (before.version !== what.version) throw new Refused('CONFLICT');
      needFreeName(office, what.fields, what.id);
      return () => putUser(office, { ...before, ...what.fields, version: before.version + 1 });
    }
    case 'assignClients': {
      if (!office.users.has(what.id)) throw new Refused('NOT_FOUND');
      const alive = [...what.add, ...what.remove].every((id) => office.clients.get(id)?.deleted === false);
      if (!alive) throw new Refused('NOT_FOUND');
      return () => {
        assign(office, what.id, what.add);
        const left = [...(office.assigned.get(what.id) ?? [])].filter((id) => !what.remove.includes(id));
        office.assigned.set(what.id, new Set(left));
        return {};
      };
    }
    default:
      throw new Error(`${what.kind} is nothing administrators do`);
  }
}

/** Takes an entry back if its record is still as the entry left it. */
function undo(office: Office, actor: User, number: number): Change {
  const entry = office.entries.find((one) => one.entry === number);
  if (!entry || (entry.actor !== actor.id && actor.role !== 'administrator')) throw new Refused('NOT_FOUND');
  const { meeting, client } = entry;
  if (!meeting && !client)
    throw new Error('the oracle takes back only what happened to meetings and clients');
  if (entry.undone) throw new Refused('CONFLICT');
  if (entry.isUndo) throw new Refused('NOT_ALLOWED');
  const now = meeting ? office.meetings.get(meeting.after.id) : client && office.clients.get(client.after.id);
  if (now !== (meeting ?? client)?.after) throw new Refused('CONFLICT');
  // Its owner may have gone with an import that was taken back.
  const ownerId = meeting ? meeting.before?.ownerId : client?.before?.ownerId;
  if (ownerId && !canOwn(office, ownerId)) throw new Refused('CONFLICT');
  return ({ at }) => {
    entry.undone = true;
    if (ownerId) bringBack(office, ownerId);
    if (meeting) {
      const { before, after } = meeting;
      return putMeeting(office, after, {
        ...(before ?? { ...after, deleted: true }),
        ...changed(after, actor, at),
      });
    }
    const { before, after } = client as NonNullable<Entry['client']>;
    return putClient(office, after, {
      ...(before ?? { ...after, deleted: true }),
      ...changed(after, actor, at),
    });
  };
}

const made = (actor: User, at: string): Stamps => ({
  version: 1,
  createdAt: at,
  createdBy: actor.id,
  changedAt: at,
  changedBy: actor.id,
});

const changed = (
  before: Stamps,
  actor: User,
  at: string,
): Pick<Stamps, 'version' | 'changedAt' | 'changedBy'> => ({
  version: before.version + 1,
  changedAt: at,
  changedBy: actor.id,
});

function putMeeting(office: Office, before: Meeting | null, after: Meeting): Pick<Entry, 'meeting'> {
  office.meetings.set(after.id, after);
  return { meeting: { before, after } };
}

function putClient(office: Office, before: Client | null, after: Client): Pick<Entry, 'client'> {
  office.clients.set(after.id, after);
  return { client: { before, after } };
}

function putUser(office: Office, user: User): Record<string, never> {
  office.users.set(user.id, user);
  return {};
}

function assign(office: Office, userId: string, clientIds: readonly string[]): void {
  office.assigned.set(userId, new Set([...(office.assigned.get(userId) ?? []), ...clientIds]));
}

function needReferences(office: Office, actor: User, fields: { clientId: string; ownerId: string }): void {
  if (!office.seesClient(actor, fields.clientId) || !office.users.has(fields.ownerId))
    throw new Refused('NOT_FOUND');
}

/** @throws Refused when whoever is to look after a client is not there */
function needOwner(office: Office, { ownerId }: ClientFields): void {
  if (ownerId !== null && !office.users.has(ownerId)) throw new Refused('NOT_FOUND');
}

/** As it is written down. */
const written = (fields: ClientFields): ClientFields => ({ ...fields, city: fields.city.trim() });

function visibleMeeting(office: Office, actor: User, id: string): Meeting {
  const meeting = office.meetings.get(id);
  if (!meeting || !office.seesMeeting(actor, meeting)) throw new Refused('NOT_FOUND');
  return meeting;
}

function visibleClient(office: Office, actor: User, id: string): Client {
  if (!office.seesClient(actor, id)) throw new Refused('NOT_FOUND');
  return office.client(id);
}

/** Whoever writes names the version they read; what the write speaks of is looked at before that. */
function needVersion(record: Stamps, version: number): void {
  if (record.version !== version) throw new Refused('CONFLICT');
}

function needFreeName(office: Office, fields: UserFields, except: string | null): void {
  for (const user of office.users.values()) {
    if (user.id !== except && fold(user.userName) === fold(fields.userName)) throw new Refused('DUPLICATE');
  }
}
