import { clientFields, meetingFields, visibleClientIds } from '../support/builders/randomFields.ts';
import { cities, personName } from '../support/builders/vocabulary.ts';
import { admit, takeBack } from '../support/oracle/importing.ts';
import { discardImport } from '../../electron/imports/discardImport.ts';
import { stagedClient, stagedMeeting, stagedOwner } from '../../electron/imports/store/staged.ts';
import type { FiledClient } from '../../electron/imports/segment/buildSegment.ts';
import { MeetingStager } from '../../electron/imports/store/meetingStager.ts';
import { Staging } from '../../electron/imports/store/staging.ts';
import { refusal } from './officePair.ts';
import { settle } from './product.ts';
import type { ClientFields, MeetingFields, Stamps, User } from '../support/oracle/types.ts';
import type { Imported } from '../support/oracle/importing.ts';
import type { Random } from '../support/random.ts';
import type { TestStore } from '../support/startStore.ts';
import type { OfficePair } from './officePair.ts';

interface Staged {
  stager: MeetingStager;
  filed: FiledClient[];
  clients: Map<string, ClientFields>;
  owners: Map<string, string>;
  meetings: MeetingFields[];
}

/**
 * One import after the other, in steps small enough for others to ask and write in between: it is staged bit by bit,
 * thrown away or shown, and at times taken back.
 */
export async function* randomImports(
  store: TestStore,
  pair: OfficePair,
  random: Random,
): AsyncGenerator<void> {
  for (let number = 1; ; number += 1) {
    const tag = `import ${String(number)}`;
    const staging = await Staging.begin(store.store, store.administrator, `${tag}.csv`);
    const stager = await MeetingStager.of(store.store, staging, store.administrator);
    const staged = await stageNames(staging, stager, random);
    yield;
    for (let parts = random.between(1, 3); parts > 0; parts -= 1) {
      await stageMeetings(store, staged, pair, random, tag);
      yield;
    }
    const gone = staged.meetings.some(({ clientId }) => pair.oracle.clients.get(clientId)?.deleted);
    // What comes for a client deleted meanwhile is hidden with it, and so cannot be learned from here.
    if (gone || random.chance(0.2)) {
      await discardImport(store.store, staging.importId);
      yield;
      continue;
    }
    const { entry } = await staging.commit(`oracle-import-${String(number)}`);
    const imported = await learn(staged, pair, store.administrator, tag);
    admit(pair.oracle, imported);
    for (let pauses = random.between(0, 3); pauses > 0; pauses -= 1) yield;
    if (random.chance(0.6)) await undo(store, pair, imported, entry, staging.importId);
    yield;
  }
}

async function stageNames(staging: Staging, stager: MeetingStager, random: Random): Promise<Staged> {
  const clients = Array.from({ length: random.between(0, 3) }, () => ({
    ...clientFields(random, []),
    city: random.pick(cities).trim(),
  }));
  const owners = Array.from({ length: random.between(0, 2) }, () => personName(random));
  const filed = await staging.clients(clients.map((fields) => stagedClient(fields)));
  const ownerIds = await staging.owners(owners.map(stagedOwner));
  return {
    stager,
    filed,
    clients: new Map(filed.map(({ id }, at) => [id, clients[at] as ClientFields])),
    owners: new Map(ownerIds.map((id, at) => [id, owners[at] as string])),
    meetings: [],
  };
}

/** Some for clients and owners that came along, some for those that were there. The tag tells them later. */
async function stageMeetings(
  { store, administrator: by }: TestStore,
  staged: Staged,
  { oracle }: OfficePair,
  random: Random,
  tag: string,
): Promise<void> {
  const administrator = oracle.signedIn([...oracle.users.keys()][0] as string);
  const clientIds = random.some([...staged.clients.keys(), ...visibleClientIds(oracle, administrator)], 12);
  const meetings = Array.from({ length: random.between(1, 40) }, () => {
    const fields = meetingFields(random, oracle, clientIds);
    const owners = [...staged.owners.keys()];
    if (owners.length > 0 && random.chance(0.5)) fields.ownerId = random.pick(owners);
    return { ...fields, tags: [tag, ...fields.tags] };
  });
  staged.meetings.push(...meetings);
  const known = await filedClients(store, by);
  const byId = new Map([...known, ...staged.filed].map((client) => [client.id, client]));
  await staged.stager.stage(
    meetings.map((fields) => ({
      meeting: stagedMeeting(fields, oracle.zone),
      client: byId.get(fields.clientId)!,
      ownerId: fields.ownerId,
    })),
  );
}

/** All living clients, as meetings are filed under them. */
async function filedClients(store: TestStore['store'], actor: string): Promise<FiledClient[]> {
  const request = { actor, after: null, limit: 10_000 };
  return ((await store.call('clients_names', request)) as { clients: FiledClient[] }).clients;
}

/** Ids and times of what is in now: the program alone knows them. */
async function learn(
  { clients, owners, meetings }: Staged,
  { product }: OfficePair,
  administrator: string,
  tag: string,
): Promise<Imported> {
  const stamped = (at: string): Stamps => ({
    ...{ version: 1, createdAt: at, createdBy: administrator, changedAt: at, changedBy: administrator },
  });
  const { rows } = await product.filter(administrator, {
    where: { field: 'tag', op: 'anyOf', values: [tag] },
    sort: [{ by: 'created', direction: 'ascending' }],
    limit: 500,
  });
  if (rows.length !== meetings.length)
    throw new Error(`${String(rows.length)} of ${String(meetings.length)} came in`);
  const inOrder = rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const user = { role: 'adviser', seesAllClients: false, active: false, version: 1 } as const;
  return {
    meetings: inOrder.map(({ id, createdAt }, at) => ({
      ...{ ...(meetings[at] as MeetingFields), id, deleted: false, ...stamped(createdAt) },
    })),
    clients: await Promise.all(
      [...clients].map(async ([id, fields]) => ({
        ...{ ...fields, id, deleted: false, ...stamped(await product.changedAt('client', id)) },
      })),
    ),
    // The user names are the program's to choose; nobody is asked for by one here.
    owners: [...owners].map(([id, displayName]): User => ({ ...user, id, userName: id, displayName })),
  };
}

async function undo(
  store: TestStore,
  pair: OfficePair,
  imported: Imported,
  entry: number,
  importId: string,
): Promise<void> {
  const expected = refusal(() =>
    takeBack(pair.oracle, imported, () => ({ actor: store.administrator, at: '' })),
  );
  const got = await settle(pair.product.undo(store.administrator, entry));
  const refused = 'refused' in got ? got.refused : null;
  if (refused !== expected) {
    throw new Error(
      `taking import ${importId} back: expected ${expected ?? 'done'}, got ${refused ?? 'done'}`,
    );
  }
}
