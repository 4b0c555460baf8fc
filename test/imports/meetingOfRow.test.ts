import { describe, expect, it } from 'vitest';
import type { ImportField, Mapping } from '../../electron/contract/imports.ts';
import { meetingOfRow, type RowMeeting } from '../../electron/imports/cells/meetingOfRow.ts';
import { mappingTrouble, rowPlan } from '../../electron/imports/mapping/rowPlan.ts';
import { plainRules } from './plainMapping.ts';

const columns: ImportField[] = [
  'client',
  'owner',
  'title',
  'details',
  'start',
  'type',
  'status',
  'priority',
  'tags',
  'durationMinutes',
  'externalId',
];
const plan = rowPlan(columns, { ...plainRules, columns }, 'Europe/Brussels');

/** The meeting of a row that names one client. */
function onlyOne(read: RowMeeting[] | string): RowMeeting | string {
  if (typeof read === 'string') return read;
  expect(read).toHaveLength(1);
  return read[0] ?? '';
}

/** A row of good cells, some of them changed. */
function row(cells: Partial<Record<ImportField, string>>): RowMeeting | string {
  const good = { client: 'Acme', title: 'Lunch', start: '21/11/2026' };
  const all: Partial<Record<ImportField, string>> = { ...good, ...cells };
  const cellsOf = columns.map((field) => all[field] ?? '');
  return onlyOne(meetingOfRow({ line: 2, cells: cellsOf, problem: null }, plan));
}

describe('a row becomes a meeting', () => {
  it('with everything it says', () => {
    const said = row({
      client: '  Acme \n Corp ',
      owner: 'Anna CAVAZZINI',
      details: 'First line\nsecond line ',
      start: '21/11/2026 9:30',
      type: 'Phone',
      status: 'Done',
      priority: 'High',
      tags: "['ENVI', 'ITRE', 'ENVI']",
      durationMinutes: '1h30',
    });
    expect(said).toEqual({
      client: 'Acme Corp',
      clientInFull: '',
      owner: 'Anna CAVAZZINI',
      externalId: null,
      told: 0b1111111111,
      title: 'Lunch',
      details: 'First line\nsecond line',
      type: 'call',
      status: 'closed',
      priority: 'high',
      tags: ['ENVI', 'ITRE'],
      start: { at: '2026-11-21T08:30:00.000Z', zone: 'Europe/Brussels' },
      durationMinutes: 90,
    });
  });

  it('with defaults for what it leaves empty', () => {
    expect(row({})).toMatchObject({
      owner: null,
      details: '',
      type: 'visit',
      status: 'closed',
      priority: 'normal',
      tags: [],
      durationMinutes: null,
    });
  });

  it('and without a title takes the beginning of its details, else the word for its type', () => {
    expect(row({ title: '', details: 'Talked about tea\nand cake' })).toMatchObject({
      title: 'Talked about tea',
      details: 'Talked about tea\nand cake',
    });
    expect(row({ title: ' ', type: 'phone' })).toMatchObject({ title: 'Call' });
    expect(row({ title: "['']" })).toMatchObject({ title: 'Visit' });
  });

  it('and a title or client name that is too long is shortened, and stands in full in the details', () => {
    const title = 'many words '.repeat(60).trim();
    const client = 'Organisation of things, '.repeat(20).trim();
    const said = row({ title, client, details: 'Note.' }) as RowMeeting;
    expect(said.title.length).toBeLessThanOrEqual(300);
    expect(said.title.endsWith('…')).toBe(true);
    expect(said.client.length).toBeLessThanOrEqual(200);
    expect(said.clientInFull).toBe(client);
    expect(said.details).toBe(`${title}\n\n${client}\n\nNote.`);
  });

  it('and several columns of details stand under their names', () => {
    const mapping: Mapping = {
      ...plainRules,
      columns: ['client', 'start', 'details', 'details', null],
      dateOrder: 'iso',
    };
    const two = rowPlan(['who', 'when', 'Dossier', 'Place', 'Other'], mapping, 'UTC');
    const read = (cells: string[]): unknown => onlyOne(meetingOfRow({ line: 2, cells, problem: null }, two));
    expect(read(['Acme', '2026-11-21', "['CRR', 'DSA']", 'Gent', 'x'])).toMatchObject({
      details: 'Dossier: CRR, DSA\nPlace: Gent',
    });
    expect(read(['Acme', '2026-11-21', '', 'Gent'])).toMatchObject({
      details: 'Place: Gent',
      title: 'Place: Gent',
    });
  });
});

describe('a row is refused with one sentence', () => {
  const cases: [reason: string, cells: Partial<Record<ImportField, string>>][] = [
    ['The row names no client.', { client: '' }],
    ['The row names no client.', { client: "['']" }],
    ['The row has no date.', { start: ' ' }],
    ['The date "31/02/2026" does not exist or cannot be read.', { start: '31/02/2026' }],
    ['The date "next week" does not exist or cannot be read.', { start: 'next\tweek\u0007' }],
    ['The type "hearing" is not known.', { type: 'hearing' }],
    [`The status "${'x'.repeat(39)}…" is not known.`, { status: 'x'.repeat(200) }],
    ['The priority "3" is not known.', { priority: '3' }],
    ['The duration "a while" cannot be read.', { durationMinutes: 'a while' }],
    ['The duration is greater than 10080.', { durationMinutes: '20000' }],
    ['The title holds a control character.', { title: 'a\u0000b' }],
    ['The client holds a control character.', { client: 'a\u0000b' }],
    ['The row holds a broken character.', { details: 'a\u001ab' }],
    ['The owner is longer than 100 characters.', { owner: 'x'.repeat(101) }],
    ['The title is longer than 2,000 characters.', { title: 'x'.repeat(2_001) }],
    ['The client is longer than 2,000 characters.', { client: 'x'.repeat(2_001) }],
    ['The text of the details is longer than 20000 characters.', { details: 'x'.repeat(20_001) }],
    ['The tag is longer than 60 characters.', { tags: 'x'.repeat(61) }],
    [
      'The list of tags holds more than 20 items.',
      { tags: Array.from({ length: 21 }, (_, n) => `tag ${String(n)}`).join(';') },
    ],
  ];
  it.each(cases)('%s', (reason, cells) => {
    expect(row(cells)).toBe(reason);
  });

  it('when it has more cells than the header, unless the surplus is empty', () => {
    const read = (surplus: string[]): unknown => {
      const cells = columns.map(
        (field) => ({ client: 'Acme', start: '21/11/2026' })[field as 'client' | 'start'] ?? '',
      );
      return onlyOne(meetingOfRow({ line: 2, cells: [...cells, ...surplus], problem: null }, plan));
    };
    expect(read(['', ' '])).toMatchObject({ client: 'Acme' });
    expect(read(['', 'x'])).toBe('The row has 13 cells where the header has 11.');
  });
});

describe('a cell with several clients', () => {
  const several = rowPlan(columns, { ...plan.mapping, clients: 'several' }, plan.zone);
  const read = (client: string, used = several): RowMeeting[] | string => {
    const cells = columns.map((field) =>
      field === 'start' ? '2026-11-21' : field === 'client' ? client : '',
    );
    return meetingOfRow({ line: 2, cells, problem: null }, used);
  };
  const clientsOf = (client: string, used = several): unknown => {
    const meetings = read(client, used);
    return typeof meetings === 'string' ? meetings : meetings.map((meeting) => meeting.client);
  };

  it.each([
    ['Acme; Bolt;', ['Acme', 'Bolt']],
    ['Acme|Bolt\nCore', ['Acme', 'Bolt', 'Core']],
    ["['Acme, Inc', 'Bolt']", ['Acme, Inc', 'Bolt']],
    ['Acme, Inc', ['Acme, Inc']],
    ['Café; CAFE ; café', ['café']],
    ['Acme', ['Acme']],
    [' ; ', 'The row names no client.'],
    [
      Array.from({ length: 101 }, (_, n) => `C${String(n)}`).join(';'),
      'The row names more than 100 clients.',
    ],
  ])('%j is a meeting for each of them, when it is mapped so', (cell, clients) => {
    expect(clientsOf(cell)).toEqual(clients);
  });

  it.each([
    ['Acme; Bolt', 'Acme; Bolt'],
    ["['Acme', 'Bolt']", 'Acme, Bolt'],
  ])('%j is one client with this whole name otherwise', (cell, client) => {
    expect(clientsOf(cell, plan)).toEqual([client]);
  });

  it('gives each meeting everything else that the row says, and its own name in full', () => {
    const long = 'very '.repeat(60).trim();
    const meetings = read(`Acme; ${long}`) as RowMeeting[];
    expect(meetings.map(({ start, details }) => ({ start, details }))).toEqual([
      { start: { date: '2026-11-21' }, details: '' },
      { start: { date: '2026-11-21' }, details: long },
    ]);
  });
});

describe('a mapping', () => {
  const trouble = (mapped: (ImportField | null)[]): string | null =>
    mappingTrouble({ ...plainRules, columns: mapped });

  it('needs the client and the date, each once', () => {
    expect(trouble(['client', 'start', 'tags', 'tags', 'details', 'details', null])).toBeNull();
    expect(trouble(['client', 'title'])).toBe('The mapping names no column for the date');
    expect(trouble(['start', null])).toBe('The mapping names no column for the client');
    expect(trouble(['client', 'client', 'start'])).toBe('The mapping names several columns for one field');
  });
});
