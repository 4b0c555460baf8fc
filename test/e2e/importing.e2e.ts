import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImportProgress } from '../../electron/contract/imports.ts';
import type { Meeting } from '../../electron/contract/meetings.ts';
import { ask } from './support/daybook.ts';
import {
  button,
  choice,
  field,
  fillOfficeForm,
  goTo,
  note,
  press,
  settled,
  title,
  total,
  writtenDown,
} from './support/doing.ts';
import { containing, everyMeeting, keptBy } from './support/everything.ts';
import { answerFileDialog, drop, manyTimes, someRegister, type Register } from './support/files.ts';
import { list, option, row, shownRows } from './support/list.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const office = story('importing');

let register: Register;
let imported: Meeting[] = [];

beforeAll(() => {
  register = someRegister(office.folder);
});

/** What a column of the file becomes, in the words on screen. */
const becomes = (column: string): Promise<string> =>
  choice(office.page, `Field for column ${column}`).evaluate(
    (select) => (select as HTMLSelectElement).selectedOptions[0]?.label ?? '',
  );

const inReport = (words: string): Locator =>
  office.page.getByRole('status').getByRole('listitem').filter({ hasText: words });

/** The rows that the report lists. */
const reportedRows = () =>
  office.page
    .getByRole('table', { name: 'Rows of the file' })
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.slice(1).map((row) => {
        const [line = '', outcome = '', meeting = '', , , what = ''] = [...row.children].map(
          (cell) => cell.textContent,
        );
        return { line, outcome, meeting, what };
      }),
    );

/** Collects what the window is told of its import from now on. */
async function listenToProgress(): Promise<() => Promise<ImportProgress[]>> {
  await office.page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    window.daybook.on('importProgress', (progress) => heard.push(progress));
  });
  return () => office.page.evaluate(() => (window as unknown as { heard: ImportProgress[] }).heard);
}

const importFinished = (): Promise<void> =>
  office.page.getByRole('heading', { name: 'Import finished' }).waitFor({ timeout: 240_000 });

describe('An office that brings its meetings along', () => {
  it('makes the office first and is then led to the import', async () => {
    const { page } = office;
    await button(page, /^Import meetings/).click();
    await title(page, 'Your office').waitFor();
    await fillOfficeForm(page, {
      office: 'Register office',
      name: 'Ines Duarte',
      userName: 'ines',
      password: 'eight or more',
    });
    await button(page, 'Create the office').click();
    await writtenDown(page);
    await title(page, 'Import meetings').waitFor();
    await office.picture('choose');
  });

  it('is told in a sentence when a dropped file is no table', async () => {
    const { page } = office;
    const picture = path.join(office.folder, 'logo.png');
    writeFileSync(picture, Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'));
    await drop(page, picture);
    const said = page.getByRole('alert');
    await said.waitFor();
    expect(await said.innerText()).toMatch(/^[A-Z][^\n]*\.$/);
    expect(await ask(page, 'meetings', 'filter', { limit: 0 })).toMatchObject({ total: 0 });
    await office.picture('no table');
  });

  it('drops its table on the window and finds the columns understood', async () => {
    const { page } = office;
    await drop(page, register.file);
    await page.getByRole('table', { name: 'Columns of the file' }).waitFor();
    const understood = {
      title: 'Title',
      lobbyists: 'Client',
      mep: 'Owner',
      date: 'Start',
      committees: 'Tags',
      country: 'Tags',
      epid: 'Leave out',
    };
    for (const [column, meaning] of Object.entries(understood))
      expect(await becomes(column), column).toBe(meaning);
    await office.picture('columns');
  });

  it('cannot begin while no column holds the client', async () => {
    const { page } = office;
    await choice(page, 'Field for column lobbyists').selectOption({ label: 'Leave out' });
    const said = page.getByRole('alert');
    await said.waitFor();
    expect(await said.innerText()).toBe('Still without a column: Client.');
    // It stays in reach of the keyboard and says that it cannot be used, so the click is forced on it.
    const start = page.getByRole('main').getByRole('button', { name: 'Import', exact: true });
    expect(await start.getAttribute('aria-disabled')).toBe('true');
    await start.click({ force: true });
    expect(await page.getByRole('progressbar').count()).toBe(0);
    await choice(page, 'Field for column lobbyists').selectOption({ label: 'Client' });
    await said.waitFor({ state: 'detached' });
  });

  it('can stop half-way, and nothing of it stays', async () => {
    const { page } = office;
    await button(page, 'Choose another file').click();
    await drop(page, manyTimes(register, 8, office.folder));
    await page.getByRole('table', { name: 'Columns of the file' }).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('progressbar', { name: 'Import progress' }).waitFor();
    await until(
      'some of it was read',
      () => page.getByRole('main').innerText(),
      (words) => !/\b0 rows read/.test(words),
    );
    await office.picture('half way');
    await button(page, 'Cancel import').click();
    await page.getByText('The import was cancelled. Nothing of it stays.').waitFor();
    expect(await ask(page, 'meetings', 'filter', { limit: 0 })).toMatchObject({ total: 0 });
    expect(await ask(page, 'clients', 'list', { limit: 0 })).toMatchObject({ total: 0 });
  });

  it('follows its progress to a report of what came in and what did not', async () => {
    const { page } = office;
    const progress = await listenToProgress();
    await drop(page, register.file);
    await page.getByRole('table', { name: 'Columns of the file' }).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
    await importFinished();
    const heard = await progress();
    const shares = heard.map(({ share }) => share);
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const last = heard.at(-1);
    expect(last).toMatchObject({ state: 'done', rowsRead: register.rows.length });
    expect((last?.rowsAccepted ?? 0) + (last?.rowsRefused ?? 0)).toBe(register.rows.length);
    const accepted = (last?.rowsAccepted ?? 0).toLocaleString('en-GB');
    await inReport(`${accepted} new meetings`).waitFor();
    const refused = last?.rowsRefused ?? 0;
    await inReport(`${refused.toLocaleString('en-GB')} row${refused === 1 ? '' : 's'} refused`).waitFor();
    await office.picture('report');
    await button(page, 'Show meetings').click();
    await title(page, 'Meetings').waitFor();
    await settled(page);
    expect(await total(page)).toBe(last?.rowsAccepted);
  });

  it('browses what came in, which is what stands in the file', async () => {
    const { page } = office;
    imported = await everyMeeting(page);
    expect(imported).toHaveLength(await total(page));
    const shown = await shownRows(page);
    expect(shown.map(({ cells }) => cells[1])).toEqual(
      imported.slice(0, shown.length).map((meeting) => meeting.title),
    );
    const titles = new Set(register.rows.map(({ title: words = '' }) => words.trim()));
    const startOfATitle = (words: string): boolean =>
      [...titles].some((each) => each.startsWith(words.replace(/…$/, '')));
    // What is too long for a title is cut and stands in full in the details.
    const strangers = imported.filter(
      ({ title: words, details }) =>
        !titles.has(words) && !(startOfATitle(words) && titles.has(details.split('\n', 1)[0] ?? '')),
    );
    expect(strangers.map(({ title: words }) => words)).toEqual([]);
    await list(page).focus();
    await press(page, 'End');
    await settled(page);
    await row(page, imported.length - 1)
      .getByText(imported.at(-1)?.title ?? '', { exact: true })
      .waitFor();
    await office.picture('browsed');
  });

  it('filters it by tag and by client', async () => {
    const { page } = office;
    await list(page).focus();
    await press(page, 'Home');
    const inFile = register.rows.filter(({ committees = '' }) => committees.includes("'ENVI'")).length;
    await field(page, 'Find a tag').fill('envi');
    await option(page, 'ENVI').check();
    await settled(page);
    expect(await total(page)).toBe(keptBy({ tag: ['ENVI'] }, imported).length);
    // Rows that were refused are missing, and there are not many of these.
    expect(Math.abs((await total(page)) - inFile)).toBeLessThan(20);
    await button(page, 'Clear all').click();
    await settled(page);
    await field(page, 'Find a tag').press('Escape');

    const { facets } = await ask(page, 'meetings', 'filter', { limit: 0, facets: ['client'] });
    const busiest = facets.client?.[0];
    await option(page, busiest?.label ?? '').check();
    await settled(page);
    expect(await total(page)).toBe(busiest?.count);
    const ofClient = register.rows.filter(({ lobbyists = '' }) => lobbyists.trim() === busiest?.label);
    expect(busiest?.count).toBe(ofClient.length);
    await office.picture('filtered');
    await button(page, 'Clear all').click();
    await settled(page);
  });

  it('finds words with accents by plain letters', async () => {
    const { page } = office;
    const search = page.getByRole('searchbox', { name: 'Search meetings' });
    for (const typed of ['federation', 'FÉDÉRATION']) {
      await search.fill(typed);
      await settled(page);
      const kept = containing('federation', imported);
      expect(kept.some(({ client, title: words }) => /[éÉ]/.test(client.name + words))).toBe(true);
      expect(await total(page), typed).toBe(kept.length);
    }
    await search.press('Escape');
    await settled(page);
  });

  it('takes all of it back in one step', async () => {
    const { page } = office;
    await goTo(page, 'Journal');
    const name = path.basename(register.file);
    await button(page, `Undo: Imported “${name}”`).click();
    await note(page, 'Undone.').waitFor();
    await goTo(page, 'Meetings');
    await page.getByText('No meetings yet').waitFor();
    const answer = await ask(page, 'meetings', 'filter', { limit: 1, facets: ['client', 'tag', 'owner'] });
    expect(answer).toMatchObject({ total: 0, rows: [], facets: { client: [], tag: [], owner: [] } });
    expect(await ask(page, 'clients', 'list', { limit: 10 })).toEqual({ rows: [], total: 0 });
  });
});

describe('A table with mistakes in it', () => {
  const lines = [
    'When;Customer;Subject;Remarks;Channel',
    '03.02.2026;Bäckerei Nowak;Vertrag;"Zwei Zeilen,',
    'eine davon hier";Anruf',
    '31.02.2026;Bäckerei Nowak;Den Tag gibt es nicht;;Anruf',
    '04.02.2026;;Ohne Kunden;;Anruf',
    '05.02.2026;Nowak & Söhne;In Ordnung;;Besuch',
    'gestern;Nowak & Söhne;Kein Datum;;E-Mail',
  ];

  it('comes in without them, and each is reported with its line and the reason', async () => {
    const { page } = office;
    const file = path.join(office.folder, 'besuche.csv');
    writeFileSync(file, lines.join('\r\n'));
    await goTo(page, 'Import');
    await button(page, 'Import another file').click();
    if (office.program.electron) {
      await answerFileDialog(office.program, null);
      await button(page, 'Choose a file').click();
      await answerFileDialog(office.program, file);
      await button(page, 'Choose a file').click();
    } else {
      await drop(page, file);
    }
    await page.getByRole('table', { name: 'Columns of the file' }).waitFor();
    for (const [column, meaning] of [
      ['When', 'Start'],
      ['Customer', 'Client'],
      ['Subject', 'Title'],
      ['Remarks', 'Details'],
      ['Channel', 'Type'],
    ] as const)
      expect(await becomes(column), column).toBe(meaning);
    const me = choice(page, 'Owner, if none is given');
    await me.selectOption({ label: 'Ines Duarte' });
    await page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
    await importFinished();
    await inReport('2 new meetings').waitFor();
    await inReport('2 new clients').waitFor();
    await inReport('3 rows refused').waitFor();
    await button(page, 'Refused 3').click();
    const reported = await reportedRows();
    expect(reported.map(({ line }) => line)).toEqual(['4', '5', '7']);
    for (const { what: reason } of reported) expect(reason).toMatch(/^[A-Z][^\n]*\.$/);
    await office.picture('refused rows');
  });

  it('is taken back from its report', async () => {
    const { page } = office;
    await button(page, 'Undo this import').click();
    await page.getByText('The import was taken back.').waitFor();
    expect(await ask(page, 'meetings', 'filter', { limit: 0 })).toMatchObject({ total: 0 });
    await goTo(page, 'Clients');
    await page.getByText('No clients yet').waitFor();
  });
});

describe('An extract that comes every month', () => {
  const january = [
    'Id;Customer;Subject;When;Stage;Adviser',
    'K-7;Bäckerei Nowak;Vertrag;03.02.2026;offen;Ute Kranz',
    'K-9;Nowak & Söhne;Beratung;05.02.2026;offen;Ute Kranz',
  ];
  const february = [
    january[0],
    'K-7;Bäckerei Nowak;Vertrag;03.02.2026;erledigt;Ute Kranz',
    january[2],
    'K-12;Nowak & Söhne;Beratung;05.03.2026;geplant;Jo Lang',
    'K-13;Nowak & Söhne;Beratung;35.03.2026;geplant;Jo Lang',
  ];
  const offer = async (name: string, lines: readonly (string | undefined)[]): Promise<void> => {
    const { page } = office;
    const file = path.join(office.folder, name);
    writeFileSync(file, lines.join('\r\n'));
    await goTo(page, 'Import');
    await drop(page, file);
    await page.getByRole('table', { name: 'Columns of the file' }).waitFor();
  };

  it('comes in for the first time, with its ids, and its owners see their clients', async () => {
    const { page } = office;
    await offer('january.csv', january);
    expect(await becomes('Id')).toBe('External id');
    expect(await becomes('Adviser')).toBe('Owner');
    await choice(page, 'An owner who is no user yet').selectOption({ label: 'New user' });
    await page.getByLabel('The owners of their meetings').check();
    await button(page, 'Save as template…').click();
    await field(page, 'Name').fill('Monthly extract');
    await button(page, 'Save').click();
    await choice(page, 'Template').waitFor();
    await office.picture('rules');
    await page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
    await importFinished();
    await inReport('2 new meetings').waitFor();
    const { users } = await ask(page, 'users', 'list', {});
    expect(users.find(({ displayName }) => displayName === 'Ute Kranz')).toMatchObject({
      active: false,
      clients: 2,
    });
  });

  it('is checked the next time, before anything is written', async () => {
    const { page } = office;
    await offer('february.csv', february);
    expect(await choice(page, 'Template').inputValue()).toBe('Monthly extract');
    expect(await page.getByLabel('The owners of their meetings').isChecked()).toBe(true);
    await button(page, 'Check first').click();
    await page.getByRole('heading', { name: 'What an import would do' }).waitFor();
    await inReport('1 new meeting').waitFor();
    await inReport('1 meeting changed').waitFor();
    await inReport('1 row refused').waitFor();
    expect(await reportedRows()).toEqual([
      { line: '2', outcome: 'Changed', meeting: 'Vertrag', what: 'Status: Open → Closed' },
      { line: '3', outcome: 'Unchanged', meeting: 'Beratung', what: '' },
      { line: '4', outcome: 'New', meeting: 'Beratung', what: '' },
      {
        line: '5',
        outcome: 'Refused',
        meeting: '',
        what: 'The date "35.03.2026" does not exist or cannot be read.',
      },
    ]);
    await office.picture('checked');
    await button(page, 'Changed 1').click();
    await until('only what changes is listed', reportedRows, (rows) => rows.length === 1);
    expect(await ask(page, 'meetings', 'filter', { limit: 0 })).toMatchObject({ total: 2 });
  });

  it('then changes just that, and can be taken back', async () => {
    const { page } = office;
    await page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
    await importFinished();
    const all = { sort: [{ by: 'start' as const, direction: 'ascending' as const }], limit: 10 };
    const statuses = async () =>
      (await ask(page, 'meetings', 'filter', all)).rows.map(({ status }) => status);
    expect(await statuses()).toEqual(['closed', 'open', 'planned']);
    await button(page, 'Undo this import').click();
    await page.getByText('The import was taken back.').waitFor();
    expect(await statuses()).toEqual(['open', 'open']);
  });
});
