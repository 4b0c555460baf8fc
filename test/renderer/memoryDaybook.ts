import type { KeptDraft } from '../../renderer/readDraft.ts';
import type { Client, ClientFields, ClientRow } from '../../electron/contract/clients.ts';
import type { FailureCode, FailureShape } from '../../electron/contract/failure.ts';
import { failureSentence } from '../../electron/contract/failureText.ts';
import type { Daybook, Events } from '../../electron/contract/index.ts';
import type { JournalEntry } from '../../electron/contract/journal.ts';
import type { Facet, Meeting, MeetingFields, Where } from '../../electron/contract/meetings.ts';
import { meetingFields } from '../../electron/contract/meetings.ts';
import { clientFields } from '../../electron/contract/clients.ts';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import type { User } from '../../electron/contract/users.ts';
import { userFields } from '../../electron/contract/users.ts';
import { countedValues, hasWords, holds, sorted, withoutFacet } from './memory/filterMeetings.ts';
import type { ClientOf } from './memory/filterMeetings.ts';
import type { KnownOffice } from '../../electron/contract/offices.ts';
import { knownOffices, memoryOffices } from './memory/memoryOffices.ts';
import { memoryHealth, wellOffice } from './memory/memoryHealth.ts';
import { memoryBackups, wellBackups } from './memory/memoryBackups.ts';
import { memoryUpdates, updatesOff } from './memory/memoryUpdates.ts';
import { everythingAgrees } from './memory/checkReports.ts';
import { exported } from './memory/exportReport.ts';
import type { CheckReport } from '../../electron/contract/check.ts';
import type { ExportReport } from '../../electron/contract/export.ts';
import type { OfficeHealth } from '../../electron/contract/health.ts';
import type { UpdatesStatus } from '../../electron/contract/updates.ts';
import { memoryImports } from './memory/memoryImports.ts';
import { nextId, password, sampleOffice } from './memory/sampleOffice.ts';
import type { MemoryOffice } from './memory/sampleOffice.ts';

export const fail = (code: FailureCode, detail = ''): never => {
  // The preload rejects with plain objects too.
  throw { code, detail, message: failureSentence(code, detail) } satisfies FailureShape;
};

export interface Recorded {
  readonly call: string;
  readonly input: unknown;
}

export interface MemoryDaybook extends Daybook {
  readonly office_: MemoryOffice;
  /** Every call made, for tests that look at what was asked. */
  readonly calls: Recorded[];
  emit<E extends keyof Events>(event: E, payload: Events[E]): void;
  status_: Partial<OfficeStatus>;
  /** What was being typed. */
  draft: KeptDraft | null;
  offices_: KnownOffice[];
  updates_: UpdatesStatus;
  health_: OfficeHealth;
  backups_: typeof wellBackups;
  /** What the next check finds. */
  check_: CheckReport;
  export_: ExportReport;
  /** Called before each answer; tests fail or delay calls with it. */
  before_: ((call: string, input: unknown) => Promise<void> | void) | null;
  signInAs(userName: string): void;
}

let codes = 0;
const nextCode = (): string => `${String(++codes).padStart(4, '0')}-ABCD-EFGH-JKMN-PQRS-TVWX-YZ01`;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The whole contract on arrays, without Redis or Electron: what the screen is developed and tested on. */
export function memoryDaybook(office: MemoryOffice = sampleOffice()): MemoryDaybook {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const calls: Recorded[] = [];
  const written = new Map<string, unknown>();
  const wrongAttempts = { count: 0 };
  let user: User | null = null;

  const emit: MemoryDaybook['emit'] = (event, payload) => {
    for (const listen of listeners.get(event) ?? []) listen(payload as never);
  };
  const me = (): User => user ?? fail('SIGNED_OUT');
  const writer = (): User => (me().role === 'readOnly' ? fail('NOT_ALLOWED') : me());
  const administrator = (): User => (me().role === 'administrator' ? me() : fail('NOT_ALLOWED'));
  const sees = (clientId: string): boolean => {
    const who = me();
    const client = office.clients.find((other) => other.id === clientId);
    if (!client || client.deletedAt) return false;
    return (
      who.seesAllClients ||
      who.role === 'administrator' ||
      (office.assigned.get(who.id)?.has(clientId) ?? false)
    );
  };
  const visible = (): Meeting[] =>
    office.meetings.filter((meeting) => !meeting.deletedAt && sees(meeting.client.id));
  const signedIn = (who: User) => {
    const { id, userName, displayName, role, seesAllClients } = who;
    return { id, userName, displayName, role, seesAllClients };
  };
  const rowOf = (client: Client): ClientRow => ({
    ...client,
    meetings: office.meetings.filter((meeting) => !meeting.deletedAt && meeting.client.id === client.id)
      .length,
  });
  const checkNamed = (where: Where | undefined): void => {
    for (const node of where && 'all' in where ? where.all : []) {
      if ('field' in node && node.field === 'client') {
        for (const id of node.values) if (!sees(id)) fail('NOT_FOUND', 'client');
      }
      if ('field' in node && (node.field === 'owner' || node.field === 'clientOwner')) {
        for (const id of node.values)
          if (!office.users.some((other) => other.id === id)) fail('NOT_FOUND', 'owner');
      }
    }
  };

  const journal = (
    action: JournalEntry['action'],
    noun: JournalEntry['noun'],
    subject: string,
    label: string,
    change: { before?: unknown; after?: unknown },
  ): number => {
    const entry = office.journal.length + 1;
    const by = me();
    office.journal.push({
      entry,
      at: new Date().toISOString(),
      by: { id: by.id, name: by.displayName },
      action,
      noun,
      subject,
      label,
      before: change.before ?? null,
      after: change.after ?? null,
      undoneBy: null,
    });
    emit('changed', { entry, nouns: [noun] });
    return entry;
  };
  /** A write that came before is answered again, not done again. */
  const once = <T>(writeId: string, run: () => T): T => {
    if (!written.has(writeId)) written.set(writeId, run());
    return written.get(writeId) as T;
  };
  const stamped = <T extends { version: number }>(record: T): T => ({
    ...record,
    version: record.version + 1,
    changedAt: new Date().toISOString(),
    changedBy: me().id,
  });
  const fresh = () => {
    const at = new Date().toISOString();
    const by = me().id;
    return {
      id: nextId(),
      version: 1,
      createdAt: at,
      createdBy: by,
      changedAt: at,
      changedBy: by,
      deletedAt: null,
    };
  };
  const replace = <T extends { id: string }>(list: T[], record: T): void => {
    list.splice(
      list.findIndex((other) => other.id === record.id),
      1,
      record,
    );
  };
  const found = <T extends { id: string; version: number }>(
    list: readonly T[],
    id: string,
    noun: string,
    version?: number,
  ): T => {
    const record = list.find((other) => other.id === id) ?? fail('NOT_FOUND', noun);
    if (version !== undefined && record.version !== version) fail('CONFLICT', noun);
    return record;
  };
  const clientOf = ({ ownerId, ...rest }: ClientFields) => {
    if (ownerId === null) return { ...rest, owner: null };
    const owner = office.users.find((other) => other.id === ownerId) ?? fail('NOT_FOUND', 'owner');
    return { ...rest, owner: { id: owner.id, name: owner.displayName } };
  };

  const clientOfMeeting: ClientOf = ({ client }) => office.clients.find(({ id }) => id === client.id);

  const meetingOf = (fields: MeetingFields) => {
    const { clientId, ownerId, ...rest } = fields;
    const client =
      office.clients.find((other) => other.id === clientId && sees(clientId)) ?? fail('NOT_FOUND', 'client');
    const owner = office.users.find((other) => other.id === ownerId) ?? fail('NOT_FOUND', 'owner');
    return {
      ...rest,
      client: { id: client.id, name: client.name },
      owner: { id: owner.id, name: owner.displayName },
    };
  };

  const undo = (number: number): number => {
    const entry = office.journal[number - 1] ?? fail('NOT_FOUND', 'entry');
    if (entry.undoneBy !== null) fail('CONFLICT', 'entry');
    const lists: Partial<Record<JournalEntry['noun'], { id: string }[]>> = {
      meeting: office.meetings,
      client: office.clients,
      user: office.users,
    };
    const list = lists[entry.noun];
    if (list && entry.before) replace(list, entry.before as { id: string });
    else if (list && entry.action === 'create') {
      const at = list.findIndex((other) => other.id === entry.subject);
      list.splice(at, 1);
    } else if (entry.action === 'import') {
      const ids = new Set(entry.after as string[]);
      office.meetings = office.meetings.filter((meeting) => !ids.has(meeting.id));
    }
    const undoing = journal('undo', entry.noun, entry.subject, entry.label, {});
    office.journal[number - 1] = { ...entry, undoneBy: undoing };
    return undoing;
  };

  const api: Omit<Daybook, 'on' | 'pathOfDroppedFile'> = {
    session: {
      signIn: async ({ userName, password: typed }) => {
        const who = office.users.find((other) => plain(other.userName) === plain(userName.trim()));
        if (!who?.active || typed !== password) {
          wrongAttempts.count += 1;
          return fail(
            wrongAttempts.count > 5 ? 'TOO_MANY_ATTEMPTS' : 'WRONG_PASSWORD',
            wrongAttempts.count > 5 ? '30' : '',
          );
        }
        user = who;
        return { user: signedIn(who) };
      },
      signOut: async () => {
        user = null;
        return {};
      },
      current: async () => ({ user: user && signedIn(user) }),
    },
    office: {
      status: async () => ({
        state: 'ready' as const,
        restarting: false,
        trouble: null,
        upgrading: null,
        name: office.name,
        colour: office.colour,
        version: office.version,
        hasRecoveryCode: office.recoveryCode !== null,
        knownOffices: memory.offices_.length,
        zone: office.zone,
        demo: office.demo,
        readOnlyCopy: false,
        demoUsers: office.users
          .filter((other) => other.active)
          .map(({ userName, displayName, role }) => ({ userName, displayName, role })),
        demoPassword: office.demo ? password : null,
        dataFolder: '/home/office/.local/share/Daybook',
        appVersion: '0.1.0',
        ...{ space: 'ample', freeBytes: 5_000_000_000, volume: '/', readOnly: false },
        ...memory.status_,
      }),
      reopen: async () => {
        memory.status_ = {};
        emit('officeStatus', {});
        return {};
      },
      openReadOnlyCopy: async () => {
        memory.status_ = { readOnlyCopy: true };
        emit('officeStatus', {});
        return {};
      },
      closeReadOnlyCopy: async () => {
        memory.status_ = {};
        emit('officeStatus', {});
        return {};
      },
      showFolder: async () => ({}),
      create: async ({ name, administrator: first }) => {
        memory.status_ = { state: 'ready', demo: false, name };
        const id = nextId();
        const at = new Date().toISOString();
        user = {
          ...{ id, userName: first.userName, displayName: first.displayName, role: 'administrator' },
          ...{ seesAllClients: true, active: true, version: 1, createdAt: at, createdBy: id, changedAt: at },
          ...{ changedBy: id, deletedAt: null },
        };
        office.users = [user];
        office.meetings = [];
        office.clients = [];
        office.recoveryCode = nextCode();
        return { user: signedIn(user), recoveryCode: office.recoveryCode };
      },
      update: async ({ writeId, version, fields }) =>
        once(writeId, () => {
          administrator();
          if (version !== office.version) fail('CONFLICT', 'version');
          const { name, colour } = office;
          Object.assign(office, fields, { version: version + 1 });
          const after = { ...fields, version: version + 1 };
          const before = { name, colour, version };
          return {
            office: after,
            entry: journal('update', 'office', nextId(), fields.name, { before, after }),
          };
        }),
      renewRecoveryCode: async ({ password: typed }) => {
        administrator();
        if (typed !== password) fail('WRONG_PASSWORD', 'password');
        office.recoveryCode = nextCode();
        journal('renewCode', 'office', nextId(), office.name, {});
        return { recoveryCode: office.recoveryCode };
      },
      recover: async ({ userName, recoveryCode }) => {
        const who = office.users.find((other) => plain(other.userName) === plain(userName.trim()));
        if (who?.role !== 'administrator' || recoveryCode !== office.recoveryCode)
          return fail('WRONG_RECOVERY_CODE');
        user = who;
        office.recoveryCode = nextCode();
        return { user: signedIn(who), recoveryCode: office.recoveryCode };
      },
      check: async ({ repair }) => {
        administrator();
        emit('checkProgress', { meetings: 40, share: 0.5 });
        const report = { ...memory.check_, repaired: repair ?? false };
        if (repair) memory.check_ = everythingAgrees;
        return report;
      },
      export: async () => {
        administrator();
        return memory.export_;
      },
      cancelExport: async () => (administrator(), {}),
      showExport: async () => (administrator(), {}),
      cancelCheck: async () => (administrator(), {}),
      createDemo: async () => {
        memory.status_ = { state: 'ready' };
        emit('officeStatus', {});
        return {};
      },
    },
    offices: memoryOffices(
      () => memory,
      fail,
      () => {
        user = null;
      },
    ),
    meetings: {
      filter: async ({ where, text, sort, offset = 0, limit = 50, facets = [] }) => {
        const all = visible();
        const tree = where as Where | undefined;
        checkNamed(tree);
        const matching = all.filter(
          (meeting) => (!tree || holds(tree, meeting, clientOfMeeting)) && hasWords(meeting, text),
        );
        const rows = sorted(matching, sort ?? [{ by: 'start', direction: 'descending' }], text).slice(
          offset,
          offset + limit,
        );
        const counts = facets.map((facet: Facet) => [
          facet,
          countedValues(
            all.filter(
              (meeting) =>
                holds(withoutFacet(tree, facet), meeting, clientOfMeeting) && hasWords(meeting, text),
            ),
            facet,
            clientOfMeeting,
          ),
        ]);
        return { rows, total: matching.length, facets: Object.fromEntries(counts), cursor: null };
      },
      facetValues: async ({ facet, search, where, text, limit }) => {
        const rest = withoutFacet(where as Where | undefined, facet);
        const counted = visible().filter(
          (meeting) => holds(rest, meeting, clientOfMeeting) && hasWords(meeting, text),
        );
        return { values: countedValues(counted, facet, clientOfMeeting, search, limit) };
      },
      get: async ({ id }) => found(visible(), id, 'meeting'),
      create: async ({ writeId, fields }) =>
        once(writeId, () => {
          writer();
          const meeting: Meeting = { ...fresh(), ...meetingOf(meetingFields.parse(fields)) };
          office.meetings.push(meeting);
          return {
            meeting,
            entry: journal('create', 'meeting', meeting.id, meeting.title, { after: meeting }),
          };
        }),
      update: async ({ writeId, id, version, fields }) =>
        once(writeId, () => {
          writer();
          const before = found(visible(), id, 'meeting', version);
          const meeting = { ...stamped(before), ...meetingOf(meetingFields.parse(fields)) };
          replace(office.meetings, meeting);
          return {
            meeting,
            entry: journal('update', 'meeting', id, meeting.title, { before, after: meeting }),
          };
        }),
      delete: async ({ writeId, id, version }) =>
        once(writeId, () => {
          writer();
          const before = found(visible(), id, 'meeting', version);
          replace(office.meetings, { ...stamped(before), deletedAt: new Date().toISOString() });
          return { entry: journal('delete', 'meeting', id, before.title, { before }) };
        }),
    },
    clients: {
      list: async ({ search = '', offset = 0, limit = 100 }) => {
        const words = plain(search).split(/\s+/).filter(Boolean);
        const rows = office.clients
          .filter((client) => sees(client.id) && words.every((word) => plain(client.name).includes(word)))
          .sort((a, b) => a.name.localeCompare(b.name));
        return { rows: rows.slice(offset, offset + limit).map(rowOf), total: rows.length };
      },
      get: async ({ id }) =>
        rowOf(
          found(
            office.clients.filter((client) => sees(client.id)),
            id,
            'client',
          ),
        ),
      create: async ({ writeId, fields }) =>
        once(writeId, () => {
          writer();
          const client: Client = { ...fresh(), ...clientOf(clientFields.parse(fields)) };
          office.clients.push(client);
          office.assigned.get(me().id)?.add(client.id);
          return { client, entry: journal('create', 'client', client.id, client.name, { after: client }) };
        }),
      update: async ({ writeId, id, version, fields }) =>
        once(writeId, () => {
          writer();
          const before = found(office.clients, id, 'client', version);
          const client = { ...stamped(before), ...clientOf(clientFields.parse(fields)) };
          replace(office.clients, client);
          return { client, entry: journal('update', 'client', id, client.name, { before, after: client }) };
        }),
      delete: async ({ writeId, id, version }) =>
        once(writeId, () => {
          writer();
          const before = found(office.clients, id, 'client', version);
          replace(office.clients, { ...stamped(before), deletedAt: new Date().toISOString() });
          return { entry: journal('delete', 'client', id, before.name, { before }) };
        }),
    },
    users: {
      names: async () => {
        me();
        return {
          users: office.users.map(({ id, displayName, active }) => ({ id, name: displayName, active })),
        };
      },
      list: async () => {
        administrator();
        return {
          users: office.users.map((who) => ({ ...who, clients: office.assigned.get(who.id)?.size ?? 0 })),
        };
      },
      create: async ({ writeId, fields }) =>
        once(writeId, () => {
          administrator();
          const parsed = userFields.parse(fields);
          if (office.users.some((other) => plain(other.userName) === plain(parsed.userName)))
            fail('DUPLICATE', 'userName');
          const made: User = { ...fresh(), ...parsed };
          office.users.push(made);
          office.assigned.set(made.id, new Set());
          return { user: made, entry: journal('create', 'user', made.id, made.displayName, { after: made }) };
        }),
      update: async ({ writeId, id, version, fields }) =>
        once(writeId, () => {
          administrator();
          const before = found(office.users, id, 'user', version);
          const after = { ...stamped(before), ...userFields.parse(fields) };
          replace(office.users, after);
          return { user: after, entry: journal('update', 'user', id, after.displayName, { before, after }) };
        }),
      clients: async ({ id }) => {
        administrator();
        return { clientIds: [...(office.assigned.get(id) ?? [])] };
      },
      assignClients: async ({ writeId, id, add = [], remove = [] }) =>
        once(writeId, () => {
          administrator();
          const who = found(office.users, id, 'user');
          const assigned = office.assigned.get(id) ?? new Set<string>();
          for (const client of add) assigned.add(client);
          for (const client of remove) assigned.delete(client);
          office.assigned.set(id, assigned);
          return { clients: assigned.size, entry: journal('assign', 'user', id, who.displayName, {}) };
        }),
    },
    drafts: {
      keep: async ({ draft }) => {
        memory.draft = { ...draft, earlier: draft.earlier ?? null, at: new Date().toISOString() };
        return {};
      },
      forget: async ({ form }) => {
        if (memory.draft?.form === form) memory.draft = null;
        return {};
      },
      kept: async () => ({ draft: memory.draft }),
    },
    journal: {
      list: async ({ before, limit = 50 }) => {
        const mine = office.journal.filter(
          (entry) =>
            (me().role === 'administrator' || entry.by.id === me().id) && entry.entry < (before ?? Infinity),
        );
        const entries = mine.reverse().slice(0, limit);
        const oldest = mine.length > limit ? (entries.at(-1)?.entry ?? null) : null;
        return { entries, before: oldest, isDamaged: false };
      },
      undo: async ({ writeId, entry }) => once(writeId, () => ({ entry: (writer(), undo(entry)) })),
    },
    imports: memoryImports(office, emit, (label, ids) =>
      journal('import', 'import', nextId(), label, { after: ids }),
    ),
    backups: memoryBackups(() => memory, administrator),
    updates: memoryUpdates(() => memory, administrator),
    health: memoryHealth(() => memory, administrator),
  };

  const recorded = Object.fromEntries(
    Object.entries(api).map(([noun, group]) => [
      noun,
      Object.fromEntries(
        Object.entries(group as Record<string, (input: unknown) => Promise<unknown>>).map(([name, run]) => [
          name,
          async (input: unknown) => {
            const call = `${noun}.${name}`;
            calls.push({ call, input });
            await memory.before_?.(call, input);
            return structuredClone(await run(input ?? {}));
          },
        ]),
      ),
    ]),
  ) as unknown as typeof api;

  const memory: MemoryDaybook = {
    ...recorded,
    office_: office,
    offices_: knownOffices(),
    updates_: updatesOff,
    health_: wellOffice,
    backups_: { ...wellBackups },
    check_: everythingAgrees,
    export_: exported,
    calls,
    emit,
    status_: {},
    draft: null,
    before_: null,
    signInAs: (userName) => {
      user = office.users.find((other) => other.userName === userName) ?? null;
    },
    on: (event, listen) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listen));
      return () => set.delete(listen);
    },
    pathOfDroppedFile: (file) => `/dropped/${file.name}`,
  };
  return memory;
}
