import type { Page } from 'playwright-core';
import { Random } from '../../test/support/random.ts';
import { installStopwatch, type Box, type Ride } from './inWindow.ts';
import { typedWords, type FacetName, type Judge, type Look } from './judge.ts';

export interface Times {
  readonly floor: number[];
  readonly filter: number[];
  readonly letter: number[];
  readonly open: number[];
  readonly scroll: number[];
  readonly end: number[];
}

const facetNames: readonly string[] = ['Type', 'Status', 'Priority', 'Owner', 'Tag', 'Client'];
const mostTicked = 4;
/** Rounds before the ones that count: the first of everything is slower. */
const warmUp = 5;
/** Rows known to the window around the place it is to show. */
const around = 120;

/** A person at work: ticks boxes, types, opens meetings, jumps about. What is on screen is checked every time. */
export class Walk {
  readonly #page: Page;
  readonly #judge: Judge;
  readonly #random = new Random(7);
  #look: Look = { ticked: new Map(), text: '' };
  #kept: Int32Array;
  #typing = '';

  constructor(page: Page, judge: Judge) {
    this.#page = page;
    this.#judge = judge;
    this.#kept = judge.kept(this.#look);
  }

  /** Tells the window the rows around a place of the list. */
  async #expectAround(place: number): Promise<void> {
    const from = Math.max(0, place - around);
    const rows = Array.from(this.#kept.subarray(from, place + around), (number) => this.#judge.row(number));
    const expected = { total: this.#kept.length, from, rows };
    await this.#page.evaluate((known) => {
      window.stopwatch.expect(known);
    }, expected);
  }

  async #expect(look: Look, kept: Int32Array): Promise<void> {
    this.#look = look;
    this.#kept = kept;
    await this.#expectAround(0);
  }

  #toggled({ facet, label }: Box): Look {
    const values = new Set(this.#look.ticked.get(facet as FacetName));
    if (!values.delete(label)) values.add(label);
    return { ...this.#look, ticked: new Map(this.#look.ticked).set(facet as FacetName, values) };
  }

  async tick(): Promise<number> {
    const boxes = (await this.#page.evaluate(() => window.stopwatch.boxes())).filter(({ facet }) =>
      facetNames.includes(facet),
    );
    const ticked = boxes.filter(({ checked }) => checked);
    const free = boxes.filter(({ checked, count }) => !checked && count > 0);
    const box = this.#random.pick(ticked.length >= mostTicked || free.length === 0 ? ticked : free);
    const look = this.#toggled(box);
    const kept = this.#judge.kept(look);
    // A tick that leaves nothing shows no rows to wait for, and one that changes nothing no other rows.
    if (kept.length === 0 || kept.length === this.#kept.length) return this.tick();
    await this.#expect(look, kept);
    return this.#page.evaluate((chosen) => window.stopwatch.tick(chosen), box);
  }

  /** One letter more; null when there is nothing left that the word would find. */
  async letter(): Promise<number | null> {
    const { text } = this.#look;
    const next = this.#typing.slice(0, text.length + 1);
    const longer = { ...this.#look, text: next };
    const found = next.length > text.length ? this.#judge.kept(longer) : new Int32Array();
    const goesOn = found.length > 0;
    const look = goesOn ? longer : { ...this.#look, text: '' };
    if (!goesOn) this.#typing = this.#random.pick(typedWords);
    await this.#expect(look, goesOn ? found : this.#judge.kept(look));
    const took = await this.#page.evaluate((typed) => window.stopwatch.type(typed), look.text);
    return goesOn ? took : null;
  }

  async open(): Promise<number | null> {
    const took = await this.#page.evaluate((share) => window.stopwatch.open(share), this.#random.next());
    if (took !== null) await this.#page.evaluate(() => window.stopwatch.close());
    return took;
  }

  async scroll(): Promise<number | null> {
    if (this.#kept.length < 1_000) return null;
    const share = this.#random.next();
    await this.#expectAround(Math.floor(share * this.#kept.length));
    return this.#page.evaluate((part) => window.stopwatch.scroll(part), share);
  }

  /** To the last row, which must be there and on screen. */
  async end(): Promise<number> {
    await this.#expectAround(this.#kept.length - 1);
    return this.#page.evaluate(() => window.stopwatch.end());
  }

  floor(): Promise<number> {
    return this.#page.evaluate(() => window.stopwatch.floor());
  }

  ride(px: number, ms: number): Promise<Ride> {
    return this.#page.evaluate(([step, time]) => window.stopwatch.ride(step, time), [px, ms] as const);
  }
}

/** Waits until the list shows all there is, and gets ready to measure. */
export async function begin(page: Page, judge: Judge): Promise<Walk> {
  await page.evaluate(installStopwatch);
  return new Walk(page, judge);
}

/** Measures everything in turn, round by round, so that whatever else the machine does falls on all of it alike. */
export async function rounds(walk: Walk, count: number): Promise<Times> {
  const times: Times = { floor: [], filter: [], letter: [], open: [], scroll: [], end: [] };
  const steps = [
    [times.floor, () => walk.floor()],
    [times.filter, () => walk.tick()],
    [times.letter, () => walk.letter()],
    [times.open, () => walk.open()],
    [times.scroll, () => walk.scroll()],
    [times.end, () => walk.end()],
  ] as const;
  for (let round = -warmUp; round < count; round += 1) {
    for (const [kept, step] of steps) {
      const took = await step();
      if (round >= 0 && took !== null) kept.push(took);
    }
  }
  return times;
}
