import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClientRow } from '../../electron/contract/clients.ts';
import type { Meeting } from '../../electron/contract/meetings.ts';
import { ask } from './support/daybook.ts';
import {
  button,
  choice,
  enterDemo,
  field,
  goTo,
  heading,
  onOffer,
  settled,
  signOut,
  total,
} from './support/doing.ts';
import { containing, everyMeeting } from './support/everything.ts';
import { list, option, row, shownRows } from './support/list.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const office = story('more filters', () => ({ args: ['--demo'] }));

let everything: Meeting[] = [];
let clients = new Map<string, ClientRow>();

async function look(): Promise<void> {
  everything = await everyMeeting(office.page);
  const { rows } = await ask(office.page, 'clients', 'list', { limit: 500 });
  clients = new Map(rows.map((client) => [client.id, client]));
}
const withClient = (fits: (client: ClientRow) => boolean): Meeting[] =>
  everything.filter(({ client }) => {
    const found = clients.get(client.id);
    return found !== undefined && fits(found);
  });
/** The list shows these meetings, in this order. */
async function expectShown(kept: readonly Meeting[]): Promise<void> {
  await settled(office.page);
  expect(kept.length).toBeGreaterThan(0);
  expect(await total(office.page)).toBe(kept.length);
  const shown = (await shownRows(office.page)).map(({ cells }) => cells[1]);
  expect(shown).toEqual(kept.slice(0, shown.length).map(({ title }) => title));
}
const sentence = async (): Promise<string> => {
  const words = await office.page.getByRole('group', { name: 'Filter', exact: true }).innerText();
  return words.replaceAll(/\s+/g, ' ');
};
const search = () => office.page.getByRole('searchbox', { name: 'Search meetings' });
const dayIn = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Brussels' });

beforeAll(async () => {
  await enterDemo(office.page);
  await look();
});
beforeEach(async () => {
  const clear = button(office.page, 'Clear all');
  if ((await clear.count()) > 0) await clear.click();
  await settled(office.page);
});

describe('An adviser who looks for something particular', () => {
  it('is told who looks after a client, and says who does from now on', async () => {
    const { page } = office;
    await goTo(page, 'Clients');
    await settled(page);
    const [busy] = [...clients.values()].sort((a, b) => b.meetings - a.meetings);
    await page.getByRole('searchbox', { name: 'Search clients' }).fill(busy?.name ?? '');
    await settled(page);
    await row(page, 0, 'Clients').click();
    const pane = page.getByRole('complementary', { name: 'Client details' });
    await button(pane, 'Edit').click();
    const form = page.getByRole('dialog', { name: 'Edit client' });
    await choice(form, 'Looked after by').click();
    await onOffer(page, 'Looked after by').filter({ hasText: 'Marc Dubois' }).click();
    await button(form, 'Save client').click();
    await form.waitFor({ state: 'detached' });
    await pane.getByText('Marc Dubois').waitFor();
    await goTo(page, 'Meetings');
    await settled(page);
    await look();
    expect(clients.get(busy?.id ?? '')?.owner?.name).toBe('Marc Dubois');
  });

  it('finds behind "More filters" the clients Marc looks after', async () => {
    const { page } = office;
    expect(await page.getByRole('group', { name: 'City', exact: true }).count()).toBe(0);
    await button(page, /^More filters/).click();
    await settled(page);
    await field(page, 'Find a person').fill('marc');
    const people = page.getByRole('group', { name: 'Looked after by', exact: true }).getByRole('checkbox');
    await until(
      'he is found',
      () => people.count(),
      (count) => count === 1,
    );
    await people.first().check();
    await expectShown(withClient(({ owner }) => owner?.name === 'Marc Dubois'));
    expect(await sentence()).toContain('with clients looked after by Marc Dubois');
    await field(page, 'Find a person').press('Escape');
  });

  it('narrows to companies of one city, by typing a part of its name without the accent', async () => {
    const { page } = office;
    await option(page, 'Company').check();
    await settled(page);
    await field(page, 'Find a city').fill('lieg');
    await until(
      'it is found',
      () => option(page, 'Liège').count(),
      (count) => count === 1,
    );
    await option(page, 'Liège').check();
    await expectShown(withClient(({ kind, city }) => kind === 'company' && city === 'Liège'));
    expect(await sentence()).toContain('with a client that is a Company with clients in Liège');
    await field(page, 'Find a city').press('Escape');
    await office.picture('company in a city');
  });

  it('narrows to how long meetings lasted, and is told in one sentence what is no length', async () => {
    const { page } = office;
    await field(page, 'Duration: From').fill('45');
    await field(page, 'Duration: To').fill('90');
    await expectShown(
      everything.filter(({ durationMinutes: minutes }) => minutes !== null && minutes >= 45 && minutes <= 90),
    );
    expect(await sentence()).toContain('lasting');
    const before = await total(page);
    await field(page, 'Duration: To').fill('an hour');
    // A notice with an undo button may still be on screen; it is an alert, too.
    const said = (sentence: string) => page.getByRole('alert').filter({ hasText: sentence });
    await said('Minutes are whole numbers from 0 to 10,080.').waitFor();
    expect(await total(page)).toBe(before);
    await field(page, 'Duration: To').fill('30');
    await said('The range ends before it starts.').waitFor();
    expect(await said('Minutes are whole numbers').count()).toBe(0);
    await field(page, 'Duration: To').fill('');
    await expectShown(everything.filter(({ durationMinutes: minutes }) => minutes !== null && minutes >= 45));
    expect(await said('The range ends before it starts.').count()).toBe(0);
  });

  it('narrows to the days on which meetings were written down', async () => {
    const { page } = office;
    const day = dayIn.format(new Date(everything[0]?.createdAt ?? ''));
    await field(page, 'Created: From').fill(day);
    await field(page, 'Created: From').press('Enter');
    await field(page, 'Changed: To').fill(day);
    await field(page, 'Changed: To').press('Enter');
    await expectShown(
      everything.filter(
        ({ createdAt, changedAt }) =>
          dayIn.format(new Date(createdAt)) >= day && dayIn.format(new Date(changedAt)) <= day,
      ),
    );
    expect(await sentence()).toMatch(/created from .* changed up to/);
  });

  it('does all of it without a mouse', async () => {
    const { page } = office;
    await button(page, /^More filters/).focus();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('group', { name: 'City', exact: true }).count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expectShown(withClient(({ kind }) => kind === 'company'));
  });

  it('finds the rarer filters as they were left, having signed out and in again', async () => {
    await signOut(office.page);
    await enterDemo(office.page);
    expect(await button(office.page, /^More filters/).getAttribute('aria-expanded')).toBe('true');
    await option(office.page, 'Company').waitFor();
  });
});

describe('What was looked for', () => {
  const marks = (): Promise<string[]> => list(office.page).locator('mark').allInnerTexts();

  it('is marked in titles, clients and details, whatever the accents', async () => {
    const { page } = office;
    await search().fill('MULLER');
    const kept = containing('muller', everything);
    await expectShown(kept);
    expect((await marks()).length).toBeGreaterThan(0);
    const plain = (await marks()).map((mark) =>
      mark.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase(),
    );
    expect(new Set(plain)).toEqual(new Set(['muller']));
    expect((await marks()).some((mark) => mark.includes('ü'))).toBe(true);
    await list(page).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const pane = page.getByRole('complementary', { name: 'Meeting details' });
    await heading(pane, kept[0]?.title ?? '').waitFor();
    expect(await pane.locator('mark').count()).toBeGreaterThan(0);
    await office.picture('found words');
    await page.keyboard.press('Escape');
  });

  it('can decide the order, and no longer when nothing is looked for', async () => {
    const { page } = office;
    const sort = page.getByRole('combobox', { name: 'Sort by' });
    expect(await sort.locator('option').allInnerTexts()).not.toContain('Relevance');
    await search().fill('tax');
    await settled(page);
    await sort.selectOption('Relevance');
    await settled(page);
    const kept = containing('tax', everything);
    expect(await total(page)).toBe(kept.length);
    const whole = kept.filter(({ title, details, client }) =>
      /\btax\b/i.test(`${title}\n${details}\n${client.name}`),
    );
    expect(whole.length).toBeGreaterThan(0);
    const shown = (await shownRows(page)).map(({ cells }) => cells[1]);
    expect(shown.slice(0, whole.length)).toEqual(whole.slice(0, shown.length).map(({ title }) => title));
    await search().fill('');
    await settled(page);
    expect(await sort.inputValue()).toBe('start');
    await expectShown(everything);
  });

  it('is never taken for anything but text', async () => {
    const { page } = office;
    await search().fill('<mark><img src=x onerror="document.title=1">');
    await settled(page);
    expect(await page.locator('img[src=x]').count()).toBe(0);
    expect(await sentence()).toContain('<mark><img src=x onerror="document.title=1">');
  });
});
