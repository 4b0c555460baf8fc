import type { Facet, Meeting } from '../../electron/contract/meetings.ts';
import { daybook } from '../daybook.ts';
import { PagedList } from '../list/PagedList.ts';
import { located } from '../list/activeRow.ts';
import type { ActiveRow } from '../list/activeRow.ts';
import type { Page, PageRequest } from '../list/PagedList.ts';
import {
  emptyFilter,
  isAskable,
  isWide,
  keepsSame,
  mainFacets,
  moreFacets,
  moreSet,
  settled,
  sortOf,
  whereOf,
} from './filter.ts';
import type { Facets, MeetingFilter } from './filter.ts';

/** How the person left the screen; not part of the question. */
export interface Look {
  readonly filter: MeetingFilter;
  /** The row that keys act on. */
  readonly active: ActiveRow | null;
  /** Counts of chosen values that are not among the most frequent ones, by facet and value. */
  readonly extraCounts: ReadonlyMap<string, number>;
  readonly paneOpen: boolean;
  readonly filtersOpen: boolean;
  /** The rarer filters are in sight; only then are their values counted. */
  readonly moreOpen: boolean;
}

/** The question of the contract that a filter stands for. */
export function questionOf(filter: MeetingFilter) {
  const where = whereOf(filter);
  const words = filter.text.trim();
  return { ...(where && { where }), ...(words && { text: words }) };
}

/**
 * What one user is looking at in the meeting list. It outlives the screen, so that filters survive leaving and
 * returning; every user has their own, so that nothing of one is seen by another.
 */
export class MeetingBrowser {
  readonly list: PagedList<MeetingFilter, Meeting, Facets>;
  /** Names of owners and clients that were answered so far, for the filter sentence. */
  readonly labels = new Map<string, string>();
  #look: Look = {
    filter: emptyFilter,
    active: null,
    extraCounts: new Map(),
    paneOpen: false,
    filtersOpen: true,
    moreOpen: false,
  };
  #generation = 0;
  readonly #listeners = new Set<() => void>();

  constructor() {
    this.list = new PagedList({
      query: emptyFilter,
      load: (filter, request) => this.#load(filter, request),
      loadHead: (filter) => this.#loadFacets(filter),
      sameHead: keepsSame,
    });
    this.list.subscribe(() => {
      this.#follow();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getLook = (): Look => this.#look;

  set(change: Partial<Look>): void {
    this.#look = { ...this.#look, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** Shows what the screen left off with, asked anew: something may have been written meanwhile. */
  open(): void {
    const { filter } = this.#look;
    if (this.list.wanted === filter || !isAskable(filter)) this.list.refresh();
    else this.list.ask(filter);
  }

  filterBy(wanted: MeetingFilter): void {
    const filter = settled(wanted);
    const opens = moreSet(filter) > moreSet(this.#look.filter);
    this.set({ filter, ...(opens && { moreOpen: true }) });
    if (isAskable(filter)) this.list.ask(filter);
  }

  /** Shows or hides the rarer filters. */
  showMore(moreOpen: boolean): void {
    this.set({ moreOpen });
    if (moreOpen) this.list.refresh();
  }

  activate(index: number | null): void {
    this.set({ active: index === null ? null : { index, id: this.list.row(index)?.id } });
  }

  get activeMeeting(): Meeting | undefined {
    const { active } = this.#look;
    return active ? this.list.row(active.index) : undefined;
  }

  remember(facet: Facet, values: readonly { readonly value: string; readonly label: string }[]): void {
    for (const { value, label } of values) this.labels.set(`${facet} ${value}`, label);
  }
  labelOf(facet: Facet, value: string): string | undefined {
    return this.labels.get(`${facet} ${value}`);
  }

  #follow(): void {
    const { active } = this.#look;
    const { generation, pages, total } = this.list.getState();
    const another = generation !== this.#generation;
    this.#generation = generation;
    const now = located(active, pages, total);
    // In the answer to another question only the same meeting may stay chosen, not its old place.
    const isSame = now?.id !== undefined && now.id === active?.id;
    const kept = another && !isSame ? null : now;
    if (kept !== active) this.set({ active: kept });
  }

  async #load(filter: MeetingFilter, { offset, limit }: PageRequest): Promise<Page<Meeting>> {
    const question = { ...questionOf(filter), sort: sortOf(filter) };
    const { rows, total } = await daybook.meetings.filter({ ...question, offset, limit, facets: [] });
    return { rows, total };
  }

  async #loadFacets(filter: MeetingFilter): Promise<Facets> {
    const question = { ...questionOf(filter), limit: 0, facets: this.#facets() };
    const { facets } = await daybook.meetings.filter(question);
    for (const facet of question.facets) this.remember(facet, facets[facet] ?? []);
    void this.#countChosen(filter, facets);
    return facets;
  }

  #facets(): Facet[] {
    return this.#look.moreOpen ? [...mainFacets, ...moreFacets] : [...mainFacets];
  }

  /** Chosen values of wide facets beyond the most frequent twenty come without a count: it is asked for by name. */
  async #countChosen(filter: MeetingFilter, facets: Facets): Promise<void> {
    const counts = new Map<string, number>();
    for (const facet of this.#facets().filter(isWide)) {
      for (const value of filter.values[facet]) {
        const label = this.labelOf(facet, value);
        if (label === undefined || facets[facet]?.some((other) => other.value === value)) continue;
        const answer = await daybook.meetings.facetValues({
          facet,
          search: label,
          limit: 100,
          ...questionOf(filter),
        });
        counts.set(`${facet} ${value}`, answer.values.find((other) => other.value === value)?.count ?? 0);
      }
    }
    if (filter === this.#look.filter && (counts.size > 0 || this.#look.extraCounts.size > 0)) {
      this.set({ extraCounts: counts });
    }
  }
}

const browsers = new Map<string, MeetingBrowser>();

export function browserOf(userId: string): MeetingBrowser {
  const browser = browsers.get(userId) ?? new MeetingBrowser();
  browsers.set(userId, browser);
  return browser;
}

/** At sign-out the rows are let go and the filter is kept, for the same user only. */
export function letRowsGo(userId: string): void {
  const old = browsers.get(userId);
  if (!old) return;
  const fresh = new MeetingBrowser();
  for (const [key, label] of old.labels) fresh.labels.set(key, label);
  const { filter, paneOpen, filtersOpen, moreOpen } = old.getLook();
  fresh.set({ filter, paneOpen, filtersOpen, moreOpen });
  browsers.set(userId, fresh);
}
