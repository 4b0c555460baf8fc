import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
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
import { familyOf, untilGone, type RunningProcess } from './support/processes.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';
import { desktopWithInstaller, packageName, putPackage, type Desktop } from './support/updates.ts';

const isLinux = process.platform === 'linux';
let desktop: Desktop | undefined;
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

/** The process that looks into the folder, while it does. */
async function theLook(): Promise<RunningProcess> {
  const looking = (): RunningProcess[] =>
    familyOf(office.program.pid).filter(({ command }) => command.includes('node.mojom.NodeService'));
  const [found] = await until('a look', looking, ({ length }) => length > 0, 10_000);
  if (!found) throw new Error('nothing looks');
  return found;
}

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
    await closed();
  });

  it('is offered what is newer, with what will happen', async () => {
    if (!office.program.electron) {
      // A package lets nobody answer its dialogs: this is what they would have led to.
      await office.stop();
      writeFileSync(path.join(profile(), 'updates.json'), JSON.stringify({ folder: share() }));
      await office.restart();
      await enter(office.page, 'asa', password);
    }
    await offer('9.1.0').waitFor();
    await button(bar(), 'See what happens…').click();
    await dialog().getByRole('heading', { name: 'Daybook 9.1.0 is in the updates folder' }).waitFor();
    // This build has no key, and says what that means.
    await dialog().getByText('the checksum only', { exact: false }).waitFor();
    await office.picture('found');
    await closed();
  });

  it('refuses a newer package that is still being copied: it does not match its checksum', async () => {
    const { page } = office;
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
    writeFileSync(path.join(share(), packageName('9.2.0')), 'Daybook 9.2.0');
    await office.restart();
    const { page } = office;
    await title(page, 'Kantoor Wauters').waitFor();
    await enter(page, 'ben', password);
    for (const call of [
      'status()',
      'check()',
      'turnOff()',
      'chooseFolder()',
      "install({ version: '9.2.0' })",
    ])
      expect((await refusal(page, `updates.${call}`)).code, call).toBe('NOT_ALLOWED');
    await button(page, /^User menu:/).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Updates…' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor({ state: 'detached' });
    expect(await page.getByText(/updates folder/).count()).toBe(0);
    await signOut(page);
    await enter(page, 'asa', password);
    await offer('9.2.0').waitFor();
    await office.picture('offered');
  });

  it.skipIf(!isLinux)('is backed up before the installer opens, and Daybook ends by itself', async () => {
    const { page, program } = office;
    await ask(page, 'clients', 'create', { writeId: newWriteId(), fields: { name: 'Bakkerij Peeters' } });
    await button(bar(), 'See what happens…').click();
    await dialog().getByText('This office is backed up.', { exact: false }).waitFor();
    expect(desktop?.opened()).toEqual([]);
    const family = familyOf(program.pid);
    await tabTo(page, button(dialog(), 'Back up and install'));
    await page.keyboard.press('Enter');
    await dialog().getByText('The installer opens now, and Daybook closes.').waitFor();
    await office.picture('installing');
    await untilGone(family);
    await until('the installer has the package', () => desktop?.opened().length === 1);
    expect(desktop?.opened()).toEqual([
      { file: path.join(profile(), 'updates', packageName('9.2.0')), content: 'Daybook 9.2.0' },
    ]);
    await office.stop();
  });

  it.skipIf(!isLinux)('has a backup that becomes an office elsewhere, with everything in it', async () => {
    const backups = path.join(profile(), 'office', 'backups');
    const names = readdirSync(backups);
    expect(names).toEqual([expect.stringMatching(/-before-9\.2\.0\.daybook-backup$/)]);
    const restored = await office.startBeside({ userData: path.join(office.folder, 'second') });
    try {
      if (!restored.electron) return;
      await answerFileDialog(restored, path.join(backups, names[0] ?? ''));
      const { page } = restored;
      const { backup } = await ask(page, 'backups', 'chooseFile');
      await ask(page, 'backups', 'restoreFile', { id: backup?.id ?? '' });
      await title(page, 'Kantoor Wauters').waitFor();
      await enter(page, 'asa', password);
      await page.keyboard.press('g');
      await page.keyboard.press('c');
      await list(page, 'Clients').getByText('Bakkerij Peeters').waitFor();
    } finally {
      await restored.stop();
    }
  });

  it.skipIf(!isLinux)(
    'goes on working while its share does not answer, and hears so in a sentence',
    async () => {
      await office.restart();
      const { page } = office;
      await title(page, 'Kantoor Wauters').waitFor();
      // Long enough to be stopped in the middle.
      truncateSync(path.join(share(), packageName('9.2.0')), 4 * 1024 ** 3);
      rmSync(path.join(profile(), 'updates'), { recursive: true });
      await enter(page, 'asa', password);
      await fromUserMenu(page, 'Updates…');
      await button(dialog(), 'Look now').click();
      const hanging = await theLook();
      // As a call on a share that went away: whatever the process is told, it does not hear it.
      process.kill(hanging.pid, 'SIGSTOP');
      await closed();
      await signOut(page);
      await enter(page, 'asa', password);
      await fromUserMenu(page, 'Updates…');
      await dialog().getByText('Looking into the folder…').waitFor();
      await dialog()
        .getByRole('alert')
        .filter({ hasText: 'The updates folder did not answer in time.' })
        .waitFor({ timeout: 60_000 });
      await untilGone([hanging]);
      await closed();
    },
  );

  it.skipIf(!isLinux)('can end while its share does not answer', async () => {
    const { page } = office;
    await fromUserMenu(page, 'Updates…');
    await button(dialog(), 'Look now').click();
    process.kill((await theLook()).pid, 'SIGSTOP');
    // It proves that nothing of the program is left.
    await office.stop();
    rmSync(path.join(share(), packageName('9.2.0')));
  });

  it('turns updates off again, and the folder is forgotten', async () => {
    await office.restart();
    const { page } = office;
    await title(page, 'Kantoor Wauters').waitFor();
    await enter(page, 'asa', password);
    await fromUserMenu(page, 'Updates…');
    await button(dialog(), 'Turn updates off').click();
    await dialog().getByText('Updates are off.').waitFor();
    const copies = (): string[] => readdirSync(path.join(profile(), 'updates'));
    await until('nothing that was copied is left', copies, ({ length }) => length === 0, 10_000);
    await closed();
    expect(await page.getByText(/updates folder/).count()).toBe(0);
  });
});
