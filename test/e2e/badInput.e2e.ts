import { beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { failureShape, type FailureCode } from '../../electron/contract/failure.ts';
import type { Meeting } from '../../electron/contract/meetings.ts';
import { ask, latestEntry, newWriteId, refusal } from './support/daybook.ts';
import { demoPassword, enter, enterDemo, settled, signOut, title, total } from './support/doing.ts';
import { row } from './support/list.ts';
import { story } from './support/story.ts';

const office = story('bad input', () => ({ args: ['--demo'] }));

const password = 'a quiet harbour';
const nowhere = '01890000-0000-7000-8000-000000000000';

/** What the calls below are about. */
let meeting: Meeting;
/** The first meeting of a client that Léa does not see. */
let hidden: Meeting;
let mine: { readonly id: string; readonly name: string };
let lea = '';

let before = 0;
const problems: Error[] = [];

/** One sentence for a person: it begins like one, ends like one, and holds no word of ours. */
function expectSentence(message: string, call: string): void {
  expect(message, call).toMatch(/^[A-Z][^\n]{5,200}[.]$/);
  expect(message, call).not.toMatch(
    /undefined|null|zod|lua|redis|ERR |Error|\[object|writeId|clientId|ownerId|[{}<>]/,
  );
}

async function refused(call: string, code: FailureCode): Promise<string> {
  const failure = await refusal(office.page, call);
  expect(failureShape.strict().parse(failure), call).toMatchObject({ code });
  expectSentence(failure.message, call);
  return failure.message;
}

const fields = (more: string): string =>
  `{ clientId: '${mine.id}', ownerId: '${meeting.owner.id}', title: 'Bad', type: 'call', status: 'open', start: { date: '2026-11-20' }, ${more} }`;
const create = (more: string): string =>
  `meetings.create({ writeId: crypto.randomUUID(), fields: ${fields(more)} })`;
const officeUpdate = (more: string): string =>
  `office.update({ writeId: crypto.randomUUID(), version: 1, fields: { name: 'Bad', colour: 'red', ${more} } })`;
const createClient = (more: string): string =>
  `clients.create({ writeId: crypto.randomUUID(), fields: { name: 'Bad', ${more} } })`;

beforeAll(async () => {
  const { page } = office;
  page.on('pageerror', (error) => problems.push(error));
  await enterDemo(page);
  const { rows } = await ask(page, 'meetings', 'filter', { limit: 200 });
  const [first] = rows;
  const second = rows.find(({ client }) => client.id !== first?.client.id);
  if (!first || !second) throw new Error('the demo office has too few meetings');
  meeting = first;
  hidden = second;
  mine = first.client;
  const { user } = await ask(page, 'users', 'create', {
    writeId: newWriteId(),
    fields: { userName: 'lea', displayName: 'Léa Peeters', role: 'adviser' },
    password,
  });
  lea = user.id;
  await ask(page, 'users', 'assignClients', { writeId: newWriteId(), id: lea, add: [mine.id] });
});

beforeEach(async () => {
  before = await latestEntry(office.page);
});

/** Whatever was asked: nothing was written, nothing broke, and the office answers. */
afterEach(async () => {
  const { page } = office;
  expect(await latestEntry(page)).toBe(before);
  expect(problems).toEqual([]);
  expect(await title(page, 'Meetings').isVisible()).toBe(true);
  expect((await ask(page, 'meetings', 'get', { id: meeting.id })).title).toBe(meeting.title);
});

describe('A question that makes no sense', () => {
  const questions: readonly (readonly [what: string, call: string])[] = [
    ['an unknown type', "meetings.filter({ where: { field: 'type', op: 'anyOf', values: ['pigeon'] } })"],
    ['an unknown status', "meetings.filter({ where: { field: 'status', op: 'anyOf', values: ['OPEN'] } })"],
    ['an unknown facet', "meetings.filter({ facets: ['colour'] })"],
    ['an unknown field', "meetings.filter({ where: { field: 'password', op: 'anyOf', values: ['x'] } })"],
    ['an unknown comparison', "meetings.filter({ where: { field: 'type', op: 'like', values: ['call'] } })"],
    ['no value at all', "meetings.filter({ where: { field: 'type', op: 'anyOf', values: [] } })"],
    ['an unknown order', "meetings.filter({ sort: [{ by: 'colour', direction: 'ascending' }] })"],
    [
      'an order that names a field twice',
      "meetings.filter({ sort: ['ascending', 'descending'].map((direction) => ({ by: 'start', direction })) })",
    ],
    [
      'a range that ends before it starts',
      "meetings.filter({ where: { field: 'start', op: 'between', values: ['2026-03-02', '2026-03-01'] } })",
    ],
    [
      'a day that does not exist',
      "meetings.filter({ where: { field: 'start', op: 'between', values: ['2026-02-30', null] } })",
    ],
    ['a negative position', 'meetings.filter({ offset: -1 })'],
    ['half a position', 'meetings.filter({ offset: 1.5 })'],
    ['no number', 'meetings.filter({ offset: NaN })'],
    ['no end', 'meetings.filter({ offset: Infinity })'],
    ['a position past every number', 'meetings.filter({ offset: 1e300 })'],
    ['too many rows', 'meetings.filter({ limit: 501 })'],
    ['two positions', "meetings.filter({ offset: 1, cursor: 'x' })"],
    ['a made-up cursor', "meetings.filter({ cursor: 'eyJhbGwiOnRydWV9' })"],
    ['an id that is none', "meetings.get({ id: '1; FLUSHALL' })"],
    ['a number for an id', 'meetings.get({ id: 7 })'],
    ['a list for an id', "meetings.get({ id: ['01890000-0000-7000-8000-000000000000'] })"],
    ['an unknown part', 'meetings.filter({ lua: "return 1" })'],
    ['a text for all of it', "meetings.filter('everything')"],
    ['a list for all of it', 'meetings.filter([])'],
    ['null', 'meetings.filter(null)'],
    ['nothing', 'meetings.filter()'],
    ['a date', 'meetings.get({ id: new Date() })'],
    ['a number too large to write', 'meetings.get({ id: 2n ** 80n })'],
    ['a negative limit', 'clients.list({ limit: -1 })'],
    ['half a limit', 'journal.list({ limit: 0.5 })'],
    ['a megabyte to search for', "clients.list({ search: 'x'.repeat(2 ** 20) })"],
    ['a megabyte to look for', "meetings.filter({ text: 'x'.repeat(2 ** 20) })"],
    ['NUL in a search', "meetings.filter({ text: 'a\\0b' })"],
    ['half a character in a search', "meetings.filter({ text: 'a\\ud83d' })"],
    ['half a character in a facet', "meetings.facetValues({ facet: 'tag', search: '\\udc00' })"],
    [
      'a tree that is too deep',
      'meetings.filter({ where: Array.from({ length: 100 }).reduce((inner) => ({ all: [inner] }), { all: [] }) })',
    ],
    [
      'a forest',
      "meetings.filter({ where: { all: Array.from({ length: 201 }, () => ({ field: 'type', op: 'anyOf', values: ['call'] })) } })",
    ],
  ];

  it.each(questions)('(%s) is refused with a sentence', async (_what, call) => {
    await refused(call, 'INVALID_INPUT');
  });

  it('that cannot be carried to the program is refused on the way', async () => {
    const ways = {
      'turns round on itself': '((where) => { where.all = [where]; return { where }; })({})',
      'is a function': '{ where: () => 1 }',
      'is deeper than anything':
        '{ where: Array.from({ length: 5000 }).reduce((inner) => ({ all: [inner] }), { all: [] }) }',
    };
    for (const [what, input] of Object.entries(ways)) {
      const call = `window.daybook.meetings.filter(${input})`;
      const said = await office.page.evaluate<string>(
        `Promise.resolve().then(() => ${call}).then(() => 'answered', () => 'refused')`,
      );
      expect(said, what).toBe('refused');
    }
  });

  it('says what is wrong in words of the screen', async () => {
    expect(await refused("meetings.get({ id: 'x' })", 'INVALID_INPUT')).toBe('The reference is not an id.');
    expect(await refused('meetings.filter({ limit: 501 })', 'INVALID_INPUT')).toBe(
      'The number of rows is greater than 500.',
    );
    expect(await refused("meetings.filter({ text: 'x'.repeat(501) })", 'INVALID_INPUT')).toBe(
      'The search text is longer than 500 characters.',
    );
  });
});

describe('A question that has an honest answer', () => {
  it('past the end there is nothing, and the total is still told', async () => {
    for (const offset of [20_000, 99_999_999]) {
      const answer = await ask(office.page, 'meetings', 'filter', { offset });
      expect(answer).toMatchObject({ rows: [], total: 20_000, cursor: null });
    }
    const clients = await ask(office.page, 'clients', 'list', { offset: 5_000 });
    expect(clients).toEqual({ rows: [], total: 400 });
    expect(await ask(office.page, 'journal', 'list', { before: 1 })).toEqual({
      ...{ entries: [], before: null },
      isDamaged: false,
    });
  });

  it('a tag nobody uses and words nobody wrote find nothing', async () => {
    const where = { field: 'tag', op: 'anyOf', values: ['no such tag 🦄'] } as const;
    const answer = await ask(office.page, 'meetings', 'filter', { where, facets: ['type', 'tag'] });
    expect(answer).toMatchObject({ rows: [], total: 0 });
    for (const text of ['unicornify', 'x'.repeat(500), '* OR 1=1; zzqx', '"zzqx")(', '%zzqx\\'])
      expect(await ask(office.page, 'meetings', 'filter', { text }), text).toMatchObject({
        rows: [],
        total: 0,
      });
  });

  it('a search without a letter or a digit in it is none yet', async () => {
    for (const text of ['🦄', '")(', '\\', '%', ' '])
      expect(await ask(office.page, 'meetings', 'filter', { text, limit: 0 }), text).toMatchObject({
        total: 20_000,
      });
  });

  it('a range without any day in it finds nothing, an open one everything', async () => {
    const between = (from: string | null, to: string | null) =>
      ask(office.page, 'meetings', 'filter', {
        where: { field: 'start', op: 'between', values: [from, to] },
        limit: 0,
      });
    expect((await between('9998-01-01', '9999-12-31')).total).toBe(0);
    expect((await between('1000-01-01', '1000-01-01')).total).toBe(0);
    expect((await between(null, null)).total).toBe(20_000);
  });
});

describe('Something that must not be written down', () => {
  const texts: readonly (readonly [what: string, value: string])[] = [
    ['a megabyte', "'x'.repeat(2 ** 20)"],
    ['NUL', "'a\\0b'"],
    ['a control character', "'a\\x1bb'"],
    ['half a character', "'a\\ud83d'"],
    ['the other half', "'\\ude00b'"],
    ['the halves the wrong way round', "'\\ude00\\ud83d'"],
    ['a number', '7'],
    ['a list', "['a']"],
    ['null', 'null'],
  ];

  it.each(texts)('(%s) is refused in every text', async (_what, value) => {
    for (const call of [
      create(`title: ${value}`),
      create(`details: ${value}`),
      create(`tags: [${value}]`),
      createClient(`name: ${value}`),
      createClient(`city: ${value}`),
      createClient(`notes: ${value}`),
      `users.create({ writeId: crypto.randomUUID(), fields: { userName: ${value}, displayName: 'Bad', role: 'adviser' }, password: 'long enough' })`,
    ])
      await refused(call, 'INVALID_INPUT');
  });

  it('is refused in every other field too', async () => {
    for (const call of [
      create("title: ''"),
      create("title: ' \\t '"),
      create("title: 'two\\nlines'"),
      create("type: 'pigeon'"),
      create('type: null'),
      create("status: ''"),
      create("priority: '__proto__'"),
      create('durationMinutes: -1'),
      create('durationMinutes: 10081'),
      create("durationMinutes: '30'"),
      create("start: { date: '2026-02-30' }"),
      create("start: { date: '20261120' }"),
      create("start: { at: '2026-11-20T10:00:00.000Z' }"),
      create("start: { at: '2026-11-20T10:00:00.000Z', zone: 'Europe/Atlantis' }"),
      create("start: { at: '2026-11-20 10:00', zone: 'Europe/Brussels' }"),
      create('start: {}'),
      create("tags: Array.from({ length: 21 }, (_, at) => 'tag' + at)"),
      create("tags: ['']"),
      create('id: crypto.randomUUID()'),
      create('version: 3'),
      createClient("kind: 'ghost'"),
      createClient('meetings: 5'),
      `meetings.create({ writeId: 'x', fields: ${fields('')} })`,
      `meetings.create({ fields: ${fields('')} })`,
      `meetings.update({ writeId: crypto.randomUUID(), id: '${meeting.id}', version: 0, fields: ${fields('')} })`,
      `meetings.delete({ writeId: crypto.randomUUID(), id: '${meeting.id}' })`,
      "journal.undo({ writeId: crypto.randomUUID(), entry: 'last' })",
      'journal.undo({ writeId: crypto.randomUUID(), entry: 0 })',
      `users.assignClients({ writeId: crypto.randomUUID(), id: '${lea}' })`,
      officeUpdate("colour: 'pink'"),
      officeUpdate("name: ' '"),
      officeUpdate("name: 'x'.repeat(101)"),
      officeUpdate("name: 'a\\nb'"),
      officeUpdate("zone: 'Europe/Paris'"),
      'office.renewRecoveryCode({ password: 7 })',
      "users.create({ writeId: crypto.randomUUID(), fields: { userName: 'x', displayName: 'X', role: 'king' }, password: 'long enough' })",
      "users.create({ writeId: crypto.randomUUID(), fields: { userName: 'x', displayName: 'X', role: 'adviser' } })",
      "users.create({ writeId: crypto.randomUUID(), fields: { userName: 'x', displayName: 'X', role: 'adviser' }, password: 'short' })",
    ])
      await refused(call, 'INVALID_INPUT');
  });

  it('is not found where it names something that does not exist', async () => {
    for (const call of [
      create(`clientId: '${nowhere}'`),
      create(`ownerId: '${nowhere}'`),
      `meetings.update({ writeId: crypto.randomUUID(), id: '${nowhere}', version: 1, fields: ${fields('')} })`,
      `meetings.delete({ writeId: crypto.randomUUID(), id: '${nowhere}', version: 1 })`,
      `clients.delete({ writeId: crypto.randomUUID(), id: '${nowhere}', version: 1 })`,
      `users.assignClients({ writeId: crypto.randomUUID(), id: '${nowhere}', add: ['${mine.id}'] })`,
      `users.assignClients({ writeId: crypto.randomUUID(), id: '${lea}', add: ['${nowhere}'] })`,
      'journal.undo({ writeId: crypto.randomUUID(), entry: 99999999 })',
      "imports.inspect({ handle: '/etc/passwd' })",
      "imports.cancel({ importId: 'x' })",
      "imports.report({ importId: 'x' })",
      "imports.offerFile({ path: '/no/such/file.csv' })",
    ])
      await refused(call, 'NOT_FOUND');
  });

  it('is refused when it was changed since it was read', async () => {
    const said = await refused(
      `meetings.delete({ writeId: crypto.randomUUID(), id: '${meeting.id}', version: ${String(meeting.version + 1)} })`,
      'CONFLICT',
    );
    expect(said).toBe('This was changed meanwhile. Look at it again before you change it.');
  });
});

describe('Something unusual that may be written down', () => {
  it('comes back as it was, to the letter', async () => {
    const { page } = office;
    const words = '👩‍👩‍👧‍👦 Ѐ a\u0301 ﷽ "quotes" \\ <b>{{x}}</b> ${y} % \u202eabc\u202c 𝔘';
    const { meeting: made, entry } = await ask(page, 'meetings', 'create', {
      writeId: newWriteId(),
      fields: {
        clientId: mine.id,
        ownerId: meeting.owner.id,
        title: words,
        details: `${words}\n\t${'😀'.repeat(9_000)}`,
        type: 'call',
        status: 'open',
        tags: [words.slice(0, 60)],
        start: { date: '9999-12-31' },
      },
    });
    expect(entry).toBe(before + 1);
    const read = await ask(page, 'meetings', 'get', { id: made.id });
    expect(read.title).toBe(words);
    expect(read.details).toBe(`${words}\n\t${'😀'.repeat(9_000)}`);
    await settled(page);
    // On the screen too it is text and nothing else.
    await row(page, 0).getByText(words, { exact: true }).first().waitFor();
    await office.picture('to the letter');
    expect(await page.evaluate('document.querySelector("b")')).toBeNull();
    await ask(page, 'journal', 'undo', { writeId: newWriteId(), entry });
    expect(await refused(`meetings.get({ id: '${made.id}' })`, 'NOT_FOUND')).toMatch(/does not exist/);
    before = await latestEntry(page);
  });
});

describe('Somebody who sees one client only', () => {
  it('is answered the same for what is hidden and for what is not there', async () => {
    const { page } = office;
    await signOut(page);
    await enter(page, 'lea', password);
    before = await latestEntry(page);
    const calls = (id: string, clientId: string): string[] => [
      `meetings.get({ id: '${id}' })`,
      `meetings.delete({ writeId: crypto.randomUUID(), id: '${id}', version: 1 })`,
      `meetings.delete({ writeId: crypto.randomUUID(), id: '${id}', version: 99 })`,
      `meetings.update({ writeId: crypto.randomUUID(), id: '${id}', version: 1, fields: ${fields('')} })`,
      create(`clientId: '${clientId}'`),
      `meetings.filter({ where: { field: 'client', op: 'anyOf', values: ['${clientId}'] } })`,
      `meetings.filter({ where: { none: [{ field: 'client', op: 'noneOf', values: ['${clientId}'] }] } })`,
      `meetings.facetValues({ facet: 'tag', where: { field: 'client', op: 'anyOf', values: ['${clientId}'] } })`,
      `clients.get({ id: '${clientId}' })`,
      `clients.update({ writeId: crypto.randomUUID(), id: '${clientId}', version: 1, fields: { name: 'Mine' } })`,
      `clients.delete({ writeId: crypto.randomUUID(), id: '${clientId}', version: 99 })`,
    ];
    const absent = calls(nowhere, nowhere);
    for (const [at, call] of calls(hidden.id, hidden.client.id).entries()) {
      const failure = await refusal(page, call);
      expect(failure.code, call).toBe('NOT_FOUND');
      expectSentence(failure.message, call);
      expect(await refusal(page, absent[at] ?? ''), call).toEqual(failure);
    }
    const own = await refusal(page, `journal.undo({ writeId: crypto.randomUUID(), entry: 1 })`);
    const none = await refusal(page, `journal.undo({ writeId: crypto.randomUUID(), entry: 99999999 })`);
    expect(own).toEqual(none);
    expect(await total(page)).toBeLessThan(20_000);
  });
});

describe('Nobody', () => {
  it('is answered nothing, and learns nothing about what was asked', async () => {
    const { page } = office;
    await signOut(page);
    const calls = [
      'meetings.filter({})',
      "meetings.filter({ where: 'nonsense' })",
      `meetings.get({ id: '${meeting.id}' })`,
      "meetings.get({ id: 'nonsense' })",
      "meetings.facetValues({ facet: 'client' })",
      create(''),
      'clients.list({})',
      `clients.get({ id: '${mine.id}' })`,
      createClient(''),
      'users.names()',
      'users.list()',
      `users.clients({ id: '${lea}' })`,
      'journal.list({})',
      'journal.undo({ writeId: crypto.randomUUID(), entry: 1 })',
      officeUpdate(''),
      "office.renewRecoveryCode({ password: 'demo-office' })",
      'imports.chooseFile()',
      "imports.offerFile({ path: '/etc/passwd' })",
      "imports.inspect({ handle: 'x' })",
    ];
    for (const call of calls) expect(await refused(call, 'SIGNED_OUT'), call).toBe('Sign in first.');
    // Who has a name but not the password is as much nobody as who has neither.
    const attempt = (name: string): string =>
      `session.signIn({ userName: ${name}, password: 'nothing like it' })`;
    for (const name of ["'lea'", "'nobody at all'", "'😀'"])
      expect(await refused(attempt(name), 'WRONG_PASSWORD'), name).toBe(
        'The user name or the password is wrong.',
      );
    for (const name of ["'x'.repeat(2 ** 20)", '7', 'null', "['lea']", "'a\\0b'", "'\\ud83d'"])
      await refused(attempt(name), 'INVALID_INPUT');
    await refused("session.signIn({ userName: 'lea' })", 'INVALID_INPUT');
    await refused(
      "office.create({ name: 'Mine', administrator: { userName: 'me', displayName: 'Me', password: 'long enough' } })",
      'CONFLICT',
    );
    await refused('office.createDemo()', 'CONFLICT');
    const recover = (more: string): string =>
      `office.recover({ userName: 'anna', recoveryCode: '0000', password: 'long enough', ${more} })`;
    for (const more of ['', "userName: '😀'", "recoveryCode: ''", "recoveryCode: '9'.repeat(200)"])
      expect(await refused(recover(more), 'WRONG_RECOVERY_CODE'), more).toBe(
        'The user name or the recovery code is wrong.',
      );
    for (const more of ['recoveryCode: 7', "recoveryCode: '9'.repeat(201)", "password: 'short'", 'more: 1'])
      await refused(recover(more), 'INVALID_INPUT');
    for (const id of ["'../office'", "'/etc'", 'null', "'0123456789abc'"])
      await refused(`offices.open({ id: ${id} })`, 'INVALID_INPUT');
    await refused("offices.open({ id: '0123456789ab' })", 'NOT_FOUND');
    await refused("offices.remove({ id: '0123456789ab' })", 'NOT_FOUND');
    expect((await ask(page, 'session', 'current')).user).toBeNull();
    await enter(page, 'anna', demoPassword);
    expect(await total(page)).toBe(20_000);
    before = await latestEntry(page);
  });
});
