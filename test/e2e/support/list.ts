import type { Locator, Page } from 'playwright-core';

export const list = (page: Page, name = 'Meetings'): Locator => page.getByRole('grid', { name, exact: true });

/** A row of the list, the first one being 0. */
export const row = (page: Page, index: number, name = 'Meetings'): Locator =>
  list(page, name).locator(`[role=row][aria-rowindex="${String(index + 2)}"]`);

export interface ShownRow {
  readonly index: number;
  /** One text for each column, as shown. */
  readonly cells: readonly string[];
}

/** The rows on screen, from top to bottom. */
export function shownRows(page: Page, name = 'Meetings'): Promise<ShownRow[]> {
  return list(page, name).evaluate((grid) => {
    const top = grid.getBoundingClientRect().top;
    const bottom = grid.getBoundingClientRect().bottom;
    return Array.from(grid.querySelectorAll('[role=row]:has([role=gridcell])'))
      .filter((shown) => {
        const box = shown.getBoundingClientRect();
        return box.bottom > top && box.top < bottom;
      })
      .map((shown) => ({
        index: Number(shown.getAttribute('aria-rowindex')) - 2,
        cells: Array.from(shown.querySelectorAll('[role=gridcell]'), (cell) =>
          ((cell as HTMLElement).innerText ?? '').trim(),
        ),
      }))
      .sort((a, b) => a.index - b.index);
  });
}

/** A value of a facet, without its count. */
export const option = (page: Page, label: string): Locator => {
  const plain = label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return page.getByRole('checkbox', { name: new RegExp(`^${plain} [\\d,]+$`) });
};

/** Reads the count in the name of a checkbox: `Email 6,801`. */
export async function countOf(page: Page, label: string): Promise<number> {
  const name = await option(page, label).getAttribute('aria-label');
  return Number(/([\d,]+)$/.exec(name ?? '')?.[1]?.replaceAll(',', ''));
}
