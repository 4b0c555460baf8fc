import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { wrongInBothColours } from './support/axe.ts';
import { ask, newWriteId, refusal } from './support/daybook.ts';
import { button, enter, tabTo } from './support/doing.ts';
import { foundOffice } from './support/founding.ts';
import { answerFileDialog } from './support/files.ts';
import { chooseInMenu } from './support/menu.ts';
import { story } from './support/story.ts';

const office = story('export');
const founder = { userName: 'ines', displayName: 'Ines Duarte', password: 'eight or more' };
const outside = (): string => path.join(office.folder, 'for the archive');

const choose = (id: string, name: string): Promise<Locator> => chooseInMenu(office, id, name);

const wrongWith = (name: string): Promise<string[]> => wrongInBothColours(office, name);

describe('An export', () => {
  it('writes the office into a folder that an administrator chooses, by keyboard', async () => {
    const { page, program } = office;
    await foundOffice(page, 'Peeters & Partners', founder);
    const fields = { name: 'Bakery Janssens', city: 'Gent' };
    const { client } = await ask(page, 'clients', 'create', { writeId: newWriteId(), fields });
    const { user } = await ask(page, 'session', 'current');
    await ask(page, 'meetings', 'create', {
      writeId: newWriteId(),
      fields: {
        ...{ clientId: client.id, ownerId: user?.id ?? '', title: '=First visit', type: 'visit' },
        ...{ status: 'open', start: { date: '2026-03-02' } },
      },
    });
    if (!program.electron) return;
    mkdirSync(outside());
    await answerFileDialog(program, outside());
    const dialog = await choose('office.export', 'Export');
    expect(await wrongWith('asked')).toEqual([]);
    await tabTo(page, button(dialog, 'Choose a folder and export…'));
    await page.keyboard.press('Enter');
    await dialog.getByText(/^1 meeting and 1 client are exported/).waitFor();
    expect(await wrongWith('done')).toEqual([]);
    const [name = ''] = readdirSync(outside());
    expect(name).toMatch(/^Peeters & Partners \d{4}-\d\d-\d\d \d\d\.\d\d$/);
    await dialog.getByText(path.join(outside(), name)).waitFor();
    expect(readdirSync(path.join(outside(), name, 'clients'))).toEqual(['Bakery Janssens.md']);
    expect(readFileSync(path.join(outside(), name, 'meetings.csv'), 'utf8')).toContain("'=First visit");
    expect(readFileSync(path.join(outside(), name, 'README.txt'), 'utf8')).toContain('Ines Duarte');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  });

  it('is found beside the backups, and refuses the folder of the office', async () => {
    const { page, program } = office;
    if (!program.electron) return;
    const backups = await choose('backups.open', 'Backups');
    await button(backups, 'Export…').click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await answerFileDialog(program, path.join(office.folder, 'profile', 'office'));
    await button(dialog, 'Choose a folder and export…').click();
    await dialog.getByText('This folder belongs to an office of Daybook. Choose another one.').waitFor();
    expect(await wrongWith('refused')).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('is for administrators only', async () => {
    const { page } = office;
    const fields = { userName: 'otto', displayName: 'Otto Reis', role: 'manager', active: true } as const;
    await ask(page, 'users', 'create', { writeId: newWriteId(), fields, password: founder.password });
    await ask(page, 'session', 'signOut');
    await page.reload();
    expect(await refusal(page, 'office.export()')).toMatchObject({ code: 'SIGNED_OUT' });
    await enter(page, 'otto', founder.password);
    for (const call of ['export()', 'cancelExport()', 'showExport()'])
      expect((await refusal(page, `office.${call}`)).code, call).toBe('NOT_ALLOWED');
  });
});
