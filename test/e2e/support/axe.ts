import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

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
