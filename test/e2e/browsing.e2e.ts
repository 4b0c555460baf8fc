import { beforeEach, describe, expect, it } from 'vitest';
import type { Meeting, SortField } from '../../electron/contract/meetings.ts';
import { ask } from './support/daybook.ts';
import { button, enterDemo, field, goTo, heading, settled, title, total } from './support/doing.ts';
import { containing, everyMeeting, keptBy } from './support/everything.ts';
import { countOf, list, option, row, shownRows } from './support/list.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const office = story('browsing', () => ({ args: ['--demo'] }));

let everything: Meeting[] = [];

const titlesOf = (meetings: readonly { title: string }[], count: number): string[] =>
  meetings.slice(0, count).map((meeting) => meeting.title);

async function shownTitles(): Promise<string[]> {
  await settled(office.page);
  return (await shownRows(office.page)).map(({ cells }) => cells[1] ?? '');
}

async function clearFilter(): Promise<void> {
  await button(office.page, 'Clear all').click();
  await settled(office.page);
}

/** Whatever became of the test before. */
beforeEach(async () => {
  const clear = button(office.page, 'Clear all');
  if ((await clear.count()) > 0) await clearFilter();
});

describe('The meetings of a busy office', () => {
  it('are listed with the latest on top and their number beside the search', async () => {
    const { page } = office;
    await enterDemo(page);
    everything = await everyMeeting(page);
    expect(everything).toHaveLength(20_000);
    expect(await page.getByRole('status').innerText()).toBe('20,000 meetings');
    expect(await list(page).getAttribute('aria-rowcount')).toBe('20001');
    const shown = await shownTitles();
    expect(shown.length).toBeGreaterThan(15);
    expect(shown).toEqual(titlesOf(everything, shown.length));
    await office.picture('all meetings');
  });

  it('can be narrowed by ticking boxes, and every box says how many it would leave', async () => {
    const { page } = office;
    await option(page, 'Email').check();
    await option(page, 'Open').check();
    await option(page, 'Waiting').check();
    await settled(page);
    const kept = keptBy({ type: ['email'], status: ['open', 'waiting'] }, everything);
    expect(kept.length).toBeGreaterThan(100);
    expect(await total(page)).toBe(kept.length);
    const shown = await shownTitles();
    expect(shown).toEqual(titlesOf(kept, shown.length));

    // A box counts under all other conditions: those of its own facet do not narrow it.
    const sms = keptBy({ type: ['sms'], status: ['open', 'waiting'] }, everything);
    const closed = keptBy({ type: ['email'], status: ['closed'] }, everything);
    const urgent = keptBy({ priority: ['urgent'] }, kept);
    expect(await countOf(page, 'SMS')).toBe(sms.length);
    expect(await countOf(page, 'Closed')).toBe(closed.length);
    expect(await countOf(page, 'Urgent')).toBe(urgent.length);
    expect(await page.getByRole('group', { name: 'Filter', exact: true }).innerText()).toMatch(
      /Email\s*meetings\s*that are\s*Open or Waiting/,
    );
    await office.picture('email that is open or waiting');
  });

  it('show in every box what the program itself answers', async () => {
    const { page } = office;
    for (const label of ['Email', 'Open', 'Waiting']) await option(page, label).check();
    await settled(page);
    const { facets, total: answered } = await ask(page, 'meetings', 'filter', {
      where: {
        all: [
          { field: 'type', op: 'anyOf', values: ['email'] },
          { field: 'status', op: 'anyOf', values: ['open', 'waiting'] },
        ],
      },
      limit: 0,
      facets: ['type', 'status', 'priority', 'owner', 'tag', 'client'],
    });
    expect(await total(page)).toBe(answered);
    const names = await page
      .getByRole('complementary', { name: 'Filters' })
      .getByRole('checkbox')
      .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-label') ?? ''));
    const wide = [...(facets.owner ?? []), ...(facets.tag ?? []), ...(facets.client ?? [])];
    expect(wide.length).toBeGreaterThan(30);
    for (const { label, count } of wide) expect(names).toContain(`${label} ${count.toLocaleString('en-GB')}`);
    const short = [...(facets.type ?? []), ...(facets.status ?? []), ...(facets.priority ?? [])];
    for (const { label, count } of short) {
      const shown = names.filter(
        (name) => name.toLowerCase() === `${label} ${count.toLocaleString('en-GB')}`,
      );
      expect(shown, label).not.toEqual([]);
    }
  });

  it('of a client beyond those on offer are found by a part of its name', async () => {
    const { page } = office;
    await field(page, 'Find a client').fill('muller');
    const clients = await until(
      'clients are found',
      () => page.getByRole('group', { name: 'Client', exact: true }).getByRole('checkbox').count(),
      (count) => count < 20,
    );
    expect(clients).toBeGreaterThan(0);
    const first = page.getByRole('group', { name: 'Client', exact: true }).getByRole('checkbox').first();
    const [, name = '', count] = /^(.*) ([\d,]+)$/.exec((await first.getAttribute('aria-label')) ?? '') ?? [];
    await first.check();
    await settled(page);
    expect(await total(page)).toBe(Number(count));
    expect(keptBy({ client: [name] }, everything)).toHaveLength(Number(count));
    await field(page, 'Find a client').press('Escape');
  });

  it('can be put in order by any column, both ways', { timeout: 600_000 }, async () => {
    const { page } = office;
    const columns: readonly [header: string, by: SortField, first: 'ascending' | 'descending'][] = [
      ['Title', 'title', 'ascending'],
      ['Client', 'client', 'ascending'],
      ['Type', 'type', 'ascending'],
      ['Status', 'status', 'ascending'],
      ['Priority', 'priority', 'descending'],
      ['Owner', 'owner', 'ascending'],
      ['Duration', 'duration', 'descending'],
      ['Start', 'start', 'descending'],
    ];
    for (const [header, by, first] of columns) {
      const second = first === 'ascending' ? 'descending' : 'ascending';
      const ends: Meeting[][] = [];
      for (const direction of [first, second] as const) {
        await button(list(page), header).click();
        const shown = await shownTitles();
        const column = page.getByRole('columnheader', { name: header, exact: true });
        expect(await column.getAttribute('aria-sort')).toBe(direction);
        const { rows } = await ask(page, 'meetings', 'filter', { sort: [{ by, direction }], limit: 100 });
        expect(shown, `${header} ${direction}`).toEqual(titlesOf(rows, shown.length));
        ends.push(rows);
      }
      // Turned round, the list begins where it ended before.
      const { rows: tail } = await ask(page, 'meetings', 'filter', {
        sort: [{ by, direction: first }],
        offset: everything.length - 100,
        limit: 100,
      });
      expect(tail.map(({ id }) => id).reverse()).toEqual(ends[1]?.map(({ id }) => id));
    }
    await button(list(page), 'Start').click();
  });

  it('end with the oldest, which the End key leads to', async () => {
    const { page } = office;
    await settled(page);
    await list(page).focus();
    await page.keyboard.press('End');
    await settled(page);
    const last = everything.at(-1);
    await row(page, 19_999).filter({ hasText: last?.title }).waitFor();
    expect(await row(page, 19_999).getAttribute('aria-selected')).toBe('true');
    const active = await list(page).getAttribute('aria-activedescendant');
    expect(await row(page, 19_999).getAttribute('id')).toBe(active);
    await page.keyboard.press('PageUp');
    await page.keyboard.press('k');
    await settled(page);
    expect((await shownRows(page)).every(({ cells }) => cells.some((cell) => cell !== ''))).toBe(true);
    await page.keyboard.press('Home');
    await settled(page);
    expect((await shownTitles())[0]).toBe(everything[0]?.title);
  });

  it('open beside the list with Enter, and close with Escape', async () => {
    const { page } = office;
    await list(page).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const pane = page.getByRole('complementary', { name: 'Meeting details' });
    const meeting = everything[2];
    await heading(pane, meeting?.title ?? '').waitFor();
    const words = await pane.innerText();
    expect(words).toContain(meeting?.client.name);
    expect(words).toContain(meeting?.owner.name);
    expect(words).toContain(meeting?.details);
    await office.picture('a meeting');
    await page.keyboard.press('ArrowDown');
    await heading(pane, everything[3]?.title ?? '').waitFor();
    await list(page).focus();
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
  });

  it('are found by any part of a word, with or without accents', async () => {
    const { page } = office;
    for (const [typed, letters] of [
      ['ccoun', 'ccoun'],
      ['MULLER', 'müller'],
      ['liège', 'Liege'],
    ] as const) {
      await page.getByRole('searchbox', { name: 'Search meetings' }).fill(typed);
      await settled(page);
      const kept = containing(letters, everything);
      expect(kept.length, typed).toBeGreaterThan(0);
      expect(await total(page), typed).toBe(kept.length);
      const shown = await shownTitles();
      expect(shown, typed).toEqual(titlesOf(kept, shown.length));
    }
    await office.picture('search');
    await page.keyboard.press('Escape');
    await settled(page);
    expect(await total(page)).toBe(20_000);
  });

  it('of a range of days are found, and a range that ends before it starts is said so', async () => {
    const { page } = office;
    await field(page, 'From').fill('2026-03-02');
    await field(page, 'From').press('Enter');
    await field(page, 'To').fill('6/3/2026');
    await field(page, 'To').press('Enter');
    await settled(page);
    const { total: answered } = await ask(page, 'meetings', 'filter', {
      where: { field: 'start', op: 'between', values: ['2026-03-02', '2026-03-06'] },
      limit: 0,
    });
    const dayIn = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Brussels' });
    const counted = everything.filter(({ start }) => {
      const day = 'date' in start ? start.date : dayIn.format(new Date(start.at));
      return day >= '2026-03-02' && day <= '2026-03-06';
    });
    expect(await total(page)).toBe(counted.length);
    expect(answered).toBe(counted.length);
    await field(page, 'To').fill('2026-03-01');
    await field(page, 'To').press('Enter');
    expect(await page.getByRole('alert').innerText()).toBe('The range ends before it starts.');
  });

  it('stay filtered as they were when one comes back from another screen', async () => {
    const { page } = office;
    await option(page, 'Visit').check();
    await option(page, 'Closed').check();
    await page.getByRole('searchbox', { name: 'Search meetings' }).fill('contract');
    await settled(page);
    const before = { total: await total(page), rows: await shownRows(page) };
    expect(before.total).toBeGreaterThan(0);
    await goTo(page, 'Clients');
    await settled(page);
    await goTo(page, 'Meetings');
    await settled(page);
    expect(await option(page, 'Visit').isChecked()).toBe(true);
    expect(await page.getByRole('searchbox', { name: 'Search meetings' }).inputValue()).toBe('contract');
    expect({ total: await total(page), rows: await shownRows(page) }).toEqual(before);
    await title(page, 'Meetings').waitFor();
    await button(page, 'Remove Visit').click();
    await settled(page);
    expect(await option(page, 'Visit').isChecked()).toBe(false);
    expect(await total(page)).toBeGreaterThan(before.total);
    await clearFilter();
    expect(await total(page)).toBe(20_000);
  });
});
