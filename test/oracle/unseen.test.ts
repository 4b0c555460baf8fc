import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientWith, condition, megabyte, nobody, openCounter, write } from './counter.ts';
import type { Meeting } from '../../electron/contract/meetings.ts';
import type { Envelope } from '../../electron/ipc/serve.ts';
import type { Counter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.store.stop());

describe('what is not there and what is not seen', () => {
  const sameForBoth: [channel: string, input: (meetingId: string, clientId: string) => object][] = [
    ['meetings.get', (id) => ({ id })],
    ['meetings.update', (id) => ({ ...counter.meetingWith({}), id, version: 1 })],
    ['meetings.update', (id) => ({ ...counter.meetingWith({}), id, version: 9 })],
    ['meetings.delete', (id) => write({ id, version: 1 })],
    ['meetings.create', (_id, clientId) => counter.meetingWith({ clientId })],
    [
      'meetings.update',
      (_id, clientId) => ({ ...counter.meetingWith({ clientId }), id: counter.seen.meeting.id, version: 1 }),
    ],
    ['meetings.filter', (_id, clientId) => condition('client', 'anyOf', [clientId])],
    ['meetings.filter', (_id, clientId) => condition('client', 'noneOf', [counter.seen.client.id, clientId])],
    [
      'meetings.filter',
      (_id, clientId) => ({ ...condition('client', 'anyOf', [clientId]), facets: ['client'], limit: 0 }),
    ],
    [
      'meetings.facetValues',
      (_id, clientId) => ({ ...condition('client', 'anyOf', [clientId]), facet: 'client' }),
    ],
    ['clients.get', (_id, id) => ({ id })],
    ['clients.update', (_id, id) => ({ ...clientWith({}), id, version: 1 })],
    ['clients.update', (_id, id) => ({ ...clientWith({}), id, version: 9 })],
    ['clients.delete', (_id, id) => write({ id, version: 1 })],
  ];
  it.each(sameForBoth)('look the same to %s', async (channel, input) => {
    const absent = await counter.askInVain(channel, input(nobody, nobody), counter.adviser);
    const invisible = await counter.askInVain(
      channel,
      input(counter.hidden.meeting.id, counter.hidden.client.id),
      counter.adviser,
    );
    expect(absent.code).toBe('NOT_FOUND');
    expect(invisible).toEqual(absent);
  });

  it('look the same to whoever takes back what others did', async () => {
    const absent = await counter.askInVain('journal.undo', write({ entry: 999_999 }), counter.adviser);
    const others = await counter.askInVain('journal.undo', write({ entry: 2 }), counter.adviser);
    expect(absent.code).toBe('NOT_FOUND');
    expect(others).toEqual(absent);
  });

  it('look the same in a cursor that somebody made up', async () => {
    const sort = [{ by: 'title', direction: 'ascending' }];
    const page = await counter.desk.ask('meetings.filter', { sort, limit: 1 });
    const { cursor, rows } = (page as Envelope & { ok: true }).value as { cursor: string; rows: Meeting[] };
    const at = (id: string): string =>
      Buffer.from(Buffer.from(cursor, 'base64url').toString().replace(rows[0]!.id, id)).toString('base64url');
    const ask = (id: string): Promise<Envelope> =>
      counter.desk.ask('meetings.filter', { sort, limit: 1, cursor: at(id) }, counter.adviser);
    expect(await ask(counter.hidden.meeting.id)).toEqual(await ask(nobody));
  });

  it('are found by no text, counted nowhere and suggested to nobody', async () => {
    const found = await counter.desk.ask(
      'meetings.filter',
      { text: 'hidden', facets: ['client', 'owner', 'type'] },
      counter.adviser,
    );
    expect(found).toMatchObject({
      ok: true,
      value: { rows: [], total: 0, cursor: null, facets: { client: [], owner: [] } },
    });
    const values = await counter.desk.ask(
      'meetings.facetValues',
      { facet: 'client', search: 'hid' },
      counter.adviser,
    );
    expect(values).toEqual({ ok: true, value: { values: [] } });
    expect(await counter.desk.ask('clients.list', { search: 'hid' }, counter.adviser)).toEqual({
      ok: true,
      value: { rows: [], total: 0 },
    });
  });

  it.each([
    [
      'users.update',
      () => ({
        ...write({ fields: { userName: 'x', displayName: 'x', role: 'adviser', active: false } }),
        id: nobody,
        version: 1,
      }),
    ],
    ['users.clients', () => ({ id: nobody })],
    ['users.assignClients', () => write({ id: nobody, add: [counter.seen.client.id] })],
    ['users.assignClients', () => write({ id: counter.adviser, add: [counter.seen.client.id, nobody] })],
    ['meetings.filter', () => condition('owner', 'noneOf', [nobody])],
    ['meetings.create', () => counter.meetingWith({ ownerId: nobody })],
  ])('are not there for the administrator either: %s', async (channel, input) => {
    expect(await counter.askInVain(channel, input())).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('who may not', () => {
  const calls: [channel: string, input: () => unknown][] = [
    ['meetings.filter', () => ({})],
    ['meetings.create', () => counter.meetingWith({})],
    ['clients.delete', () => write({ id: counter.seen.client.id, version: 1 })],
    ['journal.undo', () => write({ entry: 1 })],
    ['users.list', () => ({})],
  ];
  it.each(calls)('is asked to sign in, whatever was asked of %s', async (channel, input) => {
    expect(await counter.askInVain(channel, input(), '')).toMatchObject({ code: 'SIGNED_OUT' });
    expect(await counter.askInVain(channel, megabyte, '')).toMatchObject({ code: 'SIGNED_OUT' });
  });

  it('decides about users only as administrator', async () => {
    const fields = { userName: 'eve', displayName: 'Eve', role: 'administrator', active: false };
    expect(await counter.askInVain('users.create', write({ fields }), counter.adviser)).toMatchObject({
      code: 'NOT_ALLOWED',
    });
    const more = write({ id: counter.adviser, add: [counter.hidden.client.id] });
    expect(await counter.askInVain('users.assignClients', more, counter.adviser)).toMatchObject({
      code: 'NOT_ALLOWED',
    });
    expect(await counter.askInVain('users.clients', { id: counter.adviser }, counter.adviser)).toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });
});
