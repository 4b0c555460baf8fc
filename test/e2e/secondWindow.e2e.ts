import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Named } from '../../electron/contract/values.ts';
import { ask, latestEntry, newWriteId } from './support/daybook.ts';
import {
  button,
  choice,
  enter,
  enterDemo,
  field,
  goTo,
  heading,
  note,
  onOffer,
  press,
  settled,
  signOut,
  title,
  total,
} from './support/doing.ts';
import { countOf, list, option, row } from './support/list.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';
import { openWindow } from './support/windows.ts';

const office = story('second window', () => ({ args: ['--demo'] }));

const password = 'a quiet harbour';
/** What is written in one window stands in the other before one has turned one's head. */
const atOnceMs = 3_000;

/** Léa's window, beside the one of Anna, who administers the office. */
let beside: Page;
let lea = '';
/** Two clients that Léa sees, and one that she does not. */
let mine: Named[] = [];
let other: Named = { id: '', name: '' };

const windowsOfBoth = (): Page[] => [office.page, beside];
const pane = (page: Page) => page.getByRole('complementary', { name: 'Meeting details' });

const atOnce = <T>(what: string, look: () => Promise<T>, wanted: T): Promise<T> =>
  until(what, look, (seen) => JSON.stringify(seen) === JSON.stringify(wanted), atOnceMs);

/** Title and client of the row on top. */
const onTop = (page: Page) => async (): Promise<string[]> => {
  const cells = row(page, 0).getByRole('gridcell');
  return (await cells.allInnerTexts()).slice(1, 3).map((words) => words.trim());
};

/** The number of meetings, and of those that are visits, as the window shows them. */
const figures = (page: Page) => async () => ({
  all: await total(page),
  visits: await countOf(page, 'Visit'),
});

/** Makes and keeps a meeting that lies after all others, and so on top of every list. */
async function writeDown(page: Page, words: { title: string; client: string; tag?: string }): Promise<void> {
  await list(page).focus();
  await press(page, 'c m');
  const form = page.getByRole('dialog', { name: 'New meeting' });
  await field(form, 'Title').fill(words.title);
  await choice(form, 'Client').fill(words.client);
  await onOffer(page, 'Client').filter({ hasText: words.client }).first().click();
  await choice(form, 'Type').click();
  await onOffer(page, 'Type').filter({ hasText: 'Visit' }).click();
  await field(form, 'Date').fill('31/12/2040');
  await field(form, 'Date').press('Tab');
  if (words.tag !== undefined) {
    await choice(form, 'Tags').fill(words.tag);
    await choice(form, 'Tags').press('Enter');
    // Going on closes the list of tags in use, which lies over the button.
    await choice(form, 'Tags').press('Tab');
  }
  await button(form, 'Create meeting').click();
  await form.waitFor({ state: 'detached' });
}

/** Opens the form of the meeting on top, which must be this one. */
async function edit(page: Page, name: string) {
  await atOnce('it is on top', async () => (await onTop(page)())[0], name);
  await list(page).focus();
  await press(page, 'Home e');
  const form = page.getByRole('dialog', { name: 'Edit meeting' });
  await form.waitFor();
  expect(await field(form, 'Title').inputValue()).toBe(name);
  return form;
}

/** Collects what a window is told of changes from now on. */
async function listenToChanges(page: Page): Promise<() => Promise<Record<string, unknown>[]>> {
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    window.daybook.on('changed', (changed) => heard.push(changed));
  });
  return () => page.evaluate(() => (window as unknown as { heard: Record<string, unknown>[] }).heard);
}

beforeAll(async () => {
  const { page } = office;
  await enterDemo(page);
  const { rows } = await ask(page, 'clients', 'list', { limit: 500 });
  const [first, second, third] = rows.filter(({ meetings }) => meetings > 20);
  if (!first || !second || !third) throw new Error('the demo office has too few clients');
  mine = [first, second].map(({ id, name }) => ({ id, name }));
  other = { id: third.id, name: third.name };
  const fields = { userName: 'lea', displayName: 'Léa Peeters', role: 'adviser' } as const;
  const { user } = await ask(page, 'users', 'create', { writeId: newWriteId(), fields, password });
  lea = user.id;
  const add = mine.map(({ id }) => id);
  await ask(page, 'users', 'assignClients', { writeId: newWriteId(), id: lea, add });
});

describe('Two people in two windows of one office', () => {
  it('each have a sign-in of their own', async () => {
    beside = await openWindow(office.program, 'Demo office');
    expect(office.program.windows()).toHaveLength(2);
    expect((await ask(beside, 'session', 'current')).user).toBeNull();
    await enter(beside, 'lea', password);
    expect((await ask(beside, 'session', 'current')).user?.displayName).toBe('Léa Peeters');
    expect((await ask(office.page, 'session', 'current')).user?.displayName).toBe('Anna Vermeulen');
    expect(await total(office.page)).toBe(20_000);
    expect(await total(beside)).toBe((await ask(beside, 'meetings', 'filter', { limit: 0 })).total);
    expect(await total(beside)).toBeLessThan(1_000);
    await office.picture('hers', beside);
  });

  it('see at once what the other writes down, and every count with it', async () => {
    const before = await figures(beside)();
    const ofClient = await countOf(beside, mine[0]?.name ?? '');
    const name = mine[0]?.name ?? '';
    await writeDown(office.page, { title: 'Tasting of the new beer', client: name, tag: 'tasting' });
    await atOnce('it is listed beside', onTop(beside), ['Tasting of the new beer', name]);
    await atOnce('it is counted', figures(beside), { all: before.all + 1, visits: before.visits + 1 });
    await atOnce('it is counted for its client', () => countOf(beside, name), ofClient + 1);
    expect(await figures(office.page)()).toMatchObject({ all: 20_001 });
    await office.picture('written beside', beside);
  });

  it('see the meeting they have open change', async () => {
    await list(beside).focus();
    await press(beside, 'Home Enter');
    await heading(pane(beside), 'Tasting of the new beer').waitFor();
    const before = await figures(beside)();
    const form = await edit(office.page, 'Tasting of the new beer');
    await field(form, 'Title').fill('Tasting of the old beer');
    await field(form, 'Details').fill('Bring the glasses.');
    await choice(form, 'Type').click();
    await onOffer(office.page, 'Type').filter({ hasText: 'Call' }).click();
    await button(form, 'Save meeting').click();
    await form.waitFor({ state: 'detached' });
    await heading(pane(beside), 'Tasting of the old beer').waitFor({ timeout: atOnceMs });
    expect(await pane(beside).innerText()).toContain('Bring the glasses.');
    await atOnce('its row too', onTop(beside), ['Tasting of the old beer', mine[0]?.name ?? '']);
    await atOnce('its count moved', figures(beside), { all: before.all, visits: before.visits - 1 });
  });

  it('are not let to overwrite each other', async () => {
    const hers = await edit(beside, 'Tasting of the old beer');
    await field(hers, 'Title').fill('Tasting of her beer');
    const annas = await edit(office.page, 'Tasting of the old beer');
    await field(annas, 'Title').fill('Tasting of all beers');
    await button(annas, 'Save meeting').click();
    await annas.waitFor({ state: 'detached' });
    await button(hers, 'Save meeting').click();
    await hers.getByText('This was changed meanwhile. Look at it again before you change it.').waitFor();
    // What she typed is still there until she asks for the other version.
    expect(await field(hers, 'Title').inputValue()).toBe('Tasting of her beer');
    await office.picture('changed meanwhile', beside);
    await hers.getByRole('alert').getByRole('button').click();
    await until(
      'the other version is loaded',
      () => field(hers, 'Title').inputValue(),
      (words) => words === 'Tasting of all beers',
    );
    await button(hers, 'Cancel').click();
    await hers.waitFor({ state: 'detached' });
    await heading(pane(beside), 'Tasting of all beers').waitFor();
  });

  it('see at once what the other deletes, and what is brought back', async () => {
    const before = await figures(beside)();
    await list(office.page).focus();
    await press(office.page, 'Home Delete');
    const deleted = note(office.page, 'Deleted “Tasting of all beers”.');
    await deleted.waitFor();
    await atOnce('one fewer beside', () => total(beside), before.all - 1);
    await heading(pane(beside), 'Tasting of all beers').waitFor({ state: 'detached', timeout: atOnceMs });
    expect((await onTop(beside)())[0]).not.toBe('Tasting of all beers');
    await button(deleted, 'Undo').click();
    await atOnce('it is back', onTop(beside), ['Tasting of all beers', mine[0]?.name ?? '']);
    await atOnce('and counted', figures(beside), before);
  });

  it('see who of them did it', async () => {
    const before = await total(office.page);
    await writeDown(beside, { title: 'Tasting without Anna', client: mine[1]?.name ?? '' });
    await atOnce('it is listed', onTop(office.page), ['Tasting without Anna', mine[1]?.name ?? '']);
    await atOnce('it is counted', () => total(office.page), before + 1);
    await goTo(office.page, 'Journal');
    const lines = office.page.getByRole('table', { name: 'Journal' }).getByRole('row');
    await lines.filter({ hasText: 'Tasting without Anna' }).waitFor();
    expect(await lines.filter({ hasText: 'Tasting without Anna' }).innerText()).toContain('Léa Peeters');

    // The journal is followed as closely as the list: one more line while Anna looks at it.
    await list(beside).focus();
    await press(beside, 'u');
    await note(beside, 'Undone.').waitFor();
    await lines
      .filter({ hasText: 'Took back a change' })
      .filter({ hasText: 'Léa Peeters' })
      .first()
      .waitFor();
    await goTo(office.page, 'Meetings');
    await settled(office.page);
    await atOnce('it is gone', () => total(office.page), before);
  });
});

describe('What the second person may not see', () => {
  it('never appears in the window, whatever is done to it', async () => {
    const heard = await listenToChanges(beside);
    const before = await figures(beside)();
    const known = await onTop(beside)();
    await writeDown(office.page, { title: 'Behind closed doors', client: other.name, tag: 'closed-doors' });
    await atOnce('Anna sees it', onTop(office.page), ['Behind closed doors', other.name]);
    const entry = await latestEntry(office.page);
    const told = await until('word of it has come', heard, (all) => all.at(-1)?.['entry'] === entry);
    // The word itself gives nothing away: a number, and what kind of thing was written.
    for (const word of told) expect(Object.keys(word).sort()).toEqual(['entry', 'nouns']);
    await settled(beside);
    expect(await figures(beside)()).toEqual(before);
    expect(await onTop(beside)()).toEqual(known);
    const form = await edit(office.page, 'Behind closed doors');
    await field(form, 'Title').fill('Behind locked doors');
    await button(form, 'Save meeting').click();
    await form.waitFor({ state: 'detached' });
    await field(beside, 'Find a tag').fill('closed-d');
    await beside.getByText('No such value.').waitFor();
    await field(beside, 'Find a tag').press('Escape');
    await settled(beside);
    expect(await figures(beside)()).toEqual(before);
    expect(await beside.locator('body').innerText()).not.toMatch(
      /behind (closed|locked) doors|closed-doors/i,
    );
    await list(office.page).focus();
    await press(office.page, 'Home Delete');
    await note(office.page, 'Deleted “Behind locked doors”.').waitFor();
  });

  it('leaves the window when a meeting goes over to a client that is not theirs, and comes back', async () => {
    await list(beside).focus();
    await press(beside, 'Home Enter');
    await heading(pane(beside), 'Tasting of all beers').waitFor();
    const before = await figures(beside)();
    const form = await edit(office.page, 'Tasting of all beers');
    await choice(form, 'Client').fill(other.name);
    await onOffer(office.page, 'Client').filter({ hasText: other.name }).first().click();
    await button(form, 'Save meeting').click();
    await form.waitFor({ state: 'detached' });
    await atOnce('one fewer', () => total(beside), before.all - 1);
    await heading(pane(beside), 'Tasting of all beers').waitFor({ state: 'detached', timeout: atOnceMs });
    expect(await beside.getByText('Tasting of all beers').count()).toBe(0);
    await list(office.page).focus();
    await press(office.page, 'u');
    await atOnce('it is back', onTop(beside), ['Tasting of all beers', mine[0]?.name ?? '']);
    await atOnce('and counted', figures(beside), before);
  });

  it('changes at once with the clients that are assigned', async () => {
    const name = mine[0]?.name ?? '';
    const before = await total(beside);
    const ofClient = await countOf(beside, name);
    const change = { id: lea, writeId: newWriteId() };
    await ask(office.page, 'users', 'assignClients', { ...change, remove: [mine[0]?.id ?? ''] });
    await atOnce('fewer meetings', () => total(beside), before - ofClient);
    await atOnce('no box for it', () => option(beside, name).count(), 0);
    const back = { id: lea, writeId: newWriteId() };
    await ask(office.page, 'users', 'assignClients', { ...back, add: [mine[0]?.id ?? ''] });
    await atOnce('all of them', () => total(beside), before);
    await atOnce('and the box', () => countOf(beside, name), ofClient);
  });
});

describe('Leaving', () => {
  it('one signs out, and the other stays signed in', async () => {
    await signOut(beside);
    expect((await ask(beside, 'session', 'current')).user).toBeNull();
    expect(await beside.getByText('Tasting of all beers').count()).toBe(0);
    expect((await ask(office.page, 'session', 'current')).user?.displayName).toBe('Anna Vermeulen');
    expect(await title(office.page, 'Meetings').isVisible()).toBe(true);
    await enter(beside, 'lea', password);
    await signOut(office.page);
    expect((await ask(beside, 'session', 'current')).user?.displayName).toBe('Léa Peeters');
    await list(beside).focus();
    await press(beside, 'Home Delete');
    await note(beside, 'Deleted “Tasting of all beers”.').waitFor();
    // Nobody is signed in there, so there is nothing to tell.
    expect(await office.page.getByText('Tasting of all beers').count()).toBe(0);
    await enterDemo(office.page);
    expect(await total(office.page)).toBe(20_000);
  });

  it('who may no longer sign in is signed out at once, and only there', async () => {
    const { users } = await ask(office.page, 'users', 'list');
    const user = users.find(({ id }) => id === lea);
    await ask(office.page, 'users', 'update', {
      writeId: newWriteId(),
      id: lea,
      version: user?.version ?? 0,
      fields: { userName: 'lea', displayName: 'Léa Peeters', role: 'adviser', active: false },
    });
    await button(beside, 'Sign in').waitFor({ timeout: atOnceMs });
    expect((await ask(beside, 'session', 'current')).user).toBeNull();
    expect((await ask(office.page, 'session', 'current')).user?.displayName).toBe('Anna Vermeulen');
  });

  it('closing one window leaves the other at work', async () => {
    await enterDemo(beside, 'Anna Vermeulen');
    await beside.close();
    await until(
      'one window',
      () => windowsOfBoth().filter((page) => !page.isClosed()).length,
      (left) => left === 1,
    );
    expect(await total(office.page)).toBe(20_000);
    await writeDown(office.page, { title: 'Alone again', client: other.name });
    await atOnce('it is listed', onTop(office.page), ['Alone again', other.name]);
  });
});
