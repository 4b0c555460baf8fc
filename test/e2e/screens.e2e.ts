import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findings } from './support/axe.ts';
import { ask } from './support/daybook.ts';
import {
  button,
  choice,
  enterDemo,
  field,
  fillOfficeForm,
  fromUserMenu,
  goTo,
  heading,
  note,
  onOffer,
  press,
  settled,
  signIn,
  signOut,
  title,
  writtenDown,
} from './support/doing.ts';
import { answerFileDialog, drop } from './support/files.ts';
import { list, option, row } from './support/list.ts';
import { story, type Story } from './support/story.ts';
import { putPackage } from './support/updates.ts';

const founder = {
  office: 'Kanzlei Überall & Partner',
  name: 'Ines Duarte',
  userName: 'ines',
  password: 'eight or more',
} as const;

const usual = { width: 1280, height: 800 } as const;
const large = { width: 1920, height: 1080 } as const;

/** Nothing moves or fades any more. */
async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/**
 * What is wrong with what is on screen, a picture of which is kept at both sizes and in both colours. Colours are the
 * same at any size, so that axe looks at the large screen in one of them.
 */
async function wrongWith(office: Story, name: string, page = office.page): Promise<string[]> {
  const wrong: string[] = [];
  const chromium = await page.context().newCDPSession(page);
  for (const size of [usual, large]) {
    await chromium.send('Emulation.setDeviceMetricsOverride', {
      ...size,
      deviceScaleFactor: 1,
      mobile: false,
    });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await still(page);
      await office.picture(`${name} ${colorScheme} ${String(size.width)}`, page);
      const here = `${colorScheme} ${String(size.width)}`;
      wrong.push(...(await spilling(page)).map((what) => `${here}: ${what}`));
      if (size === large && colorScheme === 'light') continue;
      for (const { rule, impact, at } of await findings(page))
        wrong.push(...at.map((where) => `${here}: ${impact} ${rule}: ${where}`));
    }
  }
  // The window is as it was: files are dropped where it really is.
  await chromium.send('Emulation.clearDeviceMetricsOverride');
  await chromium.detach();
  await still(page);
  return wrong;
}

/** The window itself never scrolls: what is longer than it scrolls in a part of its own. */
const spilling = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    const isWider = scrollWidth > clientWidth;
    const isHigher = scrollHeight > clientHeight;
    return [...(isWider ? ['the page is too wide'] : []), ...(isHigher ? ['the page is too high'] : [])];
  });

describe('Before there is an office, and while it is empty', () => {
  const office = story('screen');

  it('the welcome', async () => {
    await title(office.page, 'Welcome to Daybook').waitFor();
    expect(await wrongWith(office, 'welcome')).toEqual([]);
  });

  it('is found wrong when something is wrong with it', async () => {
    const { page } = office;
    await page.evaluate(() => {
      const fault = document.createElement('p');
      fault.id = 'fault';
      fault.style.cssText = 'color: #ccc; background: #fff';
      fault.innerHTML = '<button></button> hard to read';
      document.querySelector('main')?.prepend(fault);
    });
    const rules = (await findings(page)).map(({ rule }) => rule);
    await page.evaluate(() => document.querySelector('#fault')?.remove());
    expect(rules).toEqual(expect.arrayContaining(['button-name', 'color-contrast']));
  });

  it('the founding, with what is missing', async () => {
    const { page } = office;
    await button(page, /^Import meetings/).click();
    await title(page, 'Your office').waitFor();
    await button(page, 'Create the office').click();
    await page.getByText('Office name is missing.').waitFor();
    expect(await wrongWith(office, 'founding')).toEqual([]);
  });

  it('the import, before a file is chosen and after one that is no table', async () => {
    const { page } = office;
    await fillOfficeForm(page, founder);
    await button(page, 'Create the office').click();
    await title(page, 'Your recovery code').waitFor();
    expect(await wrongWith(office, 'recovery code')).toEqual([]);
    await writtenDown(page);
    await title(page, 'Import meetings').waitFor();
    expect(await wrongWith(office, 'import')).toEqual([]);
    const picture = path.join(office.folder, 'logo.png');
    writeFileSync(picture, Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'));
    await drop(page, picture);
    await page.getByRole('alert').waitFor();
    expect(await wrongWith(office, 'import no table')).toEqual([]);
  });

  it('lists with nothing in them', async () => {
    const { page } = office;
    await goTo(page, 'Meetings');
    await page.getByText('No meetings yet').waitFor();
    expect(await wrongWith(office, 'no meetings')).toEqual([]);
    await goTo(page, 'Clients');
    await page.getByText('No clients yet').waitFor();
    expect(await wrongWith(office, 'no clients')).toEqual([]);
  });

  it('the columns of a table, and the report of what came in', async () => {
    const { page } = office;
    const file = path.join(office.folder, 'visits of the first half of the year.csv');
    const lines = Array.from({ length: 60 }, (_, at) => {
      const day = at % 9 === 4 ? 'yesterday' : `2026-0${String((at % 6) + 1)}-15`;
      return `${day},Bakery ${String(at % 7)},Talk about the contract and what follows from it,Visit,${String(at)}`;
    });
    writeFileSync(file, ['When,Customer,Subject,Channel,Number of the file', ...lines].join('\r\n'));
    await goTo(page, 'Import');
    await drop(page, file);
    await page.getByRole('table', { name: 'Columns of the file' }).waitFor();
    await choice(page, 'Owner, if none is given').selectOption({
      label: 'Ines Duarte',
    });
    expect(await wrongWith(office, 'import columns')).toEqual([]);
    await button(page, 'Check first').click();
    await heading(page, 'What an import would do').waitFor();
    expect(await wrongWith(office, 'import checked')).toEqual([]);
    await page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
    await heading(page, 'Import finished').waitFor();
    await page.getByRole('table', { name: 'Rows of the file' }).waitFor();
    expect(await wrongWith(office, 'import report')).toEqual([]);
  });

  it('updates: off, something that is refused, and something that is offered', async () => {
    const { page, program } = office;
    await fromUserMenu(page, 'Updates…');
    const updates = page.getByRole('dialog', { name: 'Updates' });
    await updates.getByText('Updates are off.').waitFor();
    expect(await wrongWith(office, 'updates off')).toEqual([]);
    // A package lets nobody answer its dialogs.
    if (program.electron) {
      const folder = path.join(office.folder, 'a folder with a long name '.repeat(6).trim());
      mkdirSync(folder);
      const file = putPackage(folder, '9.1.0');
      writeFileSync(path.join(folder, file), 'half');
      await answerFileDialog(program, folder);
      await button(updates, 'Choose a folder…').click();
      await updates.getByRole('alert').waitFor();
      expect(await wrongWith(office, 'updates refused')).toEqual([]);
      writeFileSync(path.join(folder, file), 'Daybook 9.1.0');
      await button(updates, 'Look now').click();
      await button(updates, /^Back up and /).waitFor();
      expect(await wrongWith(office, 'updates found')).toEqual([]);
    }
    await press(page, 'Escape');
    await updates.waitFor({ state: 'detached' });
    if (!program.electron) return;
    await page.getByRole('region', { name: 'Update' }).waitFor();
    expect(await wrongWith(office, 'update notice')).toEqual([]);
    await ask(page, 'updates', 'turnOff');
  });

  it('the office, its new recovery code, and the way back in with it', async () => {
    const { page } = office;
    await fromUserMenu(page, 'Office…');
    const form = page.getByRole('dialog', { name: 'Office', exact: true });
    await form.waitFor();
    expect(await wrongWith(office, 'office')).toEqual([]);
    await button(form, 'Make a new code…').click();
    const renewal = page.getByRole('dialog', { name: 'New recovery code' });
    await renewal.waitFor();
    expect(await wrongWith(office, 'new code')).toEqual([]);
    await renewal.getByLabel('Your password').fill(founder.password);
    await button(renewal, 'Make the code').click();
    const shown = page.getByRole('dialog', { name: 'Your recovery code' });
    await shown.waitFor();
    expect(await wrongWith(office, 'new code shown')).toEqual([]);
    await shown.getByLabel('I have written it down').check();
    await button(shown, 'Continue').click();
    await shown.waitFor({ state: 'detached' });
    await signOut(page);
    expect(await wrongWith(office, 'sign-in own')).toEqual([]);
    await button(page, 'Forgot the password?').click();
    await button(page, 'Set the new password').click();
    await page.getByText('Recovery code is missing.').waitFor();
    expect(await wrongWith(office, 'forgotten')).toEqual([]);
    await button(page, 'Back to the sign-in').click();
  });

  it('the list of offices', async () => {
    const { page } = office;
    await button(page, 'Other offices…').click();
    await title(page, 'Which office?').waitFor();
    await button(page, 'New office').click();
    await button(page, /^Start with an empty office/).click();
    await fillOfficeForm(page, {
      ...founder,
      office: 'Practice office with a name so long that it hardly fits beside anything else on a line',
    });
    await page.getByText('Brown', { exact: true }).click();
    await button(page, 'Create the office').click();
    await writtenDown(page);
    await title(page, 'Import meetings').or(title(page, 'Meetings')).waitFor();
    expect(await wrongWith(office, 'long name')).toEqual([]);
    await fromUserMenu(page, 'Switch office…');
    await button(page, /^Open Kanzlei/).waitFor();
    expect(await wrongWith(office, 'offices')).toEqual([]);
    await button(page, /^Remove from list: Practice office/).click();
    await page.getByText('is off the list').waitFor();
    expect(await wrongWith(office, 'office removed')).toEqual([]);
    await button(page, /^Open Kanzlei/).click();
    await button(page, 'Sign in').waitFor();
  });

  it('the trouble of a second program on the same data', async () => {
    const second = await office.startBeside({
      userData: path.join(office.folder, 'second'),
      args: [`--office=${path.join(office.folder, 'profile', 'office')}`],
    });
    try {
      await title(second.page, 'These data are in use').waitFor();
      await second.page.getByText('What the program said').click();
      expect(await wrongWith(office, 'trouble', second.page)).toEqual([]);
    } finally {
      await second.stop();
    }
  });
});

describe('The demo office', () => {
  const office = story('screen', () => ({ args: ['--demo'] }));
  const dialog = (name: string) => office.page.getByRole('dialog', { name });

  async function closed(name: string): Promise<void> {
    await button(dialog(name), 'Cancel').click();
    await dialog(name).waitFor({ state: 'detached' });
  }

  it('the sign-in, and one that failed', async () => {
    const { page } = office;
    await button(page, 'Sign in').waitFor();
    expect(await wrongWith(office, 'sign-in')).toEqual([]);
    await signIn(page, 'anna', 'not the one');
    await page.getByRole('alert').waitFor();
    expect(await wrongWith(office, 'sign-in failed')).toEqual([]);
  });

  it('the meetings', async () => {
    const { page } = office;
    await enterDemo(page);
    expect(await wrongWith(office, 'meetings')).toEqual([]);
    await list(page).focus();
    await press(page, 'j j Enter');
    await page.getByRole('complementary', { name: 'Meeting details' }).getByRole('heading').first().waitFor();
    expect(await wrongWith(office, 'meeting')).toEqual([]);
  });

  it('the form of a meeting', async () => {
    const { page } = office;
    await press(page, 'e');
    await dialog('Edit meeting').waitFor();
    expect(await wrongWith(office, 'meeting form')).toEqual([]);
    await closed('Edit meeting');
  });

  it('a filter of everything there is, with a name being looked for', async () => {
    const { page } = office;
    for (const label of ['Email', 'Call', 'Open', 'Waiting', 'High']) await option(page, label).check();
    await field(page, 'From').fill('1/3/2024');
    await field(page, 'From').press('Enter');
    await field(page, 'To').fill('30/6/2026');
    await field(page, 'To').press('Enter');
    await field(page, 'Find a client').fill('be');
    const clients = page.getByRole('group', { name: 'Client', exact: true }).getByRole('checkbox');
    await clients.first().check();
    await settled(page);
    expect(await wrongWith(office, 'filter')).toEqual([]);
    await field(page, 'From').click();
    await page.getByRole('table').first().waitFor();
    expect(await wrongWith(office, 'calendar')).toEqual([]);
    await press(page, 'Escape');
    await field(page, 'Find a client').press('Escape');
  });

  it('the rarer filters, with a length that is none', async () => {
    const { page } = office;
    const clear = button(page, 'Clear all');
    if ((await clear.count()) > 0) await clear.click();
    await button(page, /^More filters/).click();
    await option(page, 'Company').check();
    await page.getByRole('button', { name: 'Created: This year' }).click();
    await field(page, 'Duration: From').fill('half an hour');
    await page.getByText('Minutes are whole numbers').waitFor();
    await page.getByRole('textbox', { name: 'Changed: To' }).waitFor();
    expect(await wrongWith(office, 'more filters wrong length')).toEqual([]);
    await field(page, 'Duration: From').fill('30');
    await settled(page);
    await button(page, /^More filters/).scrollIntoViewIfNeeded();
    expect(await wrongWith(office, 'more filters')).toEqual([]);
    await button(page, /^More filters/).click();
    await button(page, 'Clear all').click();
    await settled(page);
  });

  it('words that were found, in the list and in a meeting', async () => {
    const { page } = office;
    const search = page.getByRole('searchbox', { name: 'Search meetings' });
    await search.fill('contr re');
    await settled(page);
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Relevance');
    await settled(page);
    await list(page).focus();
    await press(page, 'j j j Enter');
    await page.getByRole('complementary', { name: 'Meeting details' }).locator('mark').first().waitFor();
    expect(await wrongWith(office, 'found words')).toEqual([]);
    await search.fill('');
    await settled(page);
  });

  it('a search that finds nothing', async () => {
    const { page } = office;
    await page.getByRole('searchbox', { name: 'Search meetings' }).fill('xylophone');
    await settled(page);
    await page.getByText('No meetings match').waitFor();
    expect(await wrongWith(office, 'nothing found')).toEqual([]);
    await button(page, 'Clear filter').click();
    await settled(page);
  });

  it('a message with its undo', async () => {
    const { page } = office;
    await list(page).focus();
    await press(page, 'Home Delete');
    await note(page, 'Deleted').waitFor();
    expect(await wrongWith(office, 'message')).toEqual([]);
    await press(page, 'u');
    await note(page, 'Undone.').waitFor();
  });

  it('the clients', async () => {
    const { page } = office;
    await goTo(page, 'Clients');
    await settled(page);
    expect(await wrongWith(office, 'clients')).toEqual([]);
    await row(page, 3, 'Clients').click();
    await page.getByRole('complementary', { name: 'Client details' }).getByRole('heading').first().waitFor();
    expect(await wrongWith(office, 'client')).toEqual([]);
    await list(page, 'Clients').focus();
    await press(page, 'e');
    await dialog('Edit client').waitFor();
    expect(await wrongWith(office, 'client form')).toEqual([]);
    await closed('Edit client');
  });

  it('the form of a new meeting, with what is missing and the clients on offer', async () => {
    const { page } = office;
    await press(page, 'c m');
    const form = dialog('New meeting');
    await button(form, 'Create meeting').click();
    await form.getByText('Title is missing.').waitFor();
    await choice(form, 'Client').click();
    await onOffer(page, 'Client').first().waitFor();
    expect(await wrongWith(office, 'meeting form missing')).toEqual([]);
    await press(page, 'Escape');
    await closed('New meeting');
  });

  it('the users, their form and their clients', async () => {
    const { page } = office;
    await goTo(page, 'Users');
    await page.getByRole('row').nth(3).waitFor();
    expect(await wrongWith(office, 'users')).toEqual([]);
    await button(page, 'New user').click();
    await button(dialog('New user'), 'Create user').click();
    await dialog('New user').getByText('Name is missing.').first().waitFor();
    expect(await wrongWith(office, 'user form')).toEqual([]);
    await closed('New user');
    await button(page, /^Clients of /)
      .nth(2)
      .click();
    await page.getByRole('dialog').getByRole('checkbox').nth(5).waitFor();
    expect(await wrongWith(office, 'assignment')).toEqual([]);
    await button(page.getByRole('dialog'), 'Cancel').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('the journal', async () => {
    const { page } = office;
    await goTo(page, 'Journal');
    await page.getByRole('table', { name: 'Journal' }).getByRole('row').nth(2).waitFor();
    expect(await wrongWith(office, 'journal')).toEqual([]);
  });

  it('the shortcuts and the menu of the user, beside the other width of the navigation', async () => {
    const { page } = office;
    await press(page, '?');
    await dialog('Keyboard shortcuts').waitFor();
    expect(await wrongWith(office, 'shortcuts')).toEqual([]);
    await press(page, 'Escape');
    await dialog('Keyboard shortcuts').waitFor({ state: 'detached' });
    await button(page, /^Make the navigation (wide|narrow)$/).click();
    await button(page, /^User menu:/).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(await wrongWith(office, 'menu')).toEqual([]);
  });
});
