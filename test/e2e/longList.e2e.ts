import { beforeAll, describe, expect, it } from 'vitest';
import type { Meeting } from '../../electron/contract/meetings.ts';
import { enterDemo, settled } from './support/doing.ts';
import { everyMeeting } from './support/everything.ts';
import { list, row, shownRows, type ShownRow } from './support/list.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const office = story('long list', () => ({ args: ['--demo'] }));
const count = 20_000;
const last = count - 1;
/** An element may be 40 times as tall as this list gets to be, so that 20,000 rows are what a million would be. */
const mostPx = 16_000;

let everything: Meeting[] = [];

const ends = (rows: readonly ShownRow[]): { first: number; last: number } => ({
  first: rows[0]?.index ?? -1,
  last: rows.at(-1)?.index ?? -1,
});
/** The rows on screen, while they may still be moving. */
const glimpse = async (): Promise<{ first: number; last: number }> => ends(await shownRows(office.page));
/** The rows on screen, each checked to be the meeting of its place. */
async function edges(): Promise<{ first: number; last: number }> {
  await settled(office.page);
  // What was settled may be the place from which the list has just been moved away.
  const rows = await until(
    'the rows are filled',
    () => shownRows(office.page),
    (shown) => shown.every(({ cells }) => cells[1] !== ''),
  );
  for (const { index, cells } of rows)
    expect(cells[1], `row ${String(index)}`).toBe(everything[index]?.title);
  return ends(rows);
}
const activeRow = (): Promise<number> =>
  list(office.page).evaluate((grid) => {
    const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    return Number(active?.getAttribute('aria-rowindex')) - 2;
  });
/** Whether all of a row lies below the header and above the lower edge. */
const isWhole = (index: number): Promise<boolean> =>
  row(office.page, index).evaluate((element) => {
    const box = element.getBoundingClientRect();
    const grid = element.closest('[role=grid]') as HTMLElement;
    const top = grid.getBoundingClientRect().top + 32;
    return box.top >= top - 0.5 && box.bottom <= top + grid.clientHeight - 32 + 0.5;
  });

beforeAll(async () => {
  const { page } = office;
  await page.addStyleTag({
    content: `[role=grid] > [role=rowgroup]:last-child { max-height: ${String(mostPx)}px !important }`,
  });
  await enterDemo(page);
  everything = await everyMeeting(page);
  expect(everything).toHaveLength(count);
});

describe('a list longer than an element may be tall', () => {
  it('is limited in this story, so that what follows is about something', async () => {
    const height = await list(office.page).evaluate((grid) => grid.scrollHeight);
    expect(height).toBe(mostPx + 32);
  });

  it('begins with the first row, and every turn of the wheel leaves rows in sight that were there before', async () => {
    const { page } = office;
    expect((await edges()).first).toBe(0);
    await list(page).hover();
    let before = await edges();
    for (let turn = 0; turn < 25; turn += 1) {
      await page.mouse.wheel(0, 250);
      const now = await until('the wheel moves the rows', edges, ({ first }) => first > before.first);
      expect(now.first).toBeLessThanOrEqual(before.last);
      expect(now.first - before.first).toBeLessThanOrEqual(9);
      before = now;
    }
    await page.mouse.wheel(0, -250);
    await until('the wheel moves them back', edges, ({ first }) => first < before.first);
  });

  it('is led to its last row by the End key, and up again one row at a time', async () => {
    const { page } = office;
    await list(page).focus();
    await page.keyboard.press('End');
    expect((await edges()).last).toBe(last);
    expect(await activeRow()).toBe(last);
    expect(await isWhole(last)).toBe(true);
    for (let index = last - 1; index > last - 40; index -= 1) {
      await page.keyboard.press('ArrowUp');
      expect(await activeRow()).toBe(index);
      expect(await isWhole(index), `row ${String(index)}`).toBe(true);
    }
    // One row more may lie below the header.
    expect((await edges()).first).toBeGreaterThanOrEqual(last - 40);
    for (let index = last - 38; index <= last; index += 1) {
      await page.keyboard.press('j');
      expect(await isWhole(index), `row ${String(index)}`).toBe(true);
    }
    expect((await edges()).last).toBe(last);
  });

  it('is turned page by page without a gap, up from the end', async () => {
    const { page } = office;
    let before = await edges();
    for (let turn = 0; turn < 12; turn += 1) {
      await page.keyboard.press('PageUp');
      const now = await edges();
      expect(now.first).toBeLessThan(before.first + 1);
      expect(now.last).toBeGreaterThanOrEqual(before.first);
      before = now;
    }
    await page.keyboard.press('PageDown');
    await page.keyboard.press('Home');
    expect((await edges()).first).toBe(0);
    expect(await activeRow()).toBe(0);
  });

  it('is scrolled by the wheel to its very end, from near it', async () => {
    const { page } = office;
    await page.keyboard.press('End');
    for (let turn = 0; turn < 8; turn += 1) await page.keyboard.press('PageUp');
    await list(page).hover();
    await until(
      'the wheel has led to the end',
      async () => {
        await page.mouse.wheel(0, 300);
        return edges();
      },
      (now) => now.last === last,
    );
    expect(await isWhole(last)).toBe(true);
  });

  it('is scrolled by dragging the bar, to the middle, the end and back to the top', async () => {
    const { page } = office;
    await page.keyboard.press('Home');
    await edges();
    const box = await list(page).evaluate((grid) => {
      const { right, top, bottom } = grid.getBoundingClientRect();
      return { x: right - 5, top: top + 8, bottom: bottom - 2, middle: (top + bottom) / 2 };
    });
    await page.mouse.move(box.x, box.top);
    await page.mouse.down();
    await page.mouse.move(box.x, box.middle, { steps: 3 });
    const middle = await until('the bar leads to the middle', glimpse, ({ first }) => first > 5_000);
    expect(middle.last).toBeLessThan(15_000);
    await edges();
    await page.mouse.move(box.x, box.bottom + 60, { steps: 3 });
    await until('the bar leads to the end', glimpse, (now) => now.last === last);
    await edges();
    expect(await isWhole(last)).toBe(true);
    await page.mouse.move(box.x, box.top - 60, { steps: 3 });
    await page.mouse.up();
    await until('the bar leads to the top', glimpse, ({ first }) => first === 0);
    await edges();
  });
});
