import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { damageOffice } from '../check/openRaw.ts';
import { wrongInBothColours } from './support/axe.ts';
import { ask, newWriteId, refusal } from './support/daybook.ts';
import { button, enter, fillOfficeForm, title, total, writtenDown } from './support/doing.ts';
import { chooseInMenu } from './support/menu.ts';
import { story } from './support/story.ts';

const office = story('checking');
const founder = {
  office: 'Peeters & Partners',
  name: 'Ines Duarte',
  userName: 'ines',
  password: 'eight or more',
};

const chooseCheck = (): Promise<Locator> => chooseInMenu(office, 'office.check', 'Check this office');

const wrongWith = (name: string): Promise<string[]> => wrongInBothColours(office, name);

const clientName = 'Bakery Janssens';

describe('An office whose data were damaged', () => {
  it('agrees with itself while it is whole', async () => {
    const { page } = office;
    await button(page, /^Start with an empty office/).click();
    await fillOfficeForm(page, founder);
    await button(page, 'Create the office').click();
    await writtenDown(page);
    await title(page, 'Meetings').waitFor();
    const { user } = await ask(page, 'session', 'current');
    const { client } = await ask(page, 'clients', 'create', {
      writeId: newWriteId(),
      fields: { name: clientName },
    });
    for (const name of ['First visit', 'Call about the offer', 'Contract'])
      await ask(page, 'meetings', 'create', {
        writeId: newWriteId(),
        fields: {
          ...{ clientId: client.id, ownerId: user?.id ?? '', title: name, type: 'call', status: 'open' },
          start: { date: '2026-03-02' },
        },
      });
    if (!office.program.electron) return;
    const dialog = await chooseCheck();
    expect(await wrongWith('asked')).toEqual([]);
    await button(dialog, 'Check now').click();
    await dialog.getByText(/^Everything agrees: 3 meetings, 1 client looked through in \d+ s\.$/).waitFor();
    expect(await wrongWith('agrees')).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('says so in plain words, and is whole again after the repair', async () => {
    await office.stop();
    await damageOffice(path.join(office.folder, 'profile', 'office'), async (redis) => {
      await redis.setbit('{ins:1}:live', 1, 0);
      await redis.del('{ins:1}:posting:status:open');
      await redis.hset('{ins:1}:labels:client', '0', 'Somebody else');
      await redis.zpopmin('{ins:1}:lexicon:meetings');
    });
    await office.restart();
    const { page } = office;
    await enter(page, founder.userName, founder.password);
    expect(await total(page)).toBe(2);
    if (!office.program.electron) return;
    const dialog = await chooseCheck();
    await button(dialog, 'Check now').click();
    await dialog.getByText('Some of what Daybook keeps does not agree with the records:').waitFor();
    for (const sentence of [
      '1 entry is missing in the list of meetings that exist.',
      '3 entries are missing in the index by status.',
      '1 entry is wrong in the names to show.',
      '1 entry is missing in the parts of words of meetings.',
    ])
      expect(await dialog.getByText(sentence).isVisible(), sentence).toBe(true);
    expect(await wrongWith('differs')).toEqual([]);
    expect(await total(page)).toBe(2);
    await button(dialog, 'Repair').click();
    await dialog.getByText('This was put right from the records:').waitFor();
    expect(await wrongWith('repaired')).toEqual([]);
    await button(dialog, 'Check again').click();
    await dialog.getByText(/^Everything agrees: 3 meetings/).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('3 meetings').first().waitFor();
    expect(await total(page)).toBe(3);
    const { rows } = await ask(page, 'meetings', 'filter', {
      where: { field: 'status', op: 'anyOf', values: ['open'] },
    });
    expect(rows.map(({ client }) => client.name)).toEqual([clientName, clientName, clientName]);
  });

  it('is checked by nobody but administrators', async () => {
    const { page } = office;
    const fields = { userName: 'otto', displayName: 'Otto Reis', role: 'manager', active: true } as const;
    await ask(page, 'users', 'create', { writeId: newWriteId(), fields, password: founder.password });
    await ask(page, 'session', 'signOut');
    await page.reload();
    await enter(page, 'otto', founder.password);
    expect(await refusal(page, 'office.check({ repair: true })')).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await refusal(page, 'office.cancelCheck()')).toMatchObject({ code: 'NOT_ALLOWED' });
    await office.program.electron?.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('office.check')?.click();
    });
    await page.waitForTimeout(500);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});
