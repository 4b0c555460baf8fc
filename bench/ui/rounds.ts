import type { Page } from 'playwright-core';
import { Random } from '../../test/support/random.ts';
import type { FacetField } from '../../test/support/oracle/types.ts';
import { installStopwatch, type Box } from './inWindow.ts';
import { judgeOf, type Judge, type Look } from './office.ts';

export interface Times {
  readonly floor: number[];
  readonly filter: number[];
  readonly letter: number[];
  readonly open: number[];
  readonly scroll: number[];
}

const facets: Readonly<Record<string, FacetField>> = {
  Type: 'type',
  Status: 'status',
  Priority: 'priority',
  Owner: 'owner',
  Tag: 'tag',
  Client: 'client',
};
const words = ['contract', 'insurance', 'müller', 'liège', 'invoice', 'audit'];
const mostTicked = 4;
/** Rounds before the ones that count: the first of everything is slower. */
const warmUp = 5;

/** A person at work: ticks boxes, types, opens meetings, jumps about. What is on screen is checked every time. */
class Walk {
  readonly #page: Page;
  readonly #judge: Judge;
  readonly #random = new Random(7);
  #look: Look = { ticked: new Map(), text: '' };
  #typing = '';

  constructor(page: Page, judge: Judge) {
    this.#page = page;
    this.#judge = judge;
  }

  async #expect(look: Look): Promise<void> {
    this.#look = look;
    await this.#page.evaluate((places) => {
      window.stopwatch.expect(places);
    }, this.#judge.expected(look));
  }

  #toggled({ facet: name, label }: Box): Look {
    const facet = facets[name] ?? 'type';
    const value = this.#judge.valueOf(facet, label);
    const values = new Set(this.#look.ticked.get(facet));
    if (!values.delete(value)) values.add(value);
    return { ...this.#look, ticked: new Map(this.#look.ticked).set(facet, values) };
  }

  async tick(): Promise<number> {
    const boxes = await this.#page.evaluate(() => window.stopwatch.boxes());
    const ticked = boxes.filter(({ checked }) => checked);
    const free = boxes.filter(({ checked, count }) => !checked && count > 0);
    const isFull = ticked.length >= mostTicked;
    const canUntick = ticked.filter((box) => this.#judge.expected(this.#toggled(box)).length > 0);
    const box = this.#random.pick(isFull && canUntick.length > 0 ? canUntick : free);
    await this.#expect(this.#toggled(box));
    return this.#page.evaluate((chosen) => window.stopwatch.tick(chosen), box);
  }

  /** One letter more; null when there is nothing left that the word would find. */
  async letter(): Promise<number | null> {
    const { text } = this.#look;
    const next = this.#typing.slice(0, text.length + 1);
    const longer = { ...this.#look, text: next };
    const goesOn = next.length > text.length && this.#judge.expected(longer).length > 0;
    const look = goesOn ? longer : { ...this.#look, text: '' };
    if (!goesOn) this.#typing = this.#random.pick(words);
    await this.#expect(look);
    const took = await this.#page.evaluate((typed) => window.stopwatch.type(typed), look.text);
    return goesOn ? took : null;
  }

  async open(): Promise<number | null> {
    const took = await this.#page.evaluate((share) => window.stopwatch.open(share), this.#random.next());
    if (took !== null) await this.#page.evaluate(() => window.stopwatch.close());
    return took;
  }

  scroll(): Promise<number | null> {
    return this.#page.evaluate((share) => window.stopwatch.scroll(share), this.#random.next());
  }

  floor(): Promise<number> {
    return this.#page.evaluate(() => window.stopwatch.floor());
  }
}

/** Measures everything in turn, round by round, so that whatever else the machine does falls on all of it alike. */
export async function rounds(page: Page, count: number): Promise<Times> {
  const judge = await judgeOf(page);
  await page.evaluate(installStopwatch);
  await page.evaluate((rows) => {
    window.stopwatch.know(rows);
  }, judge.rows);
  const walk = new Walk(page, judge);
  const times: Times = { floor: [], filter: [], letter: [], open: [], scroll: [] };
  const steps = [
    [times.floor, () => walk.floor()],
    [times.filter, () => walk.tick()],
    [times.letter, () => walk.letter()],
    [times.open, () => walk.open()],
    [times.scroll, () => walk.scroll()],
  ] as const;
  for (let round = -warmUp; round < count; round += 1) {
    for (const [kept, step] of steps) {
      const took = await step();
      if (round >= 0 && took !== null) kept.push(took);
    }
  }
  return times;
}
