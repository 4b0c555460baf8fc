import { describe, expect, it } from 'vitest';
import { PagedList } from '../../renderer/list/PagedList.ts';
import type { Page, PageRequest } from '../../renderer/list/PagedList.ts';

interface Asked {
  readonly query: string;
  readonly request: PageRequest;
  answer(page?: Partial<Page<string, string>>): Promise<void>;
  refuse(): Promise<void>;
}

/** A list whose questions wait until the test answers them. */
function waitingList(total = 1_000) {
  const asked: Asked[] = [];
  const list = new PagedList<string, string, string>({
    query: 'a',
    load: (query, request) =>
      new Promise((resolve, reject) => {
        const later = () => new Promise<void>((done) => setTimeout(done));
        asked.push({
          query,
          request,
          answer: (page = {}) => {
            const rows = Array.from({ length: Math.min(request.limit, total - request.offset) }, (_, index) =>
              [query, request.offset + index].join(' '),
            );
            resolve({ rows, total, head: request.withHead ? `head of ${query}` : null, ...page });
            return later();
          },
          refuse: () => {
            reject(new Error('no'));
            return later();
          },
        });
      }),
    sameHead: (a, b) => a[0] === b[0],
  });
  return { list, asked };
}

describe('a paged list', () => {
  it('keeps the old rows until the new ones are here', async () => {
    const { list, asked } = waitingList();
    list.ask('a');
    await asked[0]?.answer();
    expect(list.row(5)).toBe('a 5');
    list.ask('b');
    expect([list.row(5), list.isPending()]).toEqual(['a 5', true]);
    await asked[1]?.answer();
    expect([list.row(5), list.isPending()]).toEqual(['b 5', false]);
  });

  it('asks one question at a time, and only the latest of those that waited', async () => {
    const { list, asked } = waitingList();
    for (const query of ['p', 'pe', 'pen', 'pens']) list.ask(query);
    expect(asked).toHaveLength(1);
    await asked[0]?.answer();
    expect(asked.map(({ query }) => query)).toEqual(['p', 'pens']);
    expect(list.row(0)).toBeUndefined();
    await asked[1]?.answer();
    expect(list.row(0)).toBe('pens 0');
  });

  it('asks for the head only when it changes', async () => {
    const { list, asked } = waitingList();
    list.ask('a by title');
    await asked[0]?.answer();
    list.ask('a by date');
    await asked[1]?.answer();
    expect(asked.map(({ request }) => request.withHead)).toEqual([true, false]);
    expect(list.getState().head).toBe('head of a by title');
  });

  it('asks again for what is in sight, and keeps showing the old rows around it', async () => {
    const { list, asked } = waitingList();
    list.ask('a');
    await asked[0]?.answer();
    list.show(180, 215);
    await asked[1]?.answer();
    await asked[2]?.answer();
    expect([list.row(180), list.row(215)]).toEqual(['a 180', 'a 215']);
    list.refresh();
    expect(asked[3]?.request.offset).toBe(100);
    await asked[3]?.answer();
    expect(list.row(215)).toBe('a 215');
    expect([list.isPending(), asked[4]?.request.offset]).toEqual([true, 200]);
    await asked[4]?.answer();
    expect(list.isPending()).toBe(false);
  });

  it('says what failed, and recovers', async () => {
    const { list, asked } = waitingList();
    list.ask('a');
    await asked[0]?.refuse();
    expect(list.getState().failure?.code).toBe('INTERNAL');
    list.refresh();
    await asked[1]?.answer();
    expect([list.getState().failure, list.row(0)]).toEqual([null, 'a 0']);
  });

  it('starts at the top again when the list became shorter than the place looked at', async () => {
    const { list, asked } = waitingList();
    list.ask('a');
    await asked[0]?.answer();
    list.show(900, 930);
    await asked[1]?.answer();
    list.refresh();
    await asked[2]?.answer({ rows: [], total: 50 });
    expect(asked[3]?.request.offset).toBe(0);
    await asked[3]?.answer({ rows: ['only'], total: 1 });
    expect([list.getState().total, list.row(0), list.isPending()]).toEqual([1, 'only', false]);
  });
});
