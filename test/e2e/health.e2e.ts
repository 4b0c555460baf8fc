import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findings } from './support/axe.ts';
import { ask, newWriteId } from './support/daybook.ts';
import { button } from './support/doing.ts';
import { foundOffice } from './support/founding.ts';
import { chooseInMenu } from './support/menu.ts';
import { story } from './support/story.ts';

const office = story('health');
const founder = { userName: 'ines', displayName: 'Ines Duarte', password: 'eight or more' };

const openHealth = (): Promise<Locator> => chooseInMenu(office, 'health.open', 'Health of this office');

describe('The health of an office', () => {
  it('is told in the Help menu, and leads to the check', async () => {
    const { page } = office;
    await foundOffice(page, 'Peeters & Partners', founder);
    await ask(page, 'clients', 'create', { writeId: newWriteId(), fields: { name: 'Bakery Janssens' } });
    await ask(page, 'backups', 'create');
    if (!office.program.electron) return;
    const kept = path.join(office.folder, 'profile', 'office', 'kept', '2026-11-20');
    mkdirSync(kept, { recursive: true });
    writeFileSync(path.join(kept, 'part'), Buffer.alloc(70_000));
    const dialog = await openHealth();
    await dialog.getByText('Version 7.0.15, running for').waitFor();
    await dialog.getByText(/ kB\), proved by restoring it/).waitFor();
    await dialog.getByText('70 kB that repairs and restores replaced').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(400);
      await office.picture(colorScheme);
      expect(await findings(page)).toEqual([]);
    }
    await button(dialog, 'Check now…').click();
    const check = page.getByRole('dialog', { name: 'Check this office' });
    await button(check, 'Check now').click();
    await check.getByText(/^Everything agrees/).waitFor();
    await page.keyboard.press('Escape');
    await check.waitFor({ state: 'detached' });
    await (await openHealth()).getByText(/: everything agreed/).waitFor();
    await button(dialog, 'Backups…').click();
    const backups = page.getByRole('dialog', { name: 'Backups' });
    await button(backups, 'Back up now').waitFor();
    await page.keyboard.press('Escape');
    await backups.waitFor({ state: 'detached' });
    await openHealth();
  });

  it('is saved as a bundle that names nobody', async () => {
    const { page } = office;
    const { electron } = office.program;
    if (!electron) return;
    const file = path.join(office.folder, 'bundle.json');
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
    const dialog = page.getByRole('dialog', { name: 'Health of this office' });
    await button(dialog, 'Save a diagnostic bundle…').click();
    await dialog.getByText('The diagnostic bundle is saved.').waitFor();
    const text = readFileSync(file, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ program: { name: 'Daybook' }, office: { clients: 1 } });
    for (const name of ['Ines', 'ines', 'Peeters', 'Janssens', office.folder])
      expect(text).not.toContain(name);
  });
});
