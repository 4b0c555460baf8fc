import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, refusal } from './support/daybook.ts';
import {
  button,
  enter,
  enterDemo,
  field,
  fillOfficeForm,
  fromUserMenu,
  goTo,
  note,
  settled,
  signIn,
  signOut,
  title,
  writtenDown,
} from './support/doing.ts';
import { list } from './support/list.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const office = story('offices');
const password = 'correct horse battery';
const usual = () => path.join(office.folder, 'profile', 'office');
const bar = () => office.page.getByRole('banner', { name: 'Office' });
const windowTitle = () => office.page.title();
const status = () => ask(office.page, 'office', 'status');
let code = '';

async function found(name: string, colour: string): Promise<string> {
  const { page } = office;
  await title(page, 'Your office').waitFor();
  await fillOfficeForm(page, { office: name, name: 'Åsa Wauters', userName: 'asa', password });
  await page.getByText(colour, { exact: true }).click();
  await button(page, 'Create the office').click();
  const made = await writtenDown(page);
  await title(page, 'Meetings').waitFor();
  return made;
}

/** What the system's dialog answers the next time it is asked for a folder. */
async function willChoose(folder: string): Promise<boolean> {
  const { electron } = office.program;
  if (!electron) return false;
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);
  return true;
}

describe('The demo office', () => {
  it('is gone in one step, back to the welcome', async () => {
    const { page } = office;
    await button(page, /^Open the demo office/).click();
    await enterDemo(page);
    const { dataFolder } = await status();
    expect(existsSync(dataFolder)).toBe(true);
    await button(bar(), 'Leave the demo').click();
    await title(page, 'Welcome to Daybook').waitFor();
    expect(existsSync(dataFolder)).toBe(false);
    expect(await windowTitle()).toBe('Daybook');
  });
});

describe('Two offices on one computer', () => {
  it('begin with a recovery code that has to be written down', async () => {
    const { page } = office;
    await button(page, /^Start with an empty office/).click();
    code = await found('Kantoor Wauters', 'Brown');
    expect(code).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
    await page.getByText('No meetings yet').waitFor();
    expect(await bar().innerText()).toContain('Kantoor Wauters');
    expect(await windowTitle()).toBe('Kantoor Wauters – Daybook');
    await ask(page, 'clients', 'create', {
      writeId: crypto.randomUUID(),
      fields: { name: 'Bakkerij Peeters' },
    });
  });

  it('are switched from the menu, which signs out', async () => {
    const { page } = office;
    await fromUserMenu(page, 'Switch office…');
    await title(page, 'Which office?').waitFor();
    expect((await ask(page, 'session', 'current')).user).toBeNull();
    expect((await refusal(page, 'meetings.filter({})')).code).toBe('SIGNED_OUT');
    await button(page, 'New office').click();
    await button(page, /^Start with an empty office/).click();
    await found('Practice', 'Violet');
    await goTo(page, 'Clients');
    await page.getByText('No clients yet').waitFor();
    expect((await status()).dataFolder).toBe(`${usual()}-2`);
  });

  it('are both offered at the next start, and opened one after the other', async () => {
    await office.restart();
    const { page } = office;
    await title(page, 'Which office?').waitFor();
    expect(await windowTitle()).toBe('Daybook');
    const lines = page.getByRole('list', { name: 'Offices' }).getByRole('listitem');
    await until(
      'both are listed',
      () => lines.count(),
      (count) => count === 2,
    );
    expect(await lines.first().innerText()).toContain(`${usual()}-2`);
    await button(page, /^Open Kantoor Wauters/).click();
    await title(page, 'Kantoor Wauters').waitFor();
    await enter(page, 'asa', password);
    await goTo(page, 'Clients');
    await settled(page);
    await list(page, 'Clients').getByText('Bakkerij Peeters').waitFor();
  });

  it('are renamed by their administrator, which can be taken back', async () => {
    const { page } = office;
    await fromUserMenu(page, 'Office…');
    const form = page.getByRole('dialog', { name: 'Office', exact: true });
    await field(form, 'Office name').fill('Wauters & Zoon');
    await form.getByText('Green', { exact: true }).click();
    await button(form, 'Save office').click();
    const saved = note(page, 'Saved “Wauters & Zoon”.');
    await saved.waitFor();
    await until('the window says so', windowTitle, (words) => words === 'Wauters & Zoon – Daybook');
    await button(saved, 'Undo').click();
    await until('the window says so', windowTitle, (words) => words === 'Kantoor Wauters – Daybook');
    expect(await status()).toMatchObject({ colour: 'brown', version: 3 });
  });

  it('leave the list without losing anything, and come back by their folder', async () => {
    const { page } = office;
    await fromUserMenu(page, 'Switch office…');
    await button(page, 'Remove from list: Practice').click();
    await page.getByText(`“Practice” is off the list. Its data stay in ${usual()}-2.`).waitFor();
    expect(existsSync(path.join(`${usual()}-2`, 'data', 'appendonlydir'))).toBe(true);
    const empty = path.join(office.folder, 'holiday pictures');
    mkdirSync(empty);
    if (await willChoose(empty)) {
      await button(page, 'Open folder…').click();
      await page.getByText('There is no office of Daybook in this folder.').waitFor();
      expect(readdirSync(empty)).toEqual([]);
      await willChoose(`${usual()}-2`);
      await button(page, 'Open folder…').click();
      await title(page, 'Practice').waitFor();
      await button(page, 'Other offices…').click();
      await button(page, 'Remove from list: Practice').click();
    }
    await page.getByText('“Practice” is off the list.').waitFor();
  });
});

describe('A lost password', () => {
  it('is replaced with the recovery code, which is void then', async () => {
    await office.restart();
    const { page } = office;
    // The only office on the list is opened without being asked for.
    await title(page, 'Kantoor Wauters').waitFor();
    await signIn(page, 'asa', 'no idea');
    await page.getByRole('alert').waitFor();
    await button(page, 'Forgot the password?').click();
    const typed = async (recoveryCode: string): Promise<void> => {
      await field(page, 'Recovery code').fill(recoveryCode);
      await page.getByLabel('New password', { exact: true }).fill('found again');
      await page.getByLabel('New password again', { exact: true }).fill('found again');
      await button(page, 'Set the new password').click();
    };
    expect(await field(page, 'User name of an administrator').inputValue()).toBe('asa');
    await typed('0000-0000-0000-0000-0000-0000-0000');
    await page.getByText('The user name or the recovery code is wrong.').waitFor();
    await typed(code.toLowerCase().replaceAll('-', ' '));
    const next = await writtenDown(page);
    expect(next).not.toBe(code);
    await title(page, 'Meetings').waitFor();
    const recovering = { userName: 'asa', recoveryCode: code, password: 'by a thief' };
    expect(await refusal(page, `office.recover(${JSON.stringify(recovering)})`)).toMatchObject({
      code: 'WRONG_RECOVERY_CODE',
    });
    await goTo(page, 'Journal');
    await page.getByText('Set a new password of “Åsa Wauters” with the recovery code').waitFor();
    await fromUserMenu(page, 'Sign out');
    await signIn(page, 'asa', password);
    await page.getByRole('alert').waitFor();
    await enter(page, 'asa', 'found again');
  });

  it('of somebody else is set by an administrator', async () => {
    const { page } = office;
    await ask(page, 'users', 'create', {
      writeId: crypto.randomUUID(),
      fields: { userName: 'bram', displayName: 'Bram Claes', role: 'assistant' },
      password: 'soon forgotten',
    });
    await goTo(page, 'Users');
    await button(page, 'Edit Bram Claes').click();
    const form = page.getByRole('dialog', { name: 'Edit user' });
    await form.getByLabel('New password', { exact: true }).fill('a new beginning');
    await button(form, 'Save user').click();
    await form.waitFor({ state: 'detached' });
    await fromUserMenu(page, 'Sign out');
    await signIn(page, 'bram', 'soon forgotten');
    await page.getByRole('alert').waitFor();
    await enter(page, 'bram', 'a new beginning');
  });
});

describe('An office whose data are gone', () => {
  it('says so at an ordinary start and from the list, and comes back from its backup', async () => {
    await signOut(office.page);
    await enter(office.page, 'asa', 'found again');
    await ask(office.page, 'backups', 'create');
    await office.stop();
    rmSync(path.join(usual(), 'data'), { recursive: true });
    await office.restart();
    const { page } = office;
    await title(page, 'The data of this office are missing').waitFor();
    await button(page, 'Other offices…').click();
    await title(page, 'Which office?').waitFor();
    await button(page, /^Open Kantoor Wauters/).click();
    await title(page, 'The data of this office are missing').waitFor();
    await office.picture('data missing');
    expect(existsSync(path.join(usual(), 'data'))).toBe(false);
    await button(page, 'Restore…').click();
    const dialog = page.getByRole('dialog', { name: 'Backups' });
    await button(dialog, /^Restore the backup of/).click();
    await button(dialog, 'Restore').click();
    await button(page, 'Sign in').waitFor({ timeout: 60_000 });
    await enter(page, 'asa', 'found again');
    await goTo(page, 'Clients');
    await settled(page);
    await list(page, 'Clients').getByText('Bakkerij Peeters').waitFor();
  });
});
