import type { Locator, Page } from 'playwright-core';
import { until } from './until.ts';

// What a person does and sees, by the words on the screen.

/** Everything asked for is painted. */
export async function settled(page: Page): Promise<void> {
  await until(
    'the screen is settled',
    () => page.evaluate(() => document.documentElement.dataset['settled']),
    (state) => state === 'true',
  );
}

export const button = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
export const field = (within: Page | Locator, name: string): Locator =>
  within.getByRole('textbox', { name, exact: true });
/** A field with a list of choices, and that list when it is open. */
export const choice = (within: Page | Locator, name: string): Locator =>
  field(within, name).or(within.getByRole('combobox', { name, exact: true }));
export const onOffer = (page: Page, name: string): Locator =>
  page.getByRole('listbox', { name, exact: true }).getByRole('option');
export const heading = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole('heading', typeof name === 'string' ? { name, exact: true } : { name });
/** The title of the screen, the sign-in or the first run. */
export const title = (page: Page, name: string): Locator =>
  page.getByRole('heading', { level: 1, name, exact: true });

const mostTabs = 120;

/** Goes there with the Tab key, as one does without a mouse. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < mostTabs; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not lead to ${String(target)}`);
}

/** Types one key after the other, as in `g m`. */
export async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await page.keyboard.press(key);
}

export async function signIn(page: Page, userName: string, password: string): Promise<void> {
  await field(page, 'User name').fill(userName);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await button(page, 'Sign in').click();
}

/** Signs in and waits for the list of meetings. */
export async function enter(page: Page, userName: string, password: string): Promise<void> {
  await signIn(page, userName, password);
  await title(page, 'Meetings').waitFor();
  await settled(page);
}

export interface Founder {
  readonly office: string;
  readonly name: string;
  readonly userName: string;
  readonly password: string;
}

/** Fills in what an office and its administrator are called. */
export async function fillOfficeForm(page: Page, founder: Founder): Promise<void> {
  await field(page, 'Office name').fill(founder.office);
  await field(page, 'Your name').fill(founder.name);
  await field(page, 'User name').fill(founder.userName);
  await page.getByLabel('Password', { exact: true }).fill(founder.password);
  await page.getByLabel('Password again', { exact: true }).fill(founder.password);
}

/** Writes the recovery code down, and goes on. */
export async function writtenDown(page: Page): Promise<string> {
  await title(page, 'Your recovery code').waitFor();
  const code = await page.getByLabel('Recovery code', { exact: true }).innerText();
  await page.getByLabel('I have written it down').check();
  await button(page, 'Continue').click();
  return code.replaceAll(/\s/g, '');
}

export const demoPassword = 'demo-office';

/** Chooses somebody of the demo office. */
export async function enterDemo(page: Page, displayName = 'Anna Vermeulen'): Promise<void> {
  await button(page, new RegExp(`^${displayName} `)).click();
  await button(page, 'Sign in').click();
  await title(page, 'Meetings').waitFor();
  await settled(page);
}

export async function fromUserMenu(page: Page, item: string): Promise<void> {
  await button(page, /^User menu:/).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

export async function signOut(page: Page): Promise<void> {
  await fromUserMenu(page, 'Sign out');
  await button(page, 'Sign in').waitFor();
}

export type ScreenTitle = 'Meetings' | 'Clients' | 'Users' | 'Journal' | 'Import';

export const navigation = (page: Page): Locator => page.getByRole('navigation', { name: 'Main navigation' });

export async function goTo(page: Page, screen: ScreenTitle): Promise<void> {
  await button(navigation(page), screen).click();
  await title(page, screen === 'Import' ? 'Import meetings' : screen).waitFor();
}

/** What the program says in passing, and the way back it offers. */
export const note = (page: Page, sentence: string): Locator =>
  page.getByRole('alert').filter({ hasText: sentence });

/** Reads `1,234 meetings` beside the search. */
export async function total(page: Page): Promise<number> {
  const words = await page.getByRole('main').getByRole('status').first().innerText();
  const [, number] = /^([\d,]+) /.exec(words) ?? [];
  return number === undefined ? Number.NaN : Number(number.replaceAll(',', ''));
}
