import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { clients, facetValues, filter } from '../support/oracle/answers.ts';
import { placeOf } from '../support/oracle/order.ts';
import { plainMeeting, smallOffice } from './smallOffice.ts';
import { refusal } from './officePair.ts';
import type { Meeting, Query, SortKey, Where } from '../support/oracle/types.ts';

const by = (...fields: SortKey['by'][]): SortKey[] =>
  fields.map((field) => ({ by: field, direction: 'ascending' }));
const reversed = (sort: SortKey[]): SortKey[] => sort.map((key) => ({ ...key, direction: 'descending' }));

/** Three clients, one of them seen by the adviser, and five meetings. */
function example() {
  const small = smallOffice();
  const [acme, zoe, muller] = [small.client('Acme'), small.client('Zoë'), small.client('müller')];
  const adviser = small.user('Bob', [zoe]);
  small.meeting(acme, 'b', { type: 'email', tags: ['vip', 'été'], durationMinutes: 30 });
  small.meeting(zoe, 'A', { type: 'email', status: 'closed', ownerId: adviser, durationMinutes: 0 });
  small.meeting(zoe, 'á', { type: 'visit', tags: ['vip'], start: { date: '2026-03-29' } });
  small.meeting(muller, 'c', { priority: 'low', start: { at: '2026-03-29T22:00:00.000Z', zone: 'UTC' } });
  small.meeting(muller, 'c', {
    details: 'Offerte für Zoë',
    start: { at: '2026-03-28T22:59:59.999Z', zone: 'UTC' },
  });
  const titles = (query: Query, userId = 'admin'): string[] =>
    filter(small.office, userId, { sort: by('title'), ...query }).rows.map(({ title }) => title);
  return { ...small, acme, zoe, muller, adviser, titles };
}

describe('whom the oracle shows what', () => {
  it('shows advisers the meetings of their clients, and nobody else’s', () => {
    const { titles, adviser } = example();
    expect(titles({})).toEqual(['A', 'á', 'b', 'c', 'c']);
    expect(titles({}, adviser)).toEqual(['A', 'á']);
  });

  it('hides a deleted client with its meetings until that is taken back', () => {
    const { titles, send, zoe, adviser, office } = example();
    const { entry } = send({ kind: 'deleteClient', actor: adviser, id: zoe, version: 1 });
    expect(titles({}, adviser)).toEqual([]);
    expect(titles({})).toEqual(['b', 'c', 'c']);
    send({ kind: 'undo', actor: adviser, entry });
    expect(titles({}, adviser)).toEqual(['A', 'á']);
    expect(office.clients.get(zoe)?.version).toBe(3);
  });

  it('shows a new client to whoever wrote it down', () => {
    const { send, office, adviser, acme } = example();
    const { id } = send({
      ...{ kind: 'createClient', actor: adviser },
      fields: { name: 'New', kind: 'person', city: '', ownerId: null, notes: '' },
    });
    const list = clients(office, adviser, { search: '', offset: 0, limit: 10 });
    expect(list.rows.map(({ name, meetings }) => [name, meetings])).toEqual([
      ['New', 0],
      ['Zoë', 2],
    ]);
    send({ kind: 'assignClients', actor: 'admin', id: adviser, add: [acme], remove: [id] });
    expect(clients(office, adviser, { search: 'ac', offset: 0, limit: 10 }).total).toBe(1);
    expect(clients(office, adviser, { search: '', offset: 1, limit: 1 }).rows[0]?.name).toBe('Zoë');
  });

  it('refuses whoever is inactive, only reads, comes late or reaches too far', () => {
    const { send, office, adviser, acme, zoe } = example();
    const reader = office.users.get(adviser)!;
    const fields = {
      userName: 'Bob',
      displayName: 'Bob',
      role: 'adviser',
      seesAllClients: false,
      active: true,
    } as const;
    const meeting = [...office.meetings.values()].find(({ clientId }) => clientId === acme)!;
    const change = { kind: 'updateMeeting', id: meeting.id, version: 1, fields: plainMeeting(acme) } as const;
    expect(refusal(() => send({ ...change, actor: adviser }))).toBe('NOT_FOUND');
    expect(refusal(() => send({ ...change, actor: 'admin', version: 2 }))).toBe('CONFLICT');
    expect(refusal(() => send({ kind: 'createUser', actor: adviser, fields }))).toBe('NOT_ALLOWED');
    expect(
      refusal(() => send({ kind: 'createUser', actor: 'admin', fields: { ...fields, userName: 'BÖB' } })),
    ).toBe('DUPLICATE');
    send({
      kind: 'updateUser',
      actor: 'admin',
      id: adviser,
      version: reader.version,
      fields: { ...fields, role: 'readOnly' },
    });
    expect(refusal(() => send({ kind: 'createMeeting', actor: adviser, fields: plainMeeting(zoe) }))).toBe(
      'NOT_ALLOWED',
    );
    send({
      kind: 'updateUser',
      actor: 'admin',
      id: adviser,
      version: 2,
      fields: { ...fields, active: false },
    });
    expect(refusal(() => filter(office, adviser, {}))).toBe('SIGNED_OUT');
  });
});

describe('what the oracle finds', () => {
  it('keeps what every, some or no condition holds for', () => {
    const { titles } = example();
    const email: Where = { field: 'type', op: 'anyOf', values: ['email'] };
    const open: Where = { field: 'status', op: 'anyOf', values: ['open'] };
    const notOpen: Where = { field: 'status', op: 'noneOf', values: ['open'] };
    const where = (tree: Where): string[] => titles({ where: tree });
    expect(where({ all: [email, open] })).toEqual(['b']);
    expect(where({ any: [email, notOpen] })).toEqual(['A', 'b']);
    expect(where({ none: [email] })).toEqual(['á', 'c', 'c']);
    expect(where({ all: [] })).toHaveLength(5);
    expect(where({ any: [] })).toEqual([]);
    expect(where({ none: [] })).toHaveLength(5);
    expect(where({ field: 'tag', op: 'allOf', values: ['vip', 'été'] })).toEqual(['b']);
    expect(where({ field: 'tag', op: 'anyOf', values: ['ete'] })).toEqual([]);
  });

  it('takes days in the office’s zone, from their first moment to their last', () => {
    const { titles } = example();
    const day = (from: string | null, to: string | null): string[] =>
      titles({ where: { field: 'start', op: 'between', values: [from, to] } });
    expect(day('2026-03-29', '2026-03-29')).toEqual(['á']);
    expect(day('2026-03-30', null)).toEqual(['c']);
    expect(day('2026-03-28', '2026-03-28')).toEqual(['c']);
    expect(day(null, '2026-03-02')).toEqual(['A', 'b']);
  });

  it('looks for parts of words in title, details and client name together', () => {
    const { titles } = example();
    expect(titles({ text: 'ZOE' })).toEqual(['A', 'á', 'c']);
    expect(titles({ text: 'fert ULLE' })).toEqual(['c']);
    expect(titles({ text: 'x' })).toHaveLength(5);
    expect(titles({ text: 'zo el' })).toEqual([]);
  });

  it('takes kind, city and owner of the client as they are now', () => {
    const { titles, office, send, acme, zoe, adviser } = example();
    const { id: _, deleted: _d, version, createdAt: _c, createdBy: _b, ...rest } = office.client(acme);
    const { changedAt: _at, changedBy: _by, ...fields } = rest;
    const client = { ...fields, kind: 'person', city: ' Gent ', ownerId: adviser } as const;
    send({ kind: 'updateClient', actor: 'admin', id: acme, version, fields: client });
    const where = (tree: Where): string[] => titles({ where: tree });
    expect(where({ field: 'clientKind', op: 'anyOf', values: ['person'] })).toEqual(['b']);
    expect(where({ field: 'clientCity', op: 'anyOf', values: ['Gent', 'nowhere'] })).toEqual(['b']);
    expect(where({ field: 'clientCity', op: 'noneOf', values: ['Gent'] })).toHaveLength(4);
    expect(where({ field: 'clientOwner', op: 'anyOf', values: [adviser] })).toEqual(['b']);
    expect(where({ field: 'clientOwner', op: 'noneOf', values: [adviser] })).toHaveLength(4);
    expect(filter(office, 'admin', { facets: ['clientKind', 'clientCity', 'clientOwner'] }).facets).toEqual({
      clientKind: [
        { value: 'company', label: 'company', count: 4 },
        { value: 'person', label: 'person', count: 1 },
      ],
      clientCity: [{ value: 'Gent', label: 'Gent', count: 1 }],
      clientOwner: [{ value: adviser, label: 'Bob', count: 1 }],
    });
    const found = facetValues(office, 'admin', { facet: 'clientOwner', search: 'bo', limit: 5 });
    expect(found).toHaveLength(1);
    const wrong = { ...client, ownerId: 'nobody' };
    const change = { kind: 'updateClient', actor: 'admin', id: zoe, version: 1, fields: wrong } as const;
    expect(refusal(() => send(change))).toBe('NOT_FOUND');
    const { entry } = send({ ...change, fields: { ...wrong, ownerId: adviser } });
    expect(where({ field: 'clientOwner', op: 'anyOf', values: [adviser] })).toEqual(['A', 'á', 'b']);
    send({ kind: 'undo', actor: 'admin', entry });
    expect(where({ field: 'clientOwner', op: 'anyOf', values: [adviser] })).toEqual(['b']);
  });

  it('takes days of writing in the office’s zone, minutes, and text anywhere in a tree', () => {
    const { titles, send, acme } = example();
    const where = (tree: Where): string[] => titles({ where: tree });
    const minutes = (from: number | null, to: number | null): string[] =>
      where({ field: 'duration', op: 'between', values: [from, to] });
    expect(minutes(0, 29)).toEqual(['A']);
    expect(minutes(30, null)).toEqual(['b']);
    expect(minutes(null, null)).toEqual(['A', 'b']);
    // Written in the first minutes of 1970 by UTC, when it was one o'clock in Brussels.
    const days = (field: 'created' | 'changed', day: string): number =>
      where({ field, op: 'between', values: [day, day] }).length;
    expect([days('created', '1969-12-31'), days('created', '1970-01-01')]).toEqual([0, 5]);
    expect(days('changed', '1970-01-01')).toBe(5);
    expect(where({ none: [{ field: 'text', op: 'matches', values: ['zoe'] }] })).toEqual(['b', 'c']);
    expect(where({ none: [{ field: 'text', op: 'matches', values: ['x !'] }] })).toEqual([]);
    expect(where({ field: 'text', op: 'matches', values: [''] })).toHaveLength(5);
    send({ kind: 'createMeeting', actor: 'admin', fields: { ...plainMeeting(acme), durationMinutes: 29 } });
    expect(minutes(0, 29)).toEqual(['A', 'meeting']);
  });

  it('refuses an id that is not there and one that is not seen alike', () => {
    const { office, acme, zoe, adviser } = example();
    const ask = (value: string, field: 'client' | 'owner' | 'clientOwner') => () =>
      filter(office, adviser, { where: { any: [{ none: [{ field, op: 'noneOf', values: [value] }] }] } });
    expect(refusal(ask(acme, 'client'))).toBe('NOT_FOUND');
    expect(refusal(ask('nobody', 'client'))).toBe('NOT_FOUND');
    expect(refusal(ask('nobody', 'owner'))).toBe('NOT_FOUND');
    expect(refusal(ask('nobody', 'clientOwner'))).toBe('NOT_FOUND');
    expect(refusal(ask(zoe, 'client'))).toBe(null);
  });

  it('counts a facet without its own outermost conditions', () => {
    const { office, adviser, zoe } = example();
    const email: Where = { field: 'type', op: 'anyOf', values: ['email'] };
    const counts = (where: Where): number[] | undefined =>
      filter(office, 'admin', { where, facets: ['type'] }).facets.type?.map(({ count }) => count);
    expect(counts(email)).toEqual([2, 0, 2, 1, 0, 0]);
    expect(counts({ all: [email, { field: 'status', op: 'anyOf', values: ['open'] }] })).toEqual([
      1, 0, 2, 1, 0, 0,
    ]);
    expect(counts({ any: [email] })).toEqual([2, 0, 0, 0, 0, 0]);
    const { facets } = filter(office, adviser, { facets: ['client', 'tag', 'owner'] });
    expect(facets.client).toEqual([{ value: zoe, label: 'Zoë', count: 2 }]);
    expect(facets.owner?.map(({ label }) => label)).toEqual(['Ada', 'Bob']);
    const found = facetValues(office, 'admin', { facet: 'tag', search: 'TE', limit: 5 });
    expect(found).toEqual([{ value: 'été', label: 'été', count: 1 }]);
  });
});

describe('the order in which the oracle answers', () => {
  it('is the exact reverse when descending', () => {
    const { office } = example();
    for (const fields of [
      ['title'],
      ['duration', 'title'],
      ['owner', 'client', 'type'],
      ['priority', 'start'],
    ] as const) {
      const ids = (sort: SortKey[]): string[] => filter(office, 'admin', { sort }).rows.map(({ id }) => id);
      expect(ids(reversed(by(...fields)))).toEqual(ids(by(...fields)).toReversed());
    }
  });

  it('puts no duration before none at all, and ties by id', () => {
    const { titles } = example();
    expect(titles({ sort: by('duration', 'title') })).toEqual(['á', 'c', 'c', 'A', 'b']);
    expect(titles({ sort: by('client', 'start') })).toEqual(['b', 'c', 'c', 'A', 'á']);
  });

  it('puts first where all words stand whole, then where all begin a word, then the rest', () => {
    const small = smallOffice();
    const client = small.client('plan');
    for (const title of ['replan red', 'planned red', 'red', 'redo plans', 'replan red plan'])
      small.meeting(client, title);
    const other = small.client('other');
    for (const title of ['replan red', 'planner red', 'red plan', 'predate plan'])
      small.meeting(other, title);
    const list = (text: string, ...sort: SortKey[]): string[] =>
      filter(small.office, 'admin', { text, sort }).rows.map(({ title }) => title);
    const best: SortKey = { by: 'relevance', direction: 'descending' };
    const [created] = by('created') as [SortKey];
    expect(list('RED plan', best, created)).toEqual([
      ...['replan red', 'planned red', 'red', 'replan red plan', 'red plan'],
      ...['redo plans', 'planner red', 'replan red', 'predate plan'],
    ]);
    const upside = { ...best, direction: 'ascending' } as const;
    expect(list('RED plan', upside)).toEqual(list('RED plan', best).toReversed());
    expect(list('r', best, created)).toEqual(list('', created));
  });

  it('goes on after a place whose meeting is gone', () => {
    const { office, send } = example();
    const sort = by('title');
    const first = filter(office, 'admin', { sort, limit: 2 });
    expect(first.more).toBe(true);
    const last = first.rows.at(-1) as Meeting;
    const place = placeOf(office, last, { sort });
    send({ kind: 'deleteMeeting', actor: 'admin', id: last.id, version: 1 });
    const rest = filter(office, 'admin', { sort }, place);
    expect(rest.rows.map(({ title }) => title)).toEqual(['b', 'c', 'c']);
    expect([rest.total, rest.more]).toEqual([4, false]);
  });

  it('answers the true total past the end', () => {
    const { office } = example();
    expect(filter(office, 'admin', { offset: 9 })).toMatchObject({ rows: [], total: 5, more: false });
  });
});

describe('the oracle', () => {
  it('shares no code with the program', () => {
    const folder = path.resolve(import.meta.dirname, '../support/oracle');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const imports = files.flatMap((name) =>
      [...readFileSync(path.join(folder, name), 'utf8').matchAll(/from '([^']+)'/g)].map(
        ([, named = '']) => ({
          named,
          reached: path.relative(folder, path.resolve(folder, path.dirname(name), named)),
        }),
      ),
    );
    expect(imports.length).toBeGreaterThan(10);
    for (const { named, reached } of imports) {
      expect(named).toMatch(/^\./);
      expect(reached).not.toMatch(/^\.\./);
    }
  });
});
