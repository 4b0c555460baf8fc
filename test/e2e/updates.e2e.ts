import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ask, newWriteId, refusal } from './support/daybook.ts';
import {
  button,
  enter,
  fillOfficeForm,
  fromUserMenu,
  settled,
  signOut,
  tabTo,
  title,
  writtenDown,
} from './support/doing.ts';
import { answerFileDialog } from './support/files.ts';
import { list } from './support/list.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';
import { desktopWithInstaller, packageName, putPackage, type Desktop } from './support/updates.ts';

const isLinux = process.platform === 'linux';
let desktop: Desktop | undefined;
/** Stays false for a package, which lets nobody answer its dialogs. */
let wasInstalled = false;
const office = story('updates', (folder) => {
  if (!isLinux) return {};
  desktop ??= desktopWithInstaller(folder);
  return { env: { PATH: desktop.path } };
});

const password = 'correct horse battery';
const share = (): string => path.join(office.folder, 'share of the office');
const profile = (): string => path.join(office.folder, 'profile');
const dialog = (): Locator => office.page.getByRole('dialog', { name: 'Updates' });
const bar = (): Locator => office.page.getByRole('banner', { name: 'Office' });
const offer = (version: string): Locator => bar().getByText(`Daybook ${version} is in the updates folder.`);
const closed = async (): Promise<void> => {
  await office.page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
};

describe('An office', () => {
  it('hears nothing of updates until its administrator sets them up', async () => {
    const { page } = office;
    mkdirSync(share());
    putPackage(share(), '9.1.0');
    await button(page, /^Start with an empty office/).click();
    await fillOfficeForm(page, { office: 'Kantoor Wauters', name: 'Åsa Wauters', userName: 'asa', password });
    await button(page, 'Create the office').click();
    await writtenDown(page);
    await title(page, 'Meetings').waitFor();
    await ask(page, 'users', 'create', {
      writeId: newWriteId(),
      fields: { userName: 'ben', displayName: 'Ben Adviser', role: 'adviser', seesAllClients: true },
      password,
    });
    await fromUserMenu(page, 'Updates…');
    await dialog().getByText('Updates are off.').waitFor();
    expect(existsSync(path.join(profile(), 'updates.json'))).toBe(false);
    expect(existsSync(path.join(profile(), 'updates'))).toBe(false);
    await office.picture('off');
  });

  it('has a folder chosen in the system’s dialog, by keyboard, and closing that changes nothing', async () => {
    const { page, program } = office;
    // A package lets nobody answer its dialogs.
    if (!program.electron) return;
    await answerFileDialog(program, null);
    await tabTo(page, button(dialog(), 'Choose a folder…'));
    await page.keyboard.press('Enter');
    await settled(page);
    expect((await ask(page, 'updates', 'status')).state).toBe('off');
    await answerFileDialog(program, share());
    await page.keyboard.press('Enter');
    await dialog().getByText(share(), { exact: true }).waitFor();
    // Whoever presses once more does not turn it off again.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Another folder…');
    await dialog().getByRole('heading', { name: 'Daybook 9.1.0 is in the updates folder' }).waitFor();
    // This build has no key, and says what that means.
    await dialog().getByText('the checksum only', { exact: false }).waitFor();
    await office.picture('found');
    await closed();
    await offer('9.1.0').waitFor();
  });

  it('refuses a newer package that is still being copied: it does not match its checksum', async () => {
    const { page, program } = office;
    if (!program.electron) return;
    const file = putPackage(share(), '9.2.0');
    writeFileSync(path.join(share(), file), 'Daybook 9.');
    await fromUserMenu(page, 'Updates…');
    await button(dialog(), 'Look now').click();
    await dialog()
      .getByRole('alert')
      .filter({ hasText: `${file} does not match its checksum` })
      .waitFor();
    expect(await button(dialog(), 'Back up and install').count()).toBe(0);
    expect(readdirSync(path.join(profile(), 'updates'))).toEqual([]);
    await office.picture('refused');
    await closed();
    expect(await bar().getByText('updates folder').count()).toBe(0);
    for (const version of ['9.1.0', '9.2.0'])
      expect((await refusal(page, `updates.install({ version: '${version}' })`)).code).toBe('NO_UPDATE');
    expect(desktop?.opened() ?? []).toEqual([]);
  });

  it('offers what is right again to its administrator only: an adviser sees nothing of it', async () => {
    const { page, program } = office;
    if (!program.electron) return;
    writeFileSync(path.join(share(), packageName('9.2.0')), 'Daybook 9.2.0');
    await office.restart();
    const { page: again } = office;
    await title(again, 'Kantoor Wauters').waitFor();
    await enter(again, 'ben', password);
    for (const call of [
      'status()',
      'check()',
      'turnOff()',
      'chooseFolder()',
      "install({ version: '9.2.0' })",
    ])
      expect((await refusal(again, `updates.${call}`)).code, call).toBe('NOT_ALLOWED');
    await button(again, /^User menu:/).click();
    await again.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(await again.getByRole('menuitem', { name: 'Updates…' }).count()).toBe(0);
    await again.keyboard.press('Escape');
    await again.getByRole('menuitem', { name: 'Sign out' }).waitFor({ state: 'detached' });
    expect(await again.getByText(/updates folder/).count()).toBe(0);
    await signOut(again);
    await enter(again, 'asa', password);
    await offer('9.2.0').waitFor();
    await office.picture('offered');
    expect(page).not.toBe(again);
  });

  it.skipIf(!isLinux)('is backed up before the installer opens, and Daybook ends by itself', async () => {
    const { page, program } = office;
    if (!program.electron) return;
    await ask(page, 'clients', 'create', { writeId: newWriteId(), fields: { name: 'Bakkerij Peeters' } });
    await button(bar(), 'See what happens…').click();
    await dialog().getByText('This office is backed up beside its data.', { exact: false }).waitFor();
    expect(desktop?.opened()).toEqual([]);
    const ended = new Promise((resolve) => program.electron?.process().once('exit', resolve));
    await tabTo(page, button(dialog(), 'Back up and install'));
    await page.keyboard.press('Enter');
    await dialog().getByText('The installer opens now, and Daybook closes.').waitFor();
    await office.picture('installing');
    await ended;
    wasInstalled = true;
    await until('the installer has the package', () => desktop?.opened().length === 1);
    expect(desktop?.opened()).toEqual([
      { file: path.join(profile(), 'updates', packageName('9.2.0')), content: 'Daybook 9.2.0' },
    ]);
    await office.stop();
  });

  it.skipIf(!isLinux)('has a backup that opens as an office, with everything in it', async () => {
    const backups = path.join(profile(), 'office', 'backups');
    const names = existsSync(backups) ? readdirSync(backups) : [];
    if (!wasInstalled) return;
    expect(names).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d-]+-\d+\.\d+\.\d+-before-9\.2\.0$/)]);
    const restored = await office.startBeside({
      userData: path.join(office.folder, 'second'),
      args: [`--office=${path.join(backups, names[0] ?? '')}`],
    });
    try {
      await title(restored.page, 'Kantoor Wauters').waitFor();
      await enter(restored.page, 'asa', password);
      await restored.page.keyboard.press('g');
      await restored.page.keyboard.press('c');
      await list(restored.page, 'Clients').getByText('Bakkerij Peeters').waitFor();
    } finally {
      await restored.stop();
    }
  });

  it('turns updates off again, and the folder is forgotten', async () => {
    await office.restart();
    const { page } = office;
    await title(page, 'Kantoor Wauters').waitFor();
    await enter(page, 'asa', password);
    await fromUserMenu(page, 'Updates…');
    if (!office.program.electron) return;
    await button(dialog(), 'Turn updates off').click();
    await dialog().getByText('Updates are off.').waitFor();
    expect(readdirSync(path.join(profile(), 'updates'))).toEqual([]);
    await closed();
    expect(await page.getByText(/updates folder/).count()).toBe(0);
  });
});
