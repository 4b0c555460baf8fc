import { describe, expect, it } from 'vitest';
import type { CommandId } from '../../electron/contract/commands.ts';
import { ask, newWriteId } from './support/daybook.ts';
import { enter, note, signOut, title } from './support/doing.ts';
import { wrongInBothColours } from './support/axe.ts';
import { foundOffice } from './support/founding.ts';
import { chooseInMenu } from './support/menu.ts';
import { runtime } from './support/runtime.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const office = story('menu');
const password = 'a quiet harbour';

const forAdministrators: readonly CommandId[] = [
  ...(['office.settings', 'office.export', 'users.open'] as const),
  ...(['office.check', 'health.open', 'updates.open'] as const),
];

/** Whether entries of the menu can be chosen. */
const enabled = (ids: readonly CommandId[]): Promise<boolean[]> =>
  office.program.electron!.evaluate(
    ({ Menu }, all) => all.map((id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.enabled ?? false),
    ids,
  );
const untilEnabled = (ids: readonly CommandId[], wanted: boolean): Promise<unknown> =>
  until(
    `${ids.join(' ')}: ${String(wanted)}`,
    () => enabled(ids),
    (states) => states.every((state) => state === wanted),
  );

/** Chosen while the menu was not yet made anew. */
const choose = (id: CommandId): Promise<void> =>
  office.program.electron!.evaluate(({ Menu }, item) => {
    Menu.getApplicationMenu()?.getMenuItemById(item)?.click();
  }, id);

async function isTold(id: CommandId, sentence: string): Promise<void> {
  await choose(id);
  await note(office.page, sentence).first().waitFor();
  expect(await office.page.getByRole('dialog').count()).toBe(0);
}

// A package lets nobody into its menu.
describe.skipIf(runtime().isPackaged)('The menu', () => {
  it('offers the backups at first run, and nothing of an office', async () => {
    await title(office.page, 'Welcome to Daybook').waitFor();
    await untilEnabled(['backups.open', 'appearance.toggle'], true);
    await untilEnabled(['office.export', 'health.open', 'meetings.create', 'meetings.open'], false);
    await chooseInMenu(office, 'backups.open', 'Backups');
    await office.page.keyboard.press('Escape');
    await office.page.getByRole('dialog').waitFor({ state: 'detached' });
    await isTold('office.export', 'Open an office first.');
  });

  it('offers everything to an administrator', async () => {
    const { page } = office;
    await foundOffice(page, 'Kantoor Wauters', { userName: 'asa', displayName: 'Åsa Wauters', password });
    await untilEnabled([...forAdministrators, 'imports.open', 'meetings.create', 'journal.undo'], true);
    for (const [userName, role] of [
      ['emil', 'adviser'],
      ['rosa', 'readOnly'],
    ] as const)
      await ask(page, 'users', 'create', {
        writeId: newWriteId(),
        fields: { userName, displayName: userName, role },
        password,
      });
  });

  it('says to whoever is not signed in that they sign in first', async () => {
    await signOut(office.page);
    await untilEnabled(['office.export', 'health.open', 'meetings.create'], false);
    await isTold('backups.open', 'Sign in first.');
    expect(await wrongInBothColours(office, 'sign in first')).toEqual([]);
    await isTold('health.open', 'Sign in first.');
  });

  it('dims for others what only administrators can use, and says so', async () => {
    await enter(office.page, 'emil', password);
    await untilEnabled([...forAdministrators, 'imports.open'], false);
    await untilEnabled(['meetings.create', 'journal.undo', 'journal.open', 'session.signOut'], true);
    await isTold('backups.open', 'Only administrators can use “Backups”.');
    await isTold('health.open', 'Only administrators can use “Health of this office”.');
    expect(await wrongInBothColours(office, 'for administrators')).toEqual([]);
    await isTold('imports.open', 'Only administrators and managers can use “Import meetings”.');
    await signOut(office.page);
  });

  it('dims for those who read only what writes, and an empty list asks nothing of them', async () => {
    await enter(office.page, 'rosa', password);
    await untilEnabled([...forAdministrators, 'imports.open', 'meetings.create', 'journal.undo'], false);
    await untilEnabled(['meetings.open', 'meetings.search'], true);
    await office.page.getByText('There are none that you may see.').waitFor();
    await isTold('meetings.create', 'Your role is to read only');
    expect(await wrongInBothColours(office, 'reads only')).toEqual([]);
  });
});
