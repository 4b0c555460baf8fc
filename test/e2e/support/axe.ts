import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import type { Story } from './story.ts';

export interface Finding {
  readonly rule: string;
  readonly impact: string;
  /** Where, and what is wrong with it. */
  readonly at: readonly string[];
}

/** What axe finds wrong with the page as it is, with all of its rules. */
export async function findings(page: Page): Promise<Finding[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  // Otherwise it opens a page of its own to add up what it found, which Electron does not let it.
  const { violations } = await new AxeBuilder({
    page: page as never,
    // Half a megabyte that need not be read again.
    ...(isThere && { axeSource: 'void 0' }),
  })
    .setLegacyMode(true)
    // The rest would only be described at length, for every element there is.
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.map(({ id, impact, nodes }) => ({
    rule: id,
    impact: impact ?? 'minor',
    at: nodes.map(({ html, failureSummary = '' }) => `${html}: ${failureSummary.replaceAll(/\s+/g, ' ')}`),
  }));
}

/** What is wrong with the window as it is, in words; a picture of it is kept, in both colours. */
export async function wrongInBothColours(office: Story, name: string): Promise<string[]> {
  const { page } = office;
  const wrong: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(400);
    await office.picture(`${name} ${colorScheme}`);
    for (const { rule, at } of await findings(page)) wrong.push(...at.map((where) => `${rule}: ${where}`));
  }
  return wrong;
}
