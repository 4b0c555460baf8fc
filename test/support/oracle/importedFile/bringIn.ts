import { admit, type Imported } from '../importing.ts';
import type { Office } from '../office.ts';
import type { Client, Meeting, Stamps, User } from '../types.ts';
import type { Judgement } from './judge.ts';
import type { Named, RowMeeting } from './rows.ts';

/** What only the program decides. */
export interface LearnedImport {
  /** By name. */
  clientIds: ReadonlyMap<string, string>;
  ownerIds: ReadonlyMap<string, string>;
  /** Of added meetings, in the order of the file. */
  meetingIds: readonly string[];
  /** When its new records were made, and when its meetings were changed. */
  madeAt: string;
  clientsMadeAt: ReadonlyMap<string, string>;
  changedAt: string;
}

/** Does to the oracle's office what importing a file does. @returns what came of it, to be taken back */
export function bringIn(office: Office, judgement: Judgement, learned: LearnedImport): Imported {
  const { added, updated, rules } = judgement;
  const idOf = (name: Named, ids: ReadonlyMap<string, string>): string =>
    'id' in name ? name.id : (ids.get(name.fresh) as string);
  const ids = (row: RowMeeting): Pick<Meeting, 'clientId' | 'ownerId'> => ({
    clientId: idOf(row.client, learned.clientIds),
    ownerId: idOf(row.owner, learned.ownerIds),
  });
  const meetings = added.map((row, at): Meeting => {
    const { line: _l, client: _c, clientName: _n, owner: _o, ownerName: _m, tells: _t, ...fields } = row;
    const stamps = stamped(learned.madeAt, rules.actor);
    const id = learned.meetingIds[at] as string;
    const own = { id, deleted: false, externalId: filed(office, row.externalId) };
    return { ...fields, ...ids(row), ...stamps, ...own };
  });
  const updates = updated.map(({ before, row, changed }) => ({
    before,
    after: {
      ...changedMeeting(office, before, row, changed, ids(row)),
      ...{ version: before.version + 1, changedAt: learned.changedAt, changedBy: rules.actor },
    },
  }));
  const imported: Imported = { ...people(judgement, learned), meetings, updates };
  admit(office, imported);
  show(office, judgement, imported);
  return imported;
}

function changedMeeting(
  office: Office,
  before: Meeting,
  row: RowMeeting,
  changed: ReadonlySet<string>,
  { clientId, ownerId }: Pick<Meeting, 'clientId' | 'ownerId'>,
): Meeting {
  return {
    ...before,
    ...(changed.has('client') && { clientId }),
    ...(changed.has('owner') && { ownerId }),
    ...(changed.has('title') && { title: row.title }),
    ...(changed.has('details') && { details: row.details }),
    ...(changed.has('start') && { start: row.start }),
    ...(changed.has('status') && { status: row.status }),
    ...(changed.has('tags') && { tags: row.tags }),
    ...(changed.has('durationMinutes') && { durationMinutes: row.durationMinutes }),
    ...(changed.has('externalId') && { externalId: filed(office, row.externalId) }),
  };
}

function filed(office: Office, id: string): Meeting['externalId'] {
  if (id === '') return undefined;
  office.filings += 1;
  return { id, filed: office.filings };
}

const stamped = (at: string, by: string): Stamps => ({
  ...{ version: 1, createdAt: at, createdBy: by, changedAt: at, changedBy: by },
});

function people(
  { clients, owners, rules }: Judgement,
  learned: LearnedImport,
): Pick<Imported, 'clients' | 'owners'> {
  return {
    clients: clients.map((name): Client => {
      const stamps = stamped(learned.clientsMadeAt.get(name) as string, rules.actor);
      const id = learned.clientIds.get(name) as string;
      return { id, name, kind: 'company', city: '', ownerId: null, notes: '', deleted: false, ...stamps };
    }),
    // Nobody is asked for by a user name here.
    owners: owners.map((displayName): User => {
      const id = learned.ownerIds.get(displayName) as string;
      const rights = { role: 'adviser', seesAllClients: false, active: false } as const;
      return { id, version: 1, userName: displayName, displayName, ...rights };
    }),
  };
}

/** Who sees new clients: whoever imports, those who are named, and the owners of meetings with them. */
function show(office: Office, { rules }: Judgement, { clients, meetings, updates = [] }: Imported): void {
  const imported = [...meetings, ...updates.map(({ after }) => after)];
  for (const { id } of clients) {
    const owners = imported.filter(({ clientId }) => clientId === id).map(({ ownerId }) => ownerId);
    const viewers = [rules.actor, ...rules.viewers.users, ...(rules.viewers.owners ? owners : [])];
    for (const viewer of viewers) {
      const user = office.users.get(viewer) as User;
      if (user.role === 'administrator' || user.seesAllClients) continue;
      office.assigned.set(viewer, new Set([...(office.assigned.get(viewer) ?? []), id]));
    }
  }
}
