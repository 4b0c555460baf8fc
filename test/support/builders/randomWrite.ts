import {
  changedClient,
  changedFields,
  clientFields,
  meetingFields,
  nobody,
  userFields,
  visibleClientIds,
  zipf,
} from './randomFields.ts';
import { personName } from './vocabulary.ts';
import type { Team } from './buildOffice.ts';
import type { Office } from '../oracle/office.ts';
import type { User, UserFields } from '../oracle/types.ts';
import type { Write } from '../oracle/writes.ts';
import type { Random } from '../random.ts';

/** Something somebody of the team might do now; now and then too late, or to what they do not see. */
export function randomWrite(random: Random, office: Office, team: Team): Write {
  const writers = Object.values(team)
    .map((id) => office.users.get(id) as User)
    .filter(({ active, role }) => active && role !== 'readOnly');
  const user = random.chance(0.5) ? (office.users.get(team.administrator) as User) : random.pick(writers);
  return (
    random.weighted<() => Write | null>([
      [28, () => createMeeting(random, office, user)],
      [28, () => updateMeeting(random, office, user)],
      [10, () => deleteMeeting(random, office, user)],
      [12, () => undo(random, office, user)],
      [4, () => createClient(random, office, user)],
      [10, () => updateClient(random, office, user)],
      [3, () => deleteClient(random, office, user)],
      [8, () => assignClients(random, office, team)],
      [4, () => updateUser(random, office, team)],
      [1, () => createUser(random, office, team)],
    ])() ?? createClient(random, office, user)
  );
}

/** Mostly the version that is there, at times one that no longer is. */
const readVersion = (random: Random, version: number): number =>
  random.chance(0.04) ? version + 1 : version;

/** Mostly what the user sees, at times anything there ever was. */
function someone<T extends { id: string }>(random: Random, seen: readonly T[], all: Iterable<T>): T | null {
  if (random.chance(0.04)) return random.pick([...all]);
  return seen.length > 0 ? random.pick(seen) : null;
}

function createMeeting(random: Random, office: Office, user: User): Write | null {
  const clientIds = visibleClientIds(office, user);
  if (clientIds.length === 0) return null;
  return { kind: 'createMeeting', actor: user.id, fields: meetingFields(random, office, clientIds) };
}

function updateMeeting(random: Random, office: Office, user: User): Write | null {
  const meeting = someone(random, office.visibleMeetings(user), office.meetings.values());
  const clientIds = visibleClientIds(office, user);
  if (!meeting || clientIds.length === 0) return null;
  const fields = changedFields(random, office, meeting, clientIds);
  return {
    kind: 'updateMeeting',
    actor: user.id,
    id: meeting.id,
    version: readVersion(random, meeting.version),
    fields,
  };
}

function deleteMeeting(random: Random, office: Office, user: User): Write | null {
  const meeting = someone(random, office.visibleMeetings(user), office.meetings.values());
  if (!meeting) return null;
  return {
    kind: 'deleteMeeting',
    actor: user.id,
    id: meeting.id,
    version: readVersion(random, meeting.version),
  };
}

/** One of the user's latest entries about what they see, or about a client they deleted themselves. */
function undo(random: Random, office: Office, user: User): Write | null {
  const entries = office.entries.filter(({ actor, meeting, client, isUndo }) => {
    if (actor !== user.id) return false;
    if (client) return (client.after.deleted && !isUndo) || office.seesClient(user, client.after.id);
    return [meeting?.after, meeting?.before ?? meeting?.after].every(
      (one) => one && office.seesClient(user, one.clientId),
    );
  });
  if (entries.length === 0) return null;
  return { kind: 'undo', actor: user.id, entry: random.pick(entries.slice(-6)).entry };
}

function createClient(random: Random, office: Office, user: User): Write {
  const fields = clientFields(random, [...office.users.keys()]);
  if (random.chance(0.03)) fields.ownerId = nobody;
  return { kind: 'createClient', actor: user.id, fields };
}

/** Mostly a client with many meetings, which move with it. */
function updateClient(random: Random, office: Office, user: User): Write | null {
  const seen = office.visibleClients(user);
  const client = someone(random, seen.length > 0 ? [zipf(random, seen)] : [], office.clients.values());
  if (!client) return null;
  const fields = changedClient(random, office, client);
  if (random.chance(0.03)) fields.ownerId = nobody;
  return {
    kind: 'updateClient',
    actor: user.id,
    id: client.id,
    version: readVersion(random, client.version),
    fields,
  };
}

/** Never the last ones: an office without clients has no answers. */
function deleteClient(random: Random, office: Office, user: User): Write | null {
  const seen = office.visibleClients(user);
  const client = someone(random, seen, office.clients.values());
  if (!client || (seen.length < 4 && !client.deleted)) return null;
  return {
    kind: 'deleteClient',
    actor: user.id,
    id: client.id,
    version: readVersion(random, client.version),
  };
}

function assignClients(random: Random, office: Office, team: Team): Write {
  const ids = [...office.clients.values()].filter(({ deleted }) => !deleted).map(({ id }) => id);
  const id = random.pick([team.fifth, team.fiftieth, team.oneClient, team.manager]);
  const had = ids.filter((client) => office.assigned.get(id)?.has(client));
  const remove = random.some(had, had.length > 1 ? random.between(0, 2) : 0);
  const add = random.some(
    ids.filter((client) => !remove.includes(client)),
    random.between(1, 2),
  );
  return { kind: 'assignClients', actor: team.administrator, id, add, remove };
}

/** A name, a role or a right changes; the administrator stays one. */
function updateUser(random: Random, office: Office, team: Team): Write {
  const id = random.pick(Object.values(team).filter((one) => one !== team.administrator));
  const user = office.users.get(id) as User;
  const same = userFields(user);
  const fields = random.pick<UserFields>([
    { ...same, displayName: personName(random) },
    { ...same, role: random.pick(['adviser', 'assistant', 'readOnly', 'manager'] as const) },
    { ...same, seesAllClients: id === team.manager ? true : random.chance(0.3) },
    { ...same, active: id === team.noClient ? random.chance(0.5) : true },
  ]);
  return {
    kind: 'updateUser',
    actor: team.administrator,
    id,
    version: readVersion(random, user.version),
    fields,
  };
}

function createUser(random: Random, office: Office, team: Team): Write {
  const userName = random.chance(0.3) ? 'FIFTH' : `new ${String(office.users.size)}`;
  const fields: UserFields = {
    ...{ userName, displayName: personName(random), role: 'adviser', seesAllClients: false, active: false },
  };
  return { kind: 'createUser', actor: team.administrator, fields };
}
