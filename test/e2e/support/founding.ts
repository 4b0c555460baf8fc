import type { Page } from 'playwright-core';
import { ask } from './daybook.ts';
import { title } from './doing.ts';

/** Who founds an office, and signs in as. */
export interface Administrator {
  readonly userName: string;
  readonly displayName: string;
  readonly password: string;
}

/** At the first start: there is an office, its administrator is signed in, and the window shows its meetings. */
export async function foundOffice(page: Page, name: string, administrator: Administrator): Promise<void> {
  await title(page, 'Welcome to Daybook').waitFor();
  await ask(page, 'office', 'create', { name, administrator });
  await page.reload();
  await title(page, 'Meetings').waitFor();
}
