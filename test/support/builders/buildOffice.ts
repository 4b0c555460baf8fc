import { changedClient, clientFields, meetingFields, userFields } from './randomFields.ts';
import { personName } from './vocabulary.ts';
import type { Office } from '../oracle/office.ts';
import type { User, UserFields } from '../oracle/types.ts';
import type { Write } from '../oracle/writes.ts';
import type { Random } from '../random.ts';

/** Does a write, to the oracle's office and wherever else it is to go. @returns the new record's id */
export type Send = (write: Write) => Promise<string>;

/** The people an office has, by how much they see. The one who sees everything is there before the office is built. */
export interface Team {
  administrator: string;
  manager: string;
  fifth: string;
  fiftieth: string;
  oneClient: string;
  noClient: string;
}

/** Fills an office that holds nothing but its administrator. */
export async function buildOffice(
  random: Random,
  office: Office,
  administrator: string,
  size: number,
  send: Send,
): Promise<Team> {
  const actor = administrator;
  const clientIds: string[] = [];
  for (let left = Math.min(250, Math.max(5, Math.floor(size / 12))); left > 0; left -= 1) {
    clientIds.push(await send({ kind: 'createClient', actor, fields: clientFields(random, [actor]) }));
  }
  const make = (userName: string, role: UserFields['role'], seesAllClients = false): Promise<string> => {
    const fields = { userName, displayName: personName(random), role, seesAllClients, active: false };
    return send({ kind: 'createUser', actor, fields });
  };
  // Made inactive and then active, because a password would take longer to hash than all the rest.
  const person = async (...about: Parameters<typeof make>): Promise<string> => {
    const id = await make(...about);
    const user = office.users.get(id) as User;
    await send({
      kind: 'updateUser',
      actor,
      id,
      version: user.version,
      fields: { ...userFields(user), active: true },
    });
    return id;
  };
  const sees = async (id: string, count: number): Promise<string> => {
    await send({ kind: 'assignClients', actor, id, add: random.some(clientIds, count), remove: [] });
    return id;
  };
  const team: Team = {
    administrator,
    manager: await person('manager', 'manager', true),
    fifth: await sees(await person('fifth', 'adviser'), Math.ceil(clientIds.length / 5)),
    fiftieth: await sees(await person('fiftieth', 'assistant'), Math.ceil(clientIds.length / 50)),
    oneClient: await sees(await person('one', 'adviser'), 1),
    noClient: await person('none', 'adviser'),
  };
  // People who left still own meetings: more owners than a wide facet lists.
  for (let left = size < 300 ? 2 : 24; left > 0; left -= 1) await make(`left ${String(left)}`, 'adviser');
  for (const id of clientIds) {
    const { version } = office.client(id);
    await send({
      kind: 'updateClient',
      actor,
      id,
      version,
      fields: changedClient(random, office, office.client(id)),
    });
  }
  // Several at once, so that some are made in the same millisecond.
  for (let left = size; left > 0; left -= 10) {
    const fields = Array.from({ length: Math.min(left, 10) }, () => meetingFields(random, office, clientIds));
    await Promise.all(fields.map((each) => send({ kind: 'createMeeting', actor, fields: each })));
  }
  return team;
}
