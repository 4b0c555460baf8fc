import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientWith, condition, megabyte, nobody, openCounter, where, write } from './counter.ts';
import { cycle, manyConditions, nested } from './oddTrees.ts';
import type { Counter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.store.stop());

describe('a bad question', () => {
  const questions: [what: string, input: () => unknown][] = [
    ['nothing at all', () => undefined],
    ['a text', () => 'all'],
    ['a list', () => []],
    ['something unknown', () => ({ filter: 1 })],
    ['an actor of its own', () => ({ actor: counter.store.administrator })],
    ['an unknown type', () => condition('type', 'anyOf', ['fax'])],
    ['an unknown status', () => condition('status', 'noneOf', ['open', 'lost'])],
    ['an unknown priority', () => condition('priority', 'anyOf', [''])],
    ['an unknown field', () => condition('colour', 'anyOf', ['red'])],
    ['an unknown operation', () => condition('type', 'allOf', ['email'])],
    ['no values', () => condition('type', 'anyOf', [])],
    ['values of the wrong kind', () => condition('type', 'anyOf', [1])],
    ['one value instead of a list', () => condition('type', 'anyOf', 'email')],
    [
      'more values than allowed',
      () =>
        condition(
          'tag',
          'anyOf',
          Array.from({ length: 201 }, (_, at) => String(at)),
        ),
    ],
    ['what is no id', () => condition('client', 'anyOf', ['7'])],
    [
      'an id in capitals',
      () => condition('owner', 'anyOf', [nobody.replace('a', 'A').toUpperCase().replace('7', '4')]),
    ],
    ['a reversed range', () => condition('start', 'between', ['2026-03-02', '2026-03-01'])],
    ['a range of one end', () => condition('start', 'between', ['2026-03-02'])],
    ['a day that is not', () => condition('start', 'between', ['2026-02-30', null])],
    ['a day with a time', () => condition('start', 'between', ['2026-03-01T00:00:00.000Z', null])],
    ['a group of two kinds', () => where({ all: [], any: [] })],
    ['a group with more beside it', () => where({ all: [], field: 'type' })],
    ['a group that is no list', () => where({ all: { 0: { all: [] } } })],
    ['an empty object', () => where({})],
    ['a hole in a group', () => where({ any: [null] })],
    ['a tree nine deep', () => where(nested(9))],
    ['a tree of 100,000 levels', () => where(nested(100_000))],
    ['a tree that holds itself', () => where(cycle())],
    ['201 conditions', () => where(manyConditions(201))],
    ['a group of 100,000', () => where({ all: Array.from({ length: 100_000 }, () => ({ all: [] })) })],
    ['a megabyte of text', () => ({ text: megabyte })],
    ['a text of 501', () => ({ text: 'x'.repeat(501) })],
    ['a NUL', () => ({ text: 'a\0b' })],
    ['a lone surrogate', () => ({ text: 'a\ud83d' })],
    ['a text that is a number', () => ({ text: 7 })],
    ['a tag of a megabyte', () => condition('tag', 'anyOf', [megabyte])],
    ['a tag with half a letter', () => condition('tag', 'anyOf', ['\udc00x'])],
    ['an unknown order', () => ({ sort: [{ by: 'colour', direction: 'ascending' }] })],
    ['no direction', () => ({ sort: [{ by: 'title' }] })],
    ['no order', () => ({ sort: [] })],
    ['the same order twice', () => ({ sort: [0, 1].map(() => ({ by: 'title', direction: 'ascending' })) })],
    [
      'four orders',
      () => ({ sort: ['title', 'start', 'type', 'owner'].map((by) => ({ by, direction: 'ascending' })) }),
    ],
    ['an offset below nothing', () => ({ offset: -1 })],
    ['half an offset', () => ({ offset: 0.5 })],
    ['an offset without end', () => ({ offset: Number.POSITIVE_INFINITY })],
    ['an offset that is no number', () => ({ offset: Number.NaN })],
    ['an offset as text', () => ({ offset: '1' })],
    ['an offset of another kind', () => ({ offset: 1n })],
    ['a huge limit', () => ({ limit: 501 })],
    ['a limit below nothing', () => ({ limit: -1 })],
    ['an unknown facet', () => ({ facets: ['colour'] })],
    ['ten facets', () => ({ facets: Array.from({ length: 10 }, () => 'type') })],
    ['an offset and a cursor', () => ({ offset: 0, cursor: 'x' })],
    ['a made-up cursor', () => ({ cursor: 'x' })],
    ['an empty cursor', () => ({ cursor: '' })],
    [
      'a cursor of JSON',
      () => ({ cursor: Buffer.from('{"keys":[],"id":7,"sort":[]}').toString('base64url') }),
    ],
    ['a cursor of a megabyte', () => ({ cursor: megabyte })],
  ];
  it.each(questions)('with %s is refused', async (_what, input) => {
    expect(await counter.askInVain('meetings.filter', input())).toMatchObject({ code: 'INVALID_INPUT' });
  });

  const otherQuestions: [channel: string, what: string, input: unknown][] = [
    ['meetings.facetValues', 'a short facet', { facet: 'type' }],
    ['meetings.facetValues', 'no facet', {}],
    ['meetings.facetValues', 'a limit of nothing', { facet: 'tag', limit: 0 }],
    ['meetings.facetValues', 'a megabyte', { facet: 'tag', search: megabyte }],
    ['clients.list', 'a NUL', { search: '\0' }],
    ['clients.list', 'a lone surrogate', { search: '\ud800' }],
    ['clients.list', 'a negative offset', { offset: -5 }],
    ['meetings.get', 'no id', {}],
    ['meetings.get', 'a number', { id: 11 }],
    ['meetings.get', 'a key of the store', { id: 'meeting:11' }],
    ['clients.get', 'a megabyte', { id: megabyte }],
    ['journal.list', 'a huge limit', { limit: 10_000 }],
    ['users.clients', 'a list of ids', { id: [nobody] }],
  ];
  it.each(otherQuestions)('to %s with %s is refused', async (channel, _what, input) => {
    expect(await counter.askInVain(channel, input)).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('a bad write', () => {
  const meetingFields: [what: string, fields: object][] = [
    ['no client', { clientId: undefined }],
    ['a client that is no id', { clientId: '7' }],
    ['an empty title', { title: '' }],
    ['a title of spaces', { title: ' \t ' }],
    ['a title of two lines', { title: 'a\nb' }],
    ['a title of 301', { title: 'x'.repeat(301) }],
    ['a title of a megabyte', { title: megabyte }],
    ['a NUL in the title', { title: 'a\0' }],
    ['half a letter in the title', { title: '\ud83d' }],
    ['a megabyte of details', { details: megabyte }],
    ['a bell in the details', { details: 'a\u0007b' }],
    ['half a letter in the details', { details: 'b\udfff' }],
    ['an unknown type', { type: 'fax' }],
    ['an unknown status', { status: null }],
    ['an unknown priority', { priority: 'most' }],
    ['21 tags', { tags: Array.from({ length: 21 }, (_, at) => String(at)) }],
    ['an empty tag', { tags: [''] }],
    ['a tag of two lines', { tags: ['a\r\nb'] }],
    ['tags in one text', { tags: 'a,b' }],
    ['a start without zone', { start: { at: '2026-03-02T09:00:00.000Z' } }],
    ['a start in no zone there is', { start: { at: '2026-03-02T09:00:00.000Z', zone: 'Mars/Olympus' } }],
    ['a start without milliseconds', { start: { at: '2026-03-02T09:00:00Z', zone: 'UTC' } }],
    ['a start on a day that is not', { start: { at: '2026-02-30T09:00:00.000Z', zone: 'UTC' } }],
    ['a start of both kinds', { start: { at: '2026-03-02T09:00:00.000Z', zone: 'UTC', date: '2026-03-02' } }],
    ['a date as a number', { start: { date: 20_260_302 } }],
    ['a date as in the first program', { start: { date: '02032026' } }],
    ['a 30th of February', { start: { date: '2026-02-30' } }],
    ['a year of five digits', { start: { date: '12026-01-01' } }],
    ['less than no time', { durationMinutes: -1 }],
    ['half a minute', { durationMinutes: 0.5 }],
    ['more than a week', { durationMinutes: 10_081 }],
    ['a duration that is no number', { durationMinutes: Number.NaN }],
    ['something unknown', { colour: 'red' }],
    ['its own id', { id: nobody }],
  ];
  it.each(meetingFields)('of a meeting with %s is refused', async (_what, fields) => {
    expect(await counter.askInVain('meetings.create', counter.meetingWith(fields))).toMatchObject({
      code: 'INVALID_INPUT',
    });
    const { id, version } = counter.seen.meeting;
    const update = { ...counter.meetingWith(fields), id, version };
    expect(await counter.askInVain('meetings.update', update)).toMatchObject({ code: 'INVALID_INPUT' });
  });

  const otherWrites: [channel: string, what: string, input: () => object][] = [
    ['clients.create', 'an empty name', () => clientWith({ name: ' ' })],
    ['clients.create', 'a name of a megabyte', () => clientWith({ name: megabyte })],
    ['clients.create', 'a NUL', () => clientWith({ name: 'a\0b' })],
    ['clients.create', 'half a letter', () => clientWith({ city: '\udc01' })],
    ['clients.create', 'an unknown kind', () => clientWith({ kind: 'dog' })],
    ['clients.create', 'no write id', () => ({ fields: { name: 'New' } })],
    ['clients.create', 'an odd write id', () => ({ writeId: '{ins:1}:writes', fields: { name: 'New' } })],
    ['clients.update', 'version 0', () => ({ ...clientWith({}), id: counter.seen.client.id, version: 0 })],
    ['clients.delete', 'no version', () => write({ id: counter.seen.client.id })],
    ['meetings.delete', 'a version as text', () => write({ id: counter.seen.meeting.id, version: '1' })],
    ['users.assignClients', 'no client', () => write({ id: counter.adviser })],
    [
      'users.assignClients',
      '5,001 clients',
      () => write({ id: counter.adviser, add: Array.from({ length: 5_001 }, () => nobody) }),
    ],
    ['journal.undo', 'entry 0', () => write({ entry: 0 })],
    ['journal.undo', 'half an entry', () => write({ entry: 1.5 })],
    ['journal.undo', 'an entry as text', () => write({ entry: '1' })],
  ];
  it.each(otherWrites)('to %s with %s is refused', async (channel, _what, input) => {
    expect(await counter.askInVain(channel, input())).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
