import { fileWords } from '../support/builders/randomFile.ts';
import { visibleClientIds } from '../support/builders/randomFields.ts';
import type { Office } from '../support/oracle/office.ts';
import type { MeetingFields, User } from '../support/oracle/types.ts';
import type { Write } from '../support/oracle/writes.ts';
import type { Random } from '../support/random.ts';
import type { Cast } from './fileStory.ts';
import type { OfficePair } from './officePair.ts';

/** Somebody changes something by hand, in the words that files use. @returns whether there was anything to do */
export async function editByHand(random: Random, pair: OfficePair, cast: Cast): Promise<boolean> {
  const user = pair.oracle.signedIn(random.pick([cast.administrator, cast.manager]));
  const write = random.weighted<() => Write | null>([
    [3, () => update(random, pair.oracle, user)],
    [2, () => create(random, pair.oracle, user)],
    [3, () => remove(random, pair.oracle, user)],
    [3, () => undo(random, pair.oracle, user)],
    [1, () => removeClient(random, pair.oracle, user)],
    [1, () => assign(random, pair.oracle, cast)],
  ])();
  if (write) await pair.send(write);
  return write !== null;
}

function fields(random: Random, office: Office, user: User): MeetingFields | null {
  const clientIds = visibleClientIds(office, user);
  if (clientIds.length === 0) return null;
  return {
    clientId: random.pick(clientIds),
    ownerId: random.pick([...office.users.keys()]),
    title: random.pick(random.pick(fileWords.titles)),
    details: random.pick(['', ...fileWords.details]),
    type: random.pick(['visit', 'call'] as const),
    status: random.pick(['open', 'closed', 'planned'] as const),
    priority: 'normal',
    tags: [...random.pick(fileWords.tags)],
    start: random.pick(fileWords.starts)[1],
    durationMinutes: random.pick([null, 30, 90]),
  };
}

function create(random: Random, office: Office, user: User): Write | null {
  const made = fields(random, office, user);
  return made && { kind: 'createMeeting', actor: user.id, fields: made };
}

function update(random: Random, office: Office, user: User): Write | null {
  const seen = office.visibleMeetings(user);
  const other = fields(random, office, user);
  if (seen.length === 0 || !other) return null;
  const { id, version } = random.pick(seen);
  return { kind: 'updateMeeting', actor: user.id, id, version, fields: other };
}

function remove(random: Random, office: Office, user: User): Write | null {
  const seen = office.visibleMeetings(user);
  if (seen.length === 0) return null;
  const { id, version } = random.pick(seen);
  return { kind: 'deleteMeeting', actor: user.id, id, version };
}

function removeClient(random: Random, office: Office, user: User): Write | null {
  const seen = office.visibleClients(user);
  if (seen.length < 3) return null;
  const { id, version } = random.pick(seen);
  return { kind: 'deleteClient', actor: user.id, id, version };
}

function assign(random: Random, office: Office, { administrator, manager, ann }: Cast): Write | null {
  const clients = [...office.clients.values()].filter(({ deleted }) => !deleted);
  const some = random.some(clients, 1).map(({ id }) => id);
  const id = random.pick([manager, ann]);
  const [add, remove] = random.chance(0.7) ? [some, []] : [[], some];
  return { kind: 'assignClients', actor: administrator, id, add, remove };
}

/** What the user did to a meeting or client they see, or to a client they deleted; its owner is still there. */
function undo(random: Random, office: Office, user: User): Write | null {
  const entries = office.entries.filter(({ actor, meeting, client, isUndo, undone }) => {
    if (actor !== user.id || isUndo || undone) return false;
    if (client) return client.after.deleted;
    return [meeting?.after, meeting?.before ?? meeting?.after].every(
      (one) => one && office.seesClient(user, one.clientId) && office.users.has(one.ownerId),
    );
  });
  if (entries.length === 0) return null;
  return { kind: 'undo', actor: user.id, entry: random.pick(entries.slice(-4)).entry };
}
