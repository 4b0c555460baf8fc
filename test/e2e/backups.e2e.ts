import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { containerOf } from '../office/backups/containers.ts';
import { wrongInBothColours } from './support/axe.ts';
import { ask, newWriteId, refusal } from './support/daybook.ts';
import {
  button,
  enter,
  fillOfficeForm,
  heading,
  note,
  settled,
  tabTo,
  title,
  total,
  writtenDown,
} from './support/doing.ts';
import { answerFileDialog } from './support/files.ts';
import { chooseInMenu } from './support/menu.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const office = story('backups');
const founder = {
  office: 'Peeters & Partners',
  name: 'Ines Duarte',
  userName: 'ines',
  password: 'eight or more',
};
const data = (): string => path.join(office.folder, 'profile', 'office');

const chooseBackups = (): Promise<Locator> => chooseInMenu(office, 'backups.open', 'Backups');

const wrongWith = (name: string): Promise<string[]> => wrongInBothColours(office, name);

async function fillPassphrase(dialog: Locator): Promise<void> {
  await button(dialog, 'Set a passphrase…').click();
  await dialog.getByLabel('New passphrase', { exact: true }).fill('eight or more');
  await dialog.getByLabel('New passphrase again', { exact: true }).fill('eight or more');
}

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);

const isInSight = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return top + height <= innerHeight && element.contains(there);
  });

/** How many parts of it scroll up and down, itself among them. */
const scrolling = (element: Element): number =>
  [element, ...element.querySelectorAll('*')].filter(
    (each) => each.scrollHeight > each.clientHeight && /auto|scroll/.test(getComputedStyle(each).overflowY),
  ).length;

/** Where the words of each cell begin, from above. */
function topsOfTexts(row: Element): number[] {
  const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  const tops: number[] = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (text.parentElement?.closest('button')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    tops.push(range.getBoundingClientRect().top);
  }
  return tops;
}

const meetings = ['First visit', 'Call about the offer', 'Contract'];

describe('An office and its backups', () => {
  it('is backed up by hand, by keyboard, and the backup says that it was verified', async () => {
    const { page } = office;
    await button(page, /^Start with an empty office/).click();
    await fillOfficeForm(page, founder);
    await button(page, 'Create the office').click();
    await writtenDown(page);
    await title(page, 'Meetings').waitFor();
    const { user } = await ask(page, 'session', 'current');
    const { client } = await ask(page, 'clients', 'create', {
      writeId: newWriteId(),
      fields: { name: 'Bakery Janssens' },
    });
    for (const name of meetings)
      await ask(page, 'meetings', 'create', {
        writeId: newWriteId(),
        fields: {
          ...{ clientId: client.id, ownerId: user?.id ?? '', title: name, type: 'call', status: 'open' },
          start: { date: '2026-03-02' },
        },
      });
    if (!office.program.electron) {
      await ask(page, 'backups', 'create');
      return;
    }
    const dialog = await chooseBackups();
    await dialog.getByText('There is no backup of this office in this folder yet.').waitFor();
    await tabTo(page, button(dialog, 'Back up now'));
    await page.keyboard.press('Enter');
    await dialog.getByText(/^Backed up and verified \([\d.]+ [kM]?B\)\.$/).waitFor({ timeout: 60_000 });
    const row = dialog.getByRole('row').nth(1);
    expect(await row.innerText()).toMatch(/By hand[\s\S]*Verified/);
    expect(readdirSync(path.join(data(), 'backups'))).toEqual([
      expect.stringMatching(
        /^Peeters-Partners-2\d{3}-\d\d-\d\dT[\dZ-]+-\d+\.\d+\.\d+-by-hand\.daybook-backup$/,
      ),
    ]);
    expect(await wrongWith('made')).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('has a meeting back that was deleted, and what it was before is kept', async () => {
    const { page } = office;
    const { rows } = await ask(page, 'meetings', 'filter', {});
    const gone = rows.find(({ title: name }) => name === 'Contract');
    if (!gone) throw new Error('there is no such meeting');
    await ask(page, 'meetings', 'delete', { writeId: newWriteId(), id: gone.id, version: gone.version });
    await until(
      'the list has one fewer',
      () => total(page),
      (count) => count === 2,
    );
    if (office.program.electron) {
      const dialog = await chooseBackups();
      await button(dialog, /^Restore the backup of/).click();
      await heading(dialog, /^Restore the backup of .*\?$/).waitFor();
      await dialog.getByText('It holds 3 meetings and 1 client.').waitFor();
      expect(await wrongWith('asked')).toEqual([]);
      await button(dialog, 'Restore').click();
    } else {
      const { backups } = await ask(page, 'backups', 'list');
      await ask(page, 'backups', 'restore', { id: backups[0]?.id ?? '' });
    }
    await button(page, 'Sign in').waitFor({ timeout: 60_000 });
    if (office.program.electron) {
      await note(page, 'Sign in with the password of that time.').waitFor();
      expect(await wrongWith('restored')).toEqual([]);
    }
    await enter(page, founder.userName, founder.password);
    expect(await total(page)).toBe(3);
    const { rows: now } = await ask(page, 'meetings', 'filter', {});
    expect(now.map(({ title: name }) => name).sort()).toEqual([...meetings].sort());
    const [kept = ''] = readdirSync(path.join(data(), 'kept'));
    expect(existsSync(path.join(data(), 'kept', kept, 'data', 'appendonlydir'))).toBe(true);
    expect(existsSync(path.join(data(), 'restored'))).toBe(false);
  });

  it('encrypts its backups once there is a passphrase', async () => {
    const { page } = office;
    if (!office.program.electron) return;
    const dialog = await chooseBackups();
    await fillPassphrase(dialog);
    expect(await wrongWith('passphrase')).toEqual([]);
    await button(dialog, 'Encrypt backups').click();
    await dialog.getByText('Backups are encrypted.').waitFor();
    await button(dialog, 'Back up now').click();
    await dialog.getByText('Verified, encrypted').waitFor({ timeout: 60_000 });
    await settled(page);
    expect(await wrongWith('encrypted')).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('shows its backups in the smallest window with all buttons in sight, and by keyboard', async () => {
    const { page, program } = office;
    if (!program.electron) return;
    const folder = path.join(data(), 'backups');
    const [first = ''] = readdirSync(folder);
    const copies = Array.from({ length: 12 }, (_, at) => path.join(folder, `Copy-${String(at)}-${first}`));
    for (const copy of copies) copyFileSync(path.join(folder, first), copy);
    await page.setViewportSize({ width: 1024, height: 640 });
    const dialog = await chooseBackups();
    const row = button(dialog, /^Restore the backup of/).first();
    await row.waitFor();
    // The folder is the office's own: it is not taken, and that is said where the buttons are.
    await answerFileDialog(program, path.join(data(), 'data'));
    await button(dialog, 'Another folder…').click();
    await dialog.getByRole('alert').filter({ hasText: 'belongs to an office of Daybook' }).waitFor();
    expect(await wrongWith('smallest refused')).toEqual([]);
    for (const name of ['Back up now', 'Restore a file from elsewhere…'])
      expect(await isInSight(button(dialog, name)), name).toBe(true);
    expect(await dialog.evaluate(scrolling)).toBe(1);
    const tops = await dialog.getByRole('row').nth(1).evaluate(topsOfTexts);
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(1);
    await tabTo(page, row);
    await page.keyboard.press('Enter');
    await heading(dialog, /^Restore the backup of .*\?$/).waitFor();
    expect(await wrongWith('smallest asked')).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await hasFocus(row)).toBe(true);
    for (const next of [button(dialog, /^Restore the backup of/).last(), button(dialog, 'Export…'), row]) {
      await tabTo(page, next);
      expect(await isInSight(next), String(next)).toBe(true);
    }
    await tabTo(page, button(dialog, 'Change it…'));
    await page.keyboard.press('Enter');
    await heading(dialog, 'Passphrase for backups').waitFor();
    await page.keyboard.press('Escape');
    await until(
      'the button has the focus again',
      () => hasFocus(button(dialog, 'Change it…')),
      (has) => has,
    );
    expect(await wrongWith('smallest')).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const copy of copies) rmSync(copy);
  });

  it('is not backed up without a passphrase in silence when the settings of that are damaged', async () => {
    await office.stop();
    const settings = path.join(office.folder, 'profile', 'backups.json');
    writeFileSync(settings, readFileSync(settings, 'utf8').slice(0, -20));
    // As one of another office would lie there.
    const stranger = path.join(data(), 'backups', 'Other.daybook-backup');
    writeFileSync(stranger, await containerOf(office.folder, Buffer.alloc(1_000), null));
    await office.restart();
    const { page } = office;
    await enter(page, founder.userName, founder.password);
    await page.getByText('Nothing is backed up: the settings of backups were damaged.').waitFor();
    expect(await wrongWith('notice')).toEqual([]);
    if (office.program.electron) {
      await button(page, 'Backups…').click();
      const dialog = page.getByRole('dialog', { name: 'Backups' });
      await dialog
        .getByText('A backup of another office lies in this folder, too.', { exact: false })
        .waitFor();
      expect(await button(dialog, 'Back up now').count()).toBe(0);
      expect(await wrongWith('lost')).toEqual([]);
      await fillPassphrase(dialog);
      await button(dialog, 'Encrypt backups').click();
      await button(dialog, 'Back up now').click();
      await dialog.getByText(/^Backed up and verified/).waitFor({ timeout: 60_000 });
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    } else {
      await ask(page, 'backups', 'clearPassphrase');
    }
    await page
      .getByText('Nothing is backed up: the settings of backups were damaged.')
      .waitFor({ state: 'detached' });
    rmSync(stranger);
  });

  it('comes back where it no longer opens, from the screen that says so', async () => {
    await office.stop();
    const logs = path.join(data(), 'data', 'appendonlydir');
    // A disk that gives nothing back of the part that everything else stands on.
    for (const name of readdirSync(logs).filter((each) => !each.endsWith('.manifest')))
      writeFileSync(path.join(logs, name), Buffer.alloc(readFileSync(path.join(logs, name)).length, 7));
    await office.restart();
    const { page } = office;
    await page.getByRole('alert').first().waitFor();
    await button(page, 'Restore…').click();
    const dialog = page.getByRole('dialog', { name: 'Backups' });
    await dialog.getByText('The office does not open. A backup brings it back as it was.').waitFor();
    expect(await wrongWith('trouble')).toEqual([]);
    await button(dialog, /^Restore the backup of/)
      .first()
      .click();
    await button(dialog, 'Restore').click();
    await button(page, 'Sign in').waitFor({ timeout: 60_000 });
    await enter(page, founder.userName, founder.password);
    expect(await total(page)).toBe(3);
  });

  it('becomes an office of its own from a file from elsewhere, which asks for its passphrase', async () => {
    const { page, program } = office;
    if (!program.electron) return;
    const file = readdirSync(path.join(data(), 'backups')).sort().at(-1) ?? '';
    await answerFileDialog(program, path.join(data(), 'backups', file));
    const dialog = await chooseBackups();
    await button(dialog, 'Restore a file from elsewhere…').click();
    const field = dialog.getByLabel('Passphrase of this backup', { exact: true });
    await field.fill('something else');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').filter({ hasText: 'not the one of this backup' }).waitFor();
    await field.fill('eight or more');
    await page.keyboard.press('Enter');
    await button(page, 'Sign in').waitFor({ timeout: 60_000 });
    await enter(page, founder.userName, founder.password);
    expect(await total(page)).toBe(3);
    const { dataFolder, knownOffices } = await ask(page, 'office', 'status');
    expect(dataFolder).not.toBe(data());
    expect(knownOffices).toBe(2);
  });

  it('is brought to a new computer from the welcome', async () => {
    if (!office.program.electron) return;
    const program = await office.startBeside({ userData: path.join(office.folder, 'new computer') });
    try {
      const { page } = program;
      await title(page, 'Welcome to Daybook').waitFor();
      const file = readdirSync(path.join(data(), 'backups')).sort().at(-1) ?? '';
      await answerFileDialog(program, path.join(data(), 'backups', file));
      await tabTo(page, button(page, /^Restore a backup…/));
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Backups' });
      await dialog.getByText('No office is open. A backup from elsewhere becomes an office').waitFor();
      await office.picture('no office', page);
      expect(await dialog.getByText('There is no backup of this office in this folder yet.').count()).toBe(0);
      await button(dialog, 'Restore a file from elsewhere…').click();
      await dialog.getByLabel('Passphrase of this backup', { exact: true }).fill('eight or more');
      await page.keyboard.press('Enter');
      await title(page, founder.office).waitFor({ timeout: 60_000 });
      await enter(page, founder.userName, founder.password);
      expect(await total(page)).toBe(3);
      expect((await ask(page, 'office', 'status')).knownOffices).toBe(1);
    } finally {
      await program.stop();
    }
  });

  it('tells nobody but administrators of its backups', async () => {
    const { page } = office;
    const fields = { userName: 'otto', displayName: 'Otto Reis', role: 'manager', active: true } as const;
    await ask(page, 'users', 'create', { writeId: newWriteId(), fields, password: founder.password });
    await ask(page, 'session', 'signOut');
    await page.reload();
    expect(await refusal(page, 'backups.list()')).toMatchObject({ code: 'SIGNED_OUT' });
    await enter(page, 'otto', founder.password);
    for (const call of ['list()', 'create()', 'chooseFolder()', "restore({ id: '000000000000' })"])
      expect((await refusal(page, `backups.${call}`)).code, call).toBe('NOT_ALLOWED');
  });
});
