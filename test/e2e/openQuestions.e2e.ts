import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { workbook } from '../imports/workbook.ts';
import { findings } from './support/axe.ts';
import { ask } from './support/daybook.ts';
import { button, choice, enterDemo, goTo, heading, total } from './support/doing.ts';
import { drop } from './support/files.ts';
import { story } from './support/story.ts';

const office = story('open questions', () => ({ args: ['--demo'] }));

describe('A workbook that leaves things open', () => {
  const rows = [
    ['client', 'title', 'date'],
    ['Quartz & Acme; Quartz Bolt', 'Quartz fair', '03/04/2026'],
    ['Quartz Core', 'Quartz lunch', '05/04/2026'],
  ];
  const sheets = [{ name: 'Cover' }, { name: 'Visits', rows }, { name: 'Other', rows: rows.slice(0, 2) }];

  it('is not imported before somebody says what its dates mean', async () => {
    const { page } = office;
    await enterDemo(page);
    const file = path.join(office.folder, 'fair.xlsx');
    writeFileSync(file, workbook({ sheets }));
    await goTo(page, 'Import');
    await drop(page, file);
    await page.getByText('Read as an Excel workbook, sheet “Visits”.').waitFor();
    const said = page.getByRole('alert');
    expect(await said.innerText()).toBe('Say what the dates mean: 03/04/2026 can be read in two ways.');
    const start = page.getByRole('main').getByRole('button', { name: 'Import', exact: true });
    expect(await start.getAttribute('aria-disabled')).toBe('true');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await findings(page)).toEqual([]);
      await office.picture(colorScheme);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByLabel('03/04/2026 is 04 Mar 2026').check();
    await said.waitFor({ state: 'detached' });
  });

  it('reads another sheet when one is chosen, and asks again', async () => {
    const { page } = office;
    await choice(page, 'Sheet').selectOption({ label: 'Other' });
    await page.getByText('Read as an Excel workbook, sheet “Other”.').waitFor();
    await page.getByRole('alert').waitFor();
    await choice(page, 'Sheet').selectOption({ label: 'Cover' });
    await page.getByRole('alert').filter({ hasText: 'The file holds no rows' }).waitFor();
    await choice(page, 'Sheet').selectOption({ label: 'Visits' });
    await page.getByText('Read as an Excel workbook, sheet “Visits”.').waitFor();
    await page.getByLabel('03/04/2026 is 04 Mar 2026').check();
  });

  it('brings in a meeting for each client of a cell, when somebody says so', async () => {
    const { page } = office;
    await choice(page, 'A cell with several clients').selectOption({
      label: 'Several, one meeting for each',
    });
    const shownOwner = await choice(page, 'Owner, if none is given').evaluate(
      (select) => (select as HTMLSelectElement).selectedOptions[0]?.label,
    );
    expect(shownOwner).toBe('You');
    await office.picture('answered');
    await page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
    await heading(page, 'Import finished').waitFor();
    const { rows: came } = await ask(page, 'meetings', 'filter', { text: 'quartz', limit: 10 });
    expect(came.map(({ client, title, start }) => [client.name, title, start]).sort()).toEqual([
      ['Quartz & Acme', 'Quartz fair', { date: '2026-03-04' }],
      ['Quartz Bolt', 'Quartz fair', { date: '2026-03-04' }],
      ['Quartz Core', 'Quartz lunch', { date: '2026-05-04' }],
    ]);
    expect(new Set(came.map(({ owner }) => owner.name))).toEqual(new Set(['Anna Vermeulen']));
    await button(page, 'Undo this import').click();
    await page.getByText('The import was taken back.').waitFor();
    await goTo(page, 'Meetings');
    expect(await total(page)).toBe(20_000);
  });
});
