import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daily } from '../support/office.ts';
import { startStore } from '../support/startStore.ts';
import type { TestStore } from '../support/startStore.ts';

// The sample data Daybook grew from, number by number. There a meeting could stand in two types at once; here those
// that stood in both are e-mails. Meetings whose client was not told belong to one that nobody of the four sees.
const emails = [11, 12, 15, 16, 19, 20];
const texts = [13, 17, 21];
const open = [11, 13, 17, 19, 23];
const closed = [10, 12, 14, 16, 18, 20];
const clientOf = new Map([
  [11, 2],
  [15, 7],
  [19, 8],
  [23, 12],
]);
const otherClient = 30;
const clientsForUser: Record<string, number[]> = {
  'user 1': [7, 9, 11, 47],
  'user 2': [1, 2, 3, 8, 10, 11],
  'user 3': [4, 6, 8, 10, 12, 14, 16, 20, 24],
  'user 4': [3, 6, 9, 12, 15, 18, 21, 24],
};
const numbers = Array.from({ length: 14 }, (_, at) => 10 + at).filter((number) => number !== 22);

const emailAndOpen = {
  where: {
    all: [
      { field: 'type', op: 'anyOf', values: ['email'] },
      { field: 'status', op: 'anyOf', values: ['open'] },
    ],
  },
};
const textAndOpen = {
  where: {
    all: [
      { field: 'type', op: 'anyOf', values: ['sms'] },
      { field: 'status', op: 'anyOf', values: ['open'] },
    ],
  },
};

const typeOf = (number: number): string =>
  emails.includes(number) ? 'email' : texts.includes(number) ? 'sms' : 'call';
const statusOf = (number: number): string =>
  open.includes(number) ? 'open' : closed.includes(number) ? 'closed' : 'waiting';

describe('the proof of concept, done right', () => {
  let store: TestStore;
  let office: ReturnType<typeof daily>;
  const users = new Map<string, string>();
  const seenBy = (name: string, request: object): Promise<string[]> =>
    office.titles(request, users.get(name));

  beforeAll(async () => {
    store = await startStore();
    office = daily(store);
    const clientIds = new Map<number, string>();
    for (const number of new Set([...Object.values(clientsForUser).flat(), otherClient])) {
      clientIds.set(number, (await office.client(String(number))).id);
    }
    for (const [name, seen] of Object.entries(clientsForUser)) {
      const ids = seen.map((number) => clientIds.get(number) as string);
      users.set(name, (await office.user(name, 'adviser', ids)).id);
    }
    for (const number of numbers) {
      const clientId = clientIds.get(clientOf.get(number) ?? otherClient) as string;
      await office.meeting({
        clientId,
        title: String(number),
        type: typeOf(number),
        status: statusOf(number),
      });
    }
  });
  afterAll(() => store.stop());

  it('finds 11 and 19 as open e-mails for whoever sees everything', async () => {
    expect(await office.titles(emailAndOpen)).toEqual(['11', '19']);
  });

  it.each([
    ['user 1', []],
    ['user 2', ['11', '19']],
    ['user 3', ['19']],
    ['user 4', []],
  ])('shows %s the open e-mails %j', async (name, expected) => {
    const page = await office.filter(emailAndOpen, users.get(name));
    expect(page.rows.map((row) => row.title).toSorted()).toEqual(expected);
    expect(page.total).toBe(expected.length);
  });

  it.each(Object.keys(clientsForUser))('counts for %s only what they see', async (name) => {
    const seen = numbers.filter((number) =>
      clientsForUser[name]?.includes(clientOf.get(number) ?? otherClient),
    );
    const count = (of: (number: number) => string, value: string): number =>
      seen.filter((number) => of(number) === value).length;
    const { total, facets } = await office.filter({ facets: ['type', 'status', 'client'] }, users.get(name));
    expect(total).toBe(seen.length);
    for (const { value, count: counted } of facets.type ?? [])
      expect([value, counted]).toEqual([value, count(typeOf, value)]);
    for (const { value, count: counted } of facets.status ?? [])
      expect([value, counted]).toEqual([value, count(statusOf, value)]);
    const labels = facets.client?.map(({ label }) => label).toSorted();
    expect(labels).toEqual(seen.map((number) => String(clientOf.get(number))).toSorted());
  });

  it('keeps nothing of one call for the next', async () => {
    for (let again = 0; again < 3; again += 1) {
      expect(await seenBy('user 2', emailAndOpen)).toEqual(['11', '19']);
      expect(await seenBy('user 3', emailAndOpen)).toEqual(['19']);
      expect(await seenBy('user 4', emailAndOpen)).toEqual([]);
      expect(await office.titles(textAndOpen)).toEqual(['13', '17']);
      expect(await seenBy('user 2', textAndOpen)).toEqual([]);
      expect(await office.titles(emailAndOpen)).toEqual(['11', '19']);
    }
  });

  it('does not mix calls made at once', async () => {
    const calls = Array.from({ length: 40 }, (_, at) => `user ${String((at % 4) + 1)}`);
    const answers = await Promise.all(calls.map((name) => seenBy(name, emailAndOpen)));
    const expected: Record<string, string[]> = { 'user 2': ['11', '19'], 'user 3': ['19'] };
    answers.forEach((titles, at) => expect(titles).toEqual(expected[calls[at] as string] ?? []));
  });

  it('leaves no temporary set behind', async () => {
    const before = (await store.redis.keys('*')).toSorted();
    await seenBy('user 2', { ...emailAndOpen, text: '1', facets: ['type', 'owner', 'tag'] });
    await office.titles({ where: { none: [emailAndOpen.where, textAndOpen.where] } });
    expect((await store.redis.keys('*')).toSorted()).toEqual(before);
  });
});
