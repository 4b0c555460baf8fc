import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask } from './support/daybook.ts';
import {
  button,
  choice,
  enter,
  field,
  fromUserMenu,
  goTo,
  heading,
  note,
  onOffer,
  press,
  settled,
  signIn,
  signOut,
  tabTo,
  title,
  total,
} from './support/doing.ts';
import { list, row, shownRows } from './support/list.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const office = story('first office');
const password = 'correct horse battery';

/** What the journal says was done, latest first. */
async function done(): Promise<string[]> {
  const rows = office.page.getByRole('table', { name: 'Journal' }).getByRole('row');
  const lines = await rows.evaluateAll((all) => all.map((line) => line.children[2]?.textContent ?? ''));
  return lines.slice(1);
}

describe('An office that begins with nothing, without a mouse', () => {
  it('is welcomed and told where its data will lie', async () => {
    const { page } = office;
    await title(page, 'Welcome to Daybook').waitFor();
    const words = await page.getByRole('main').innerText();
    expect(words).toContain(`Data folder: ${path.join(office.folder, 'profile', 'office')}`);
    const choices = [
      'Open the demo office',
      'Start with an empty office',
      'Import meetings',
      'Restore a backup…',
    ];
    for (const choice of choices)
      expect(await button(page, new RegExp(`^${choice} `)).isEnabled(), choice).toBe(true);
    await office.picture('welcome');
  });

  it('says what is missing before the office is made', async () => {
    const { page } = office;
    await tabTo(page, button(page, /^Start with an empty office/));
    await press(page, 'Enter');
    await title(page, 'Your office').waitFor();
    await field(page, 'Office name').press('Enter');
    const form = page.getByRole('main');
    for (const problem of ['Office name is missing.', 'Your name is missing.', 'Password is missing.'])
      expect(await form.getByText(problem, { exact: true }).isVisible(), problem).toBe(true);
    expect((await ask(page, 'office', 'status')).state).toBe('firstRun');
    await office.picture('what is missing');
  });

  it('is made with its administrator, who is signed in and sees that there is nothing yet', async () => {
    const { page } = office;
    await field(page, 'Office name').focus();
    await page.keyboard.type('Kantoor Wauters');
    await press(page, 'Tab ArrowRight Tab');
    for (const words of ['Åsa Wauters', 'asa']) {
      await page.keyboard.type(words);
      await press(page, 'Tab');
    }
    await page.keyboard.type(password);
    await tabTo(page, page.getByLabel('Password again', { exact: true }));
    await page.keyboard.type(password);
    await press(page, 'Enter');
    await title(page, 'Your recovery code').waitFor();
    expect(await button(page, 'Continue').isEnabled()).toBe(false);
    await tabTo(page, page.getByLabel('I have written it down'));
    await press(page, 'Space');
    await press(page, 'Enter');
    await title(page, 'Meetings').waitFor();
    expect((await ask(page, 'office', 'status')).colour).toBe('teal');
    await page.getByText('No meetings yet').waitFor();
    await settled(page);
    expect(await total(page)).toBe(0);
    const { user } = await ask(page, 'session', 'current');
    expect(user).toMatchObject({ userName: 'asa', displayName: 'Åsa Wauters', role: 'administrator' });
    await office.picture('nothing yet');
  });

  it('writes down its first client', async () => {
    const { page } = office;
    await press(page, 'c c');
    const form = page.getByRole('dialog', { name: 'New client' });
    await form.waitFor();
    await page.keyboard.type('Bakkerij Peeters & Zonen');
    await tabTo(page, field(form, 'City'));
    await page.keyboard.type('Mechelen');
    await office.picture('first client');
    await press(page, 'Enter');
    await note(page, 'Created “Bakkerij Peeters & Zonen”.').waitFor();
    await form.waitFor({ state: 'detached' });
    await press(page, 'g c');
    await title(page, 'Clients').waitFor();
    await settled(page);
    expect((await shownRows(page, 'Clients')).map(({ cells }) => cells)).toEqual([
      ['Bakkerij Peeters & Zonen', 'Company', 'Mechelen', '0'],
    ]);
  });

  it('writes down its first meeting', async () => {
    const { page } = office;
    await press(page, 'g m');
    await title(page, 'Meetings').waitFor();
    await press(page, 'c m');
    const form = page.getByRole('dialog', { name: 'New meeting' });
    await form.waitFor();
    await page.keyboard.type('Eerste gesprek over de vzw');
    await tabTo(page, choice(form, 'Client'));
    await page.keyboard.type('peet');
    await onOffer(page, 'Client').filter({ hasText: 'Bakkerij Peeters' }).waitFor();
    await press(page, 'ArrowDown Enter');
    await tabTo(page, field(form, 'Date'));
    await press(page, 'Control+a');
    await page.keyboard.type('24/11/2026');
    await tabTo(page, choice(form, 'Tags'));
    await page.keyboard.type('kennismaking');
    await press(page, 'Enter');
    await tabTo(page, field(form, 'Details'));
    await page.keyboard.type('Komt met de boekhouder.\nVraagt een offerte.');
    await office.picture('first meeting');
    await tabTo(page, button(form, 'Create meeting'));
    await press(page, 'Enter');
    await form.waitFor({ state: 'detached' });
    await note(page, 'Created “Eerste gesprek over de vzw”.').waitFor();
    await until(
      'it is listed',
      () => total(page),
      (count) => count === 1,
    );
    await settled(page);
    const [shown] = await shownRows(page);
    expect(shown?.cells.slice(1, 3)).toEqual(['Eerste gesprek over de vzw', 'Bakkerij Peeters & Zonen']);
    expect(shown?.cells[0]).toContain('24 Nov 2026');
    expect(shown?.cells[6]).toBe('Åsa Wauters');
    expect(shown?.cells[7]).toBe('kennismaking');
  });

  it('corrects it', async () => {
    const { page } = office;
    await tabTo(page, list(page));
    await press(page, 'j e');
    const form = page.getByRole('dialog', { name: 'Edit meeting' });
    await form.waitFor();
    expect(await field(form, 'Title').inputValue()).toBe('Eerste gesprek over de vzw');
    await tabTo(page, field(form, 'Title'));
    await press(page, 'Control+a');
    await page.keyboard.type('Eerste gesprek over de oprichting');
    await press(page, 'Enter');
    await form.waitFor({ state: 'detached' });
    await note(page, 'Saved “Eerste gesprek over de oprichting”.').waitFor();
    await row(page, 0).getByText('Eerste gesprek over de oprichting').waitFor();
  });

  it('deletes it, and takes that back at once', async () => {
    const { page } = office;
    await tabTo(page, list(page));
    await press(page, 'Home Delete');
    const deleted = note(page, 'Deleted “Eerste gesprek over de oprichting”.');
    await deleted.waitFor();
    await page.getByText('No meetings yet').waitFor();
    await office.picture('deleted');
    await tabTo(page, button(deleted, 'Undo'));
    await press(page, 'Enter');
    await note(page, 'Undone.').waitFor();
    await row(page, 0).getByText('Eerste gesprek over de oprichting').waitFor();
    expect(await total(page)).toBe(1);
  });

  it('takes back its last change with one key', async () => {
    const { page } = office;
    await tabTo(page, list(page));
    await press(page, 'Home Delete');
    await page.getByText('No meetings yet').waitFor();
    await press(page, 'u');
    await row(page, 0).getByText('Eerste gesprek over de oprichting').waitFor();
  });

  it('finds all of it in the journal', async () => {
    const { page } = office;
    await press(page, 'g j');
    await title(page, 'Journal').waitFor();
    const meeting = '“Eerste gesprek over de oprichting”';
    const lines = await until('the journal is listed', done, ({ length }) => length > 0);
    expect(lines).toEqual([
      `Took back a change of the meeting ${meeting}`,
      `Deleted the meeting ${meeting}`,
      `Took back a change of the meeting ${meeting}`,
      `Deleted the meeting ${meeting}`,
      `Changed the meeting ${meeting}`,
      'Created the meeting “Eerste gesprek over de vzw”',
      'Created the client “Bakkerij Peeters & Zonen”',
      'Created the office “Kantoor Wauters”',
    ]);
    await office.picture('journal');
  });
});

describe('The next morning', () => {
  it('the office is still there and asks who it is', async () => {
    await office.restart();
    const { page } = office;
    await title(page, 'Kantoor Wauters').waitFor();
    await office.picture('sign in');
  });

  it('a wrong password is refused with one sentence that does not say which was wrong', async () => {
    const { page } = office;
    const refused = page.getByRole('alert');
    await signIn(page, 'asa', 'correct donkey battery');
    await refused.waitFor();
    const said = await refused.innerText();
    expect(said).toBe('The user name or the password is wrong.');
    await signIn(page, 'nobody', password);
    await until(
      'it is refused again',
      () => refused.innerText(),
      (words) => words === said,
    );
    await office.picture('wrong password');
  });

  it('nothing of the day before is lost', async () => {
    const { page } = office;
    await enter(page, 'ÅSA', password);
    expect(await total(page)).toBe(1);
    await list(page).focus();
    await press(page, 'j Enter');
    const pane = page.getByRole('complementary', { name: 'Meeting details' });
    await heading(pane, 'Eerste gesprek over de oprichting').waitFor();
    expect(await pane.innerText()).toContain('Komt met de boekhouder.\nVraagt een offerte.');
    await goTo(page, 'Journal');
    await until('the journal is listed', done, (lines) => lines.length === 8);
  });

  it('a colleague takes over at the same desk and sees nothing of the one before', async () => {
    const { page } = office;
    await ask(page, 'users', 'create', {
      writeId: crypto.randomUUID(),
      fields: { userName: 'bram', displayName: 'Bram Claes', role: 'assistant' },
      password: 'another password',
    });
    await fromUserMenu(page, 'Switch user');
    await title(page, 'Kantoor Wauters').waitFor();
    expect((await ask(page, 'session', 'current')).user).toBeNull();
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    await enter(page, 'bram', 'another password');
    await page.getByText('No meetings yet').waitFor();
    expect(await page.getByRole('complementary', { name: 'Meeting details' }).count()).toBe(0);
    await signOut(page);
    await enter(page, 'asa', password);
    expect(await total(page)).toBe(1);
  });

  it('a deleted client takes its meetings along and brings them back', async () => {
    const { page } = office;
    await goTo(page, 'Clients');
    await settled(page);
    await list(page, 'Clients').focus();
    await press(page, 'Home Delete');
    const deleted = note(page, 'Deleted “Bakkerij Peeters & Zonen” with 1 meeting.');
    await deleted.waitFor();
    await goTo(page, 'Meetings');
    await page.getByText('No meetings yet').waitFor();
    await button(deleted, 'Undo').click();
    await row(page, 0).getByText('Bakkerij Peeters & Zonen').waitFor();
    expect(await total(page)).toBe(1);
  });
});
