import { describe, expect, it } from 'vitest';
import { PagedList } from '../../renderer/list/PagedList.ts';
import type { Page, PageRequest } from '../../renderer/list/PagedList.ts';

interface Asked {
  readonly query: string;
  readonly request: PageRequest;
  answer(page?: Partial<Page<string>>): Promise<void>;
  refuse(): Promise<void>;
}
interface AskedHead {
  readonly query: string;
  answer(): Promise<void>;
  refuse(): Promise<void>;
}

/** A list whose questions wait until the test answers them. */
function waitingList(total = 1_000) {
  const asked: Asked[] = [];
  const heads: AskedHead[] = [];
  const later = () => new Promise<void>((done) => setTimeout(done));
  const list = new PagedList<string, string, string>({
    query: 'a',
    load: (query, request) =>
      new Promise((resolve, reject) => {
        asked.push({
          query,
          request,
          answer: (page = {}) => {
            const rows = Array.from({ length: Math.min(request.limit, total - request.offset) }, (_, index) =>
              [query, request.offset + index].join(' '),
            );
            resolve({ rows, total, ...page });
            return later();
          },
          refuse: () => {
            reject(new Error('no'));
            return later();
          },
        });
      }),
    loadHead: (query) =>
      new Promise((resolve, reject) => {
        heads.push({
          query,
          answer: () => {
            resolve(`head of ${query}`);
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
  return { list, asked, heads };
}

describe('a paged list', () => {
  it('keeps the old rows until the new ones are here', async () => {
    const { list, asked, heads } = waitingList();
    list.ask('a');
    await asked[0]?.answer();
    await heads[0]?.answer();
    expect(list.row(5)).toBe('a 5');
    list.ask('b');
    expect([list.row(5), list.isPending()]).toEqual(['a 5', true]);
    await asked[1]?.answer();
    await heads[1]?.answer();
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

  it('asks for the head after the rows, and only when it changes', async () => {
    const { list, asked, heads } = waitingList();
    list.ask('a by title');
    expect(heads).toHaveLength(0);
    await asked[0]?.answer();
    expect([list.row(0), list.getState().head, list.isPending()]).toEqual(['a by title 0', null, true]);
    await heads[0]?.answer();
    list.ask('a by date');
    await asked[1]?.answer();
    expect(heads).toHaveLength(1);
    expect([list.getState().head, list.isPending()]).toEqual(['head of a by title', false]);
    list.refresh();
    await asked[2]?.answer();
    expect(heads.map(({ query }) => query)).toEqual(['a by title', 'a by date']);
  });

  it('never shows the head of a question that is no longer the one answered', async () => {
    const { list, asked, heads } = waitingList();
    list.ask('a');
    await asked[0]?.answer();
    list.ask('b');
    // The rows do not wait for a head that nobody will see.
    await asked[1]?.answer();
    expect(list.row(0)).toBe('b 0');
    await heads[0]?.answer();
    expect(list.getState().head).toBeNull();
    await heads[1]?.answer();
    expect([list.getState().head, list.isPending()]).toEqual(['head of b', false]);
  });

  it('asks for no head while the next question waits', async () => {
    const { list, asked, heads } = waitingList();
    list.ask('a');
    list.ask('b');
    await asked[0]?.answer();
    expect(heads).toHaveLength(0);
    await asked[1]?.answer();
    expect(heads.map(({ query }) => query)).toEqual(['b']);
  });

  it('shows the rows without a head that could not be had, and says so', async () => {
    const { list, asked, heads } = waitingList();
    list.ask('a');
    await asked[0]?.answer();
    await heads[0]?.refuse();
    expect([list.getState().headFailure?.code, list.getState().failure]).toEqual(['INTERNAL', null]);
    expect([list.row(0), list.getState().head, list.isPending()]).toEqual(['a 0', null, false]);
    list.refresh();
    await asked[1]?.answer();
    await heads[1]?.answer();
    expect([list.getState().headFailure, list.getState().head]).toEqual([null, 'head of a']);
  });

  it('asks again for what is in sight, and keeps showing the old rows around it', async () => {
    const { list, asked, heads } = waitingList();
    list.ask('a');
    await asked[0]?.answer();
    await heads[0]?.answer();
    list.show(180, 215);
    await asked[1]?.answer();
    await asked[2]?.answer();
    expect([list.row(180), list.row(215)]).toEqual(['a 180', 'a 215']);
    list.refresh();
    expect(asked[3]?.request.offset).toBe(100);
    await asked[3]?.answer();
    expect(list.row(215)).toBe('a 215');
    await heads[1]?.answer();
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
    const { list, asked, heads } = waitingList();
    list.ask('a');
    await asked[0]?.answer();
    await heads[0]?.answer();
    list.show(900, 930);
    await asked[1]?.answer();
    list.refresh();
    await asked[2]?.answer({ rows: [], total: 50 });
    expect(asked[3]?.request.offset).toBe(0);
    await asked[3]?.answer({ rows: ['only'], total: 1 });
    await heads.at(-1)?.answer();
    expect([list.getState().total, list.row(0), list.isPending()]).toEqual([1, 'only', false]);
  });
});
