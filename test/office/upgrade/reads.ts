import type { TestBackend } from '../../support/backend.ts';

/** Passwords by user name, of everybody who reads an office that was recorded. */
export const people: Readonly<Record<string, string>> = {
  Ada: 'correct horse',
  bob: 'quiet harbour',
  cat: 'purring along',
};

/** Questions about the same office, asked of the program that wrote it and of the one that brought it up to date. */
const questions: readonly object[] = [
  { facets: ['type', 'status', 'priority', 'owner', 'tag', 'client', 'clientCity'] },
  { sort: [{ by: 'title', direction: 'ascending' }], text: 'an' },
  { sort: [{ by: 'client', direction: 'ascending' }], where: { field: 'tag', op: 'noneOf', values: ['urgent'] } },
  { sort: [{ by: 'owner', direction: 'descending' }], where: { field: 'status', op: 'anyOf', values: ['open'] } },
  { sort: [{ by: 'changed', direction: 'descending' }], where: { field: 'duration', op: 'between', values: [10, 60] } },
  { sort: [{ by: 'created', direction: 'ascending' }], where: { field: 'start', op: 'between', values: ['2026-03-01', '2026-09-30'] } },
]; // prettier-ignore

interface Page {
  readonly rows: object[];
  readonly total: number;
}

async function allOf(backend: TestBackend, channel: string, input: object): Promise<Page> {
  const first: Page = await backend.ask(1, channel, { ...input, limit: 500 });
  if (first.rows.length !== first.total) throw new Error(`${channel} has more than one page`);
  return first;
}

async function journalOf(backend: TestBackend): Promise<object[]> {
  const all: object[] = [];
  for (let before: number | null = null; ;) {
    const page: { entries: object[]; before: number | null } = await backend.ask(1, 'journal.list', {
      ...(before !== null && { before }),
      limit: 200,
    });
    all.push(...page.entries);
    if (page.before === null) return all;
    before = page.before;
  }
}

/** Everything that an office shows to each of its people, as plain JSON. Nobody is signed in before or afterwards. */
export async function readEverything(backend: TestBackend): Promise<unknown> {
  const seen: Record<string, unknown> = {};
  for (const [userName, password] of Object.entries(people)) {
    await backend.ask(1, 'session.signIn', { userName, password });
    seen[userName] = {
      answers: await Promise.all(questions.map((question) => allOf(backend, 'meetings.filter', question))),
      clients: await allOf(backend, 'clients.list', {}),
      users: userName === 'Ada' ? await backend.ask(1, 'users.list') : await backend.ask(1, 'users.names'),
      journal: await journalOf(backend),
    };
    await backend.ask(1, 'session.signOut');
  }
  return JSON.parse(JSON.stringify(seen));
}
