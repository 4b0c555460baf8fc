// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fail } from './memoryDaybook.ts';
import { nextId } from './memory/sampleOffice.ts';
import { grid, lastInput, open, rowTexts, settled, signIn, signOut, totalText } from './screen.tsx';

const option = (name: RegExp) => screen.getByRole('checkbox', { name });
const countIn = (name: RegExp): number =>
  Number(/([\d,]+)$/.exec(option(name).getAttribute('aria-label') ?? '')?.[1]?.replaceAll(',', ''));

describe('the meeting list', () => {
  it('asks for rows and total first, so that counting keeps nobody waiting, then for the counts', async () => {
    const { memory } = await open({ user: 'anna' });
    const asked = memory.calls.filter(({ call }) => call === 'meetings.filter');
    expect(asked).toHaveLength(2);
    expect(asked[0]?.input).toMatchObject({
      offset: 0,
      limit: 100,
      sort: [{ by: 'start', direction: 'descending' }],
      facets: [],
    });
    expect(asked[1]?.input).toMatchObject({
      limit: 0,
      facets: ['type', 'status', 'priority', 'owner', 'tag', 'client'],
    });
    expect(totalText()).toBe('600 meetings');
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('601');
  });

  it('sends a ticked value as a condition and shows value and count in the name', async () => {
    const { memory, person } = await open({ user: 'anna' });
    const emails = countIn(/^Email /);
    await person.click(option(/^Email /));
    await settled();
    expect(lastInput(memory, 'meetings.filter')['where']).toEqual({
      all: [{ field: 'type', op: 'anyOf', values: ['email'] }],
    });
    expect(totalText()).toBe(`${String(emails)} meetings`);
    await person.click(option(/^SMS /));
    await settled();
    expect(totalText()).toBe(`${String(emails + countIn(/^SMS /))} meetings`);
    expect(countIn(/^Email /)).toBe(emails);
  });

  it('leads nowhere when a key was meant for rows that another question has replaced', async () => {
    const { person } = await open({ user: 'anna' });
    const byTitle = grid().getByRole('button', { name: 'Title' });
    const list = screen.getByRole('grid');
    await person.click(byTitle);
    await settled();
    list.focus();
    byTitle.click();
    list.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    await settled();
    expect(list.scrollTop).toBe(0);
    await person.keyboard('j');
    expect(screen.getByRole('row', { selected: true }).getAttribute('aria-rowindex')).toBe('2');
  });

  it('says the filter as a sentence whose parts can be removed', async () => {
    const { person } = await open({ user: 'anna' });
    await person.click(option(/^Email /));
    await person.click(option(/^SMS /));
    await person.click(option(/^Open /));
    await settled();
    const sentence = screen.getByRole('group', { name: 'Filter' });
    expect(sentence.textContent).toBe('Email or SMSmeetingsthat are OpenClear all');
    await person.click(screen.getByRole('button', { name: 'Remove Email or SMS' }));
    await settled();
    expect(sentence.textContent).toBe('meetingsthat are OpenClear all');
    await person.click(screen.getByRole('button', { name: 'Clear all' }));
    await settled();
    expect(totalText()).toBe('600 meetings');
  });

  it('sorts by a clicked header, in both directions, without asking for counts again', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.click(screen.getByRole('button', { name: 'Title' }));
    await settled();
    expect(lastInput(memory, 'meetings.filter')).toMatchObject({
      sort: [{ by: 'title', direction: 'ascending' }],
      facets: [],
    });
    const header = grid().getByRole('columnheader', { name: 'Title' });
    expect(header.getAttribute('aria-sort')).toBe('ascending');
    await person.click(screen.getByRole('button', { name: 'Title' }));
    await settled();
    expect(header.getAttribute('aria-sort')).toBe('descending');
    expect(screen.getAllByRole('checkbox').length).toBeGreaterThan(15);
  });

  it('can be sorted by what has no column', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.selectOptions(screen.getByLabelText('Sort by'), 'Changed');
    await settled();
    expect(lastInput(memory, 'meetings.filter')['sort']).toEqual([
      { by: 'changed', direction: 'descending' },
    ]);
  });

  it('searches while typing, keeps only the latest question, and Escape clears', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('/');
    expect(screen.getByRole('searchbox')).toBe(document.activeElement);
    await person.keyboard('pension');
    await waitFor(() => expect(lastInput(memory, 'meetings.filter')['text']).toBe('pension'));
    await settled();
    expect(totalText()).not.toBe('600 meetings');
    await person.keyboard('{Escape}');
    await waitFor(() => expect(totalText()).toBe('600 meetings'));
  });

  it('finds values of a wide facet by typing, and keeps a chosen one listed with its count', async () => {
    const { memory, person } = await open({ user: 'anna' });
    const clients = within(screen.getByRole('group', { name: 'Client' }));
    const before = clients.getAllByRole('checkbox').length;
    expect(before).toBe(20);
    const listed = clients.getAllByRole('checkbox').map((box) => box.getAttribute('aria-label') ?? '');
    const rare = memory.office_.clients.find(({ name }) => !listed.some((label) => label.startsWith(name)));
    const name = rare?.name ?? '';
    await person.type(screen.getByLabelText('Find a client'), name);
    await waitFor(() =>
      expect(lastInput(memory, 'meetings.facetValues')).toMatchObject({ facet: 'client', search: name }),
    );
    const found = await clients.findByRole('checkbox', { name: new RegExp(`^${name} `) });
    await person.click(found);
    await settled();
    await person.clear(screen.getByLabelText('Find a client'));
    await waitFor(() => {
      const chosen = clients.getByRole<HTMLInputElement>('checkbox', { name: new RegExp(`^${name} `) });
      expect(chosen.checked).toBe(true);
      expect(`${chosen.getAttribute('aria-label')?.replace(`${name} `, '') ?? ''} meetings`).toBe(
        totalText(),
      );
    });
  });

  it('keeps a chosen value listed when nothing matches any more', async () => {
    const { person } = await open({ user: 'anna' });
    await person.click(
      within(screen.getByRole('group', { name: 'Tag' })).getAllByRole('checkbox')[0] as Element,
    );
    await person.type(screen.getByRole('searchbox'), 'zzzz');
    expect(await screen.findByText('No meetings match')).toBeTruthy();
    const tags = within(screen.getByRole('group', { name: 'Tag' }));
    await waitFor(() =>
      expect(tags.getByRole<HTMLInputElement>('checkbox', { name: / 0$/ }).checked).toBe(true),
    );
    await person.click(screen.getByRole('button', { name: 'Clear filter' }));
    await settled();
    expect(totalText()).toBe('600 meetings');
  });

  it('narrows to a range of days and does not ask a reversed one', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.click(screen.getByRole('button', { name: 'This year' }));
    await settled();
    const year = new Date().getFullYear();
    const range = [`${String(year)}-01-01`, `${String(year)}-12-31`];
    expect(lastInput(memory, 'meetings.filter')['where']).toEqual({
      all: [{ field: 'start', op: 'between', values: range }],
    });
    const from = await screen.findByRole('textbox', { name: 'From' });
    await person.clear(from);
    await settled();
    const asked = memory.calls.length;
    await person.type(from, '5/1/2999{Tab}');
    expect(await screen.findByText('The range ends before it starts.')).toBeTruthy();
    expect(memory.calls.length).toBe(asked);
  });

  it('moves with J and K, opens with Enter, and shows everything about the meeting', async () => {
    const { memory, person } = await open({ user: 'anna' });
    expect(screen.getByRole('grid')).toBe(document.activeElement);
    await person.keyboard('jjk');
    const active = screen.getByRole('grid').getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(active)?.getAttribute('aria-rowindex')).toBe('2');
    await person.keyboard('{Enter}');
    const pane = within(screen.getByRole('complementary', { name: 'Meeting details' }));
    const title = pane.getByRole('heading', { level: 2 }).textContent ?? '';
    expect(document.getElementById(active)?.textContent).toContain(title);
    expect(pane.getByText(/agreed to look at the figures/)).toBeTruthy();
    await person.click(pane.getByRole('button', { name: 'More of this client' }));
    await settled();
    const where = lastInput(memory, 'meetings.filter')['where'] as { all: { field: string }[] };
    expect(where.all.map(({ field }) => field)).toEqual(['client']);
  });

  it('comes back to the active row when a key leads to where it is already', async () => {
    const { person } = await open({ user: 'anna' });
    const scroller = screen.getByRole('grid');
    await person.keyboard('{End}');
    const bottom = scroller.scrollTop;
    expect(bottom).toBeGreaterThan(10_000);
    scroller.scrollTop = 0;
    scroller.dispatchEvent(new Event('scroll'));
    await person.keyboard('{End}');
    expect(scroller.scrollTop).toBe(bottom);
  });

  it('deletes with a key and offers to undo it', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('j{Delete}');
    await waitFor(() => expect(totalText()).toBe('599 meetings'));
    await person.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(totalText()).toBe('600 meetings'));
    expect(memory.calls.some(({ call }) => call === 'journal.undo')).toBe(true);
  });

  it('takes the last change back with U', async () => {
    const { person } = await open({ user: 'anna' });
    await person.keyboard('j{Delete}');
    await waitFor(() => expect(totalText()).toBe('599 meetings'));
    await person.keyboard('u');
    await waitFor(() => expect(totalText()).toBe('600 meetings'));
  });

  it('shows at once what was written in another window', async () => {
    const { memory } = await open({ user: 'anna' });
    const [first] = memory.office_.meetings;
    if (first) first.deletedAt = new Date().toISOString();
    memory.emit('changed', { entry: 1, nouns: ['meeting'] });
    await waitFor(() => expect(totalText()).toBe('599 meetings'));
  });

  it('offers no writing to somebody who may only read', async () => {
    const { memory, person } = await open({ user: 'greta' });
    expect(screen.queryByRole('button', { name: 'New meeting' })).toBeNull();
    await person.keyboard('j{Delete}cm');
    expect(memory.calls.some(({ call }) => call === 'meetings.delete')).toBe(false);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('loads pages as they come into sight, without facets', async () => {
    const { memory } = await open({ user: 'anna' });
    const scroller = screen.getByRole('grid');
    scroller.scrollTop = 32 * 240;
    scroller.dispatchEvent(new Event('scroll'));
    await waitFor(() => expect(rowTexts().every((text) => text !== '')).toBe(true));
    const offsets = memory.calls
      .filter(({ call }) => call === 'meetings.filter')
      .map(({ input }) => input as { offset: number; facets: string[] });
    // The page in sight, and the next one before anybody gets there.
    expect(offsets.slice(2)).toMatchObject([
      { offset: 200, facets: [] },
      { offset: 300, facets: [] },
    ]);
  });
});

describe('filters', () => {
  it('survive leaving the screen and coming back', async () => {
    const { person } = await open({ user: 'anna' });
    await person.click(option(/^Email /));
    await settled();
    const total = totalText();
    await person.keyboard('gc');
    await screen.findByRole('grid', { name: 'Clients' });
    await person.keyboard('gm');
    await screen.findByRole('grid', { name: 'Meetings' });
    await settled();
    expect(totalText()).toBe(total);
    expect(option(/^Email /)).toHaveProperty('checked', true);
  });

  it('do not reach another user, and are there again for the same one', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.click(option(/^Email /));
    await settled();
    await signOut(person);
    expect(screen.queryByText(/meetings$/)).toBeNull();
    await signIn(person, 'chloe');
    await screen.findByRole('grid');
    await settled();
    expect(lastInput(memory, 'meetings.filter')).not.toHaveProperty('where');
    expect(option(/^Email /)).toHaveProperty('checked', false);
    await signOut(person);
    await signIn(person, 'anna');
    await screen.findByRole('grid');
    await settled();
    expect(option(/^Email /)).toHaveProperty('checked', true);
  });

  it('that name a client no longer visible are said and can be cleared', async () => {
    const { memory, person } = await open({ user: 'chloe' });
    const box = within(screen.getByRole('group', { name: 'Client' })).getAllByRole('checkbox')[0] as Element;
    await person.click(box);
    await settled();
    memory.office_.assigned.clear();
    memory.emit('changed', { entry: 9, nouns: ['user'] });
    expect(await screen.findByText('This filter names a client that is not there')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Clear filter' }));
    expect(await screen.findByText('No meetings yet')).toBeTruthy();
  });
});

describe('failures', () => {
  it('are one sentence with another try', async () => {
    const { memory, person } = await open({ user: 'anna' });
    memory.before_ = (call) => (call === 'meetings.filter' ? fail('STORE_UNAVAILABLE') : undefined);
    await person.click(option(/^Email /));
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be reached');
    memory.before_ = null;
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('grid');
    await settled();
    expect(option(/^Email /)).toHaveProperty('checked', true);
  });

  it('ask again with the same write id when the outcome is unknown', async () => {
    const { memory, person } = await open({ user: 'anna' });
    let left = 2;
    memory.before_ = (call) => {
      if (call === 'meetings.delete' && left > 0) {
        left -= 1;
        fail('UNKNOWN_OUTCOME');
      }
    };
    await person.keyboard('j{Delete}');
    await waitFor(() => expect(totalText()).toBe('599 meetings'));
    const ids = memory.calls
      .filter(({ call }) => call === 'meetings.delete')
      .map(({ input }) => (input as { writeId: string }).writeId);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  it('keep the write id for the next try when the outcome stays unknown, whatever is answered meanwhile', async () => {
    const { memory, person } = await open({ user: 'anna' });
    const answers = ['UNKNOWN_OUTCOME', 'STORE_UNAVAILABLE', 'STORE_FULL'] as const;
    let asked = 0;
    memory.before_ = (call) => {
      const answer = call === 'meetings.delete' ? answers[asked++] : undefined;
      if (answer) fail(answer);
    };
    await person.keyboard('j{Delete}');
    expect(
      await screen.findByText(/not certain whether this was saved/, {}, { timeout: 5_000 }),
    ).toBeTruthy();
    await person.keyboard('{Delete}');
    await waitFor(() => expect(totalText()).toBe('599 meetings'));
    const ids = memory.calls
      .filter(({ call }) => call === 'meetings.delete')
      .map(({ input }) => (input as { writeId: string }).writeId);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(1);
  });

  it('never speak of a record that is not in the list', async () => {
    const { memory } = await open({ user: 'anna' });
    await expect(memory.meetings.get({ id: nextId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
