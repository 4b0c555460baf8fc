import type { FailureShape } from '../../electron/contract/failure.ts';
import { asFailure } from '../failureText.ts';

export const pageSize = 100;
/** Pages kept; beyond that the ones farthest from what is on screen are let go. */
const mostPages = 40;
const mostAtOnce = 2;

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
}

export interface PagedListState<Query, Row, Head> {
  /** The question that the shown rows answer, which is not yet the wanted one while an answer is awaited. */
  readonly query: Query;
  readonly total: number | null;
  /** What belongs to the whole list (facets): of the question before while that of this one is awaited. */
  readonly head: Head | null;
  readonly pages: ReadonlyMap<number, readonly Row[]>;
  /** Counts the questions answered so far: when it changes, the list starts at its top again. */
  readonly generation: number;
  readonly failure: FailureShape | null;
  /** Why there is no head: the rows are shown without it. */
  readonly headFailure: FailureShape | null;
}

interface Options<Query, Row, Head> {
  readonly query: Query;
  readonly load: (query: Query, request: PageRequest) => Promise<Page<Row>>;
  /** Asked after the rows, which need not wait for it: counting takes several times as long as finding a page. */
  readonly loadHead?: (query: Query) => Promise<Head>;
  /** Whether two questions have the same head, as lists that differ only in their order do. */
  readonly sameHead?: (a: Query, b: Query) => boolean;
}

/**
 * A long list of which only the pages near the screen are held. Old rows stay until the new ones are here; one
 * question is asked at a time and only the latest waits, so that fast typing cannot pile questions up.
 */
export class PagedList<Query, Row, Head = null> {
  #state: PagedListState<Query, Row, Head>;
  readonly #options: Options<Query, Row, Head>;
  readonly #listeners = new Set<() => void>();
  #wanted: Query;
  #questionWaits = false;
  #questionRuns = false;
  #headWaits = false;
  #headRuns = false;
  /** The question that the head answers. */
  #headOf: Query | null = null;
  /** Pages of the present answer; the others in `pages` are older and asked for again when they come into sight. */
  #fresh = new Set<number>();
  #running = new Set<number>();
  #pending = false;
  #epoch = 0;
  #first = 0;
  #last = 0;

  constructor(options: Options<Query, Row, Head>) {
    this.#options = options;
    this.#wanted = options.query;
    this.#state = {
      query: options.query,
      total: null,
      head: null,
      pages: new Map(),
      generation: 0,
      failure: null,
      headFailure: null,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): PagedListState<Query, Row, Head> => this.#state;
  /** Something on screen is still awaited. Apart from the state, so that waiting alone draws nothing anew. */
  readonly isPending = (): boolean => this.#pending;

  get wanted(): Query {
    return this.#wanted;
  }

  /** Asks another question; the rows of the old one stay until it is answered. */
  ask(query: Query): void {
    this.#wanted = query;
    this.refresh();
  }

  /** Asks the same question again, because something was written or because the first time failed. */
  refresh(): void {
    this.#questionWaits = true;
    this.#pump();
  }

  /** Which rows are on screen now. */
  show(first: number, last: number): void {
    this.#first = first;
    this.#last = last;
    this.#pump();
  }

  row(index: number): Row | undefined {
    return this.#state.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  #pump(): void {
    if (this.#questionWaits) {
      if (!this.#questionRuns) void this.#loadFirst();
    } else if (this.#state.total !== null && !this.#questionRuns && !this.#state.failure) {
      if (this.#headWaits && !this.#headRuns) void this.#loadHead();
      for (const page of this.#missing()) {
        if (this.#running.size >= mostAtOnce) break;
        void this.#loadPage(page);
      }
    }
    this.#set({});
  }

  /** Pages in sight that are not of the present answer, and the one after, before anybody scrolls there. */
  #missing(): number[] {
    const end = Math.max(0, Math.ceil((this.#state.total ?? 0) / pageSize) - 1);
    const first = Math.floor(this.#first / pageSize);
    const last = Math.min(end, Math.floor((this.#last + pageSize / 2) / pageSize));
    const pages: number[] = [];
    for (let page = first; page <= last; page += 1) {
      if (!this.#fresh.has(page) && !this.#running.has(page)) pages.push(page);
    }
    return pages;
  }

  #awaitsRows(): boolean {
    const { total, failure } = this.#state;
    if (!total || failure) return false;
    const lastPage = Math.floor(Math.min(this.#last, total - 1) / pageSize);
    for (let page = Math.floor(this.#first / pageSize); page <= lastPage; page += 1) {
      if (!this.#fresh.has(page)) return true;
    }
    return false;
  }

  async #loadFirst(): Promise<void> {
    const query = this.#wanted;
    const again = query === this.#state.query && this.#state.total !== null && !this.#state.failure;
    const page = again ? Math.floor(this.#first / pageSize) : 0;
    this.#questionWaits = false;
    this.#questionRuns = true;
    try {
      const answer = await this.#options.load(query, { offset: page * pageSize, limit: pageSize });
      this.#questionRuns = false;
      if (query === this.#wanted) this.#accept(query, page, again, answer);
    } catch (error) {
      this.#questionRuns = false;
      if (query === this.#wanted) {
        this.#headWaits = false;
        this.#set({ query, failure: asFailure(error) });
      }
    }
    if (query !== this.#wanted) this.#questionWaits = true;
    this.#pump();
  }

  async #loadHead(): Promise<void> {
    const epoch = this.#epoch;
    const { query } = this.#state;
    this.#headWaits = false;
    this.#headRuns = true;
    try {
      const head = await this.#options.loadHead?.(query);
      this.#headRuns = false;
      if (epoch === this.#epoch && head !== undefined) {
        this.#headOf = query;
        this.#set({ head, headFailure: null });
      }
    } catch (error) {
      this.#headRuns = false;
      if (epoch === this.#epoch) {
        this.#headOf = null;
        this.#set({ head: null, headFailure: asFailure(error) });
      }
    }
    this.#pump();
  }

  #accept(query: Query, page: number, again: boolean, answer: Page<Row>): void {
    const { total } = answer;
    const end = Math.ceil(total / pageSize);
    // Meanwhile the list may have become shorter than the place that was looked at.
    if (page > 0 && page >= end) {
      this.#first = 0;
      this.#last = 0;
      this.#questionWaits = true;
      this.#set({ generation: this.#state.generation + 1 });
      return;
    }
    const kept = again ? [...this.#state.pages].filter(([number]) => number < end) : [];
    this.#epoch += 1;
    this.#running.clear();
    this.#fresh = new Set([page]);
    if (!again) {
      this.#last -= this.#first;
      this.#first = 0;
    }
    const keepsHead = !again && this.#headOf !== null && this.#options.sameHead?.(query, this.#headOf);
    this.#headWaits = this.#options.loadHead !== undefined && !keepsHead;
    this.#set({
      query,
      total,
      pages: new Map(kept).set(page, answer.rows),
      generation: this.#state.generation + (again ? 0 : 1),
      failure: null,
    });
  }

  async #loadPage(page: number): Promise<void> {
    const epoch = this.#epoch;
    this.#running.add(page);
    try {
      const answer = await this.#options.load(this.#state.query, {
        offset: page * pageSize,
        limit: pageSize,
      });
      if (epoch !== this.#epoch) return;
      this.#running.delete(page);
      this.#fresh.add(page);
      this.#set({ pages: this.#trimmed(new Map(this.#state.pages).set(page, answer.rows)) });
    } catch (error) {
      if (epoch !== this.#epoch) return;
      this.#running.delete(page);
      this.#set({ failure: asFailure(error) });
    }
    this.#pump();
  }

  #trimmed(pages: Map<number, readonly Row[]>): Map<number, readonly Row[]> {
    const here = Math.floor(this.#first / pageSize);
    while (pages.size > mostPages) {
      const farthest = [...pages.keys()].reduce((far, page) =>
        Math.abs(page - here) > Math.abs(far - here) ? page : far,
      );
      pages.delete(farthest);
      this.#fresh.delete(farthest);
    }
    return pages;
  }

  #set(change: Partial<PagedListState<Query, Row, Head>>): void {
    const asks = this.#questionWaits || this.#questionRuns || this.#headWaits || this.#headRuns;
    const pending = asks || this.#awaitsRows();
    const changes = Object.keys(change).length > 0;
    if (!changes && pending === this.#pending) return;
    this.#pending = pending;
    if (changes) this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
