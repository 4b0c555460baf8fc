// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { MemoryDaybook } from './memoryDaybook.ts';
import { lastInput, open, settled, signIn, signOut, totalText } from './screen.tsx';

const more = () => screen.getByRole('button', { name: /^More filters/ });
const sentence = (): string => screen.getByRole('group', { name: 'Filter' }).textContent ?? '';
const typed = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

/** The order of the rows asked for last; counts have none. */
const lastSort = ({ calls }: MemoryDaybook): unknown =>
  calls
    .filter(({ call }) => call === 'meetings.filter')
    .map(({ input }) => (input as { sort?: unknown }).sort)
    .findLast((sort) => sort !== undefined);

describe('the rarer filters', () => {
  it('stay out of sight and uncounted until they are asked for, and are remembered as they were left', async () => {
    const { memory, person } = await open({ user: 'anna' });
    expect(screen.queryByRole('group', { name: 'City' })).toBeNull();
    await person.click(more());
    await settled();
    expect(lastInput(memory, 'meetings.filter')['facets']).toEqual(
      expect.arrayContaining(['clientKind', 'clientCity', 'clientOwner']),
    );
    expect(await screen.findByRole('group', { name: 'City' })).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Clients' }));
    await screen.findByRole('button', { name: 'New client' });
    await person.click(screen.getByRole('button', { name: 'Meetings' }));
    await settled();
    expect(more().getAttribute('aria-expanded')).toBe('true');
    await signOut(person);
    await signIn(person, 'anna');
    await settled();
    expect(more().getAttribute('aria-expanded')).toBe('true');
    await person.click(more());
    expect(screen.queryByRole('group', { name: 'City' })).toBeNull();
  });

  it('narrow by kind of client, city and who looks after it, and are said in the sentence', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.click(more());
    await settled();
    const companies = await screen.findByRole('checkbox', { name: /^Company / });
    await person.click(companies);
    await settled();
    const city = within(screen.getByRole('group', { name: 'City' }));
    await person.type(screen.getByLabelText('Find a city'), 'ghe');
    await waitFor(() => expect(city.getAllByRole('checkbox')).toHaveLength(1));
    await person.click(city.getByRole('checkbox', { name: /^Ghent / }));
    await settled();
    const kept = totalText();
    expect(
      screen.getByRole('checkbox', { name: new RegExp(`^Ghent ${kept.split(' ')[0] ?? ''}$`) }),
    ).toBeTruthy();
    await person.type(screen.getByLabelText('Find a person'), 'anna');
    const people = within(screen.getByRole('group', { name: 'Looked after by' }));
    await waitFor(() => expect(people.getAllByRole('checkbox')).toHaveLength(1));
    await person.click(people.getAllByRole('checkbox')[0] as Element);
    await settled();
    const anna = memory.office_.users[0]?.id ?? '';
    expect(lastInput(memory, 'meetings.filter')['where']).toEqual({
      all: [
        { field: 'clientKind', op: 'anyOf', values: ['company'] },
        { field: 'clientCity', op: 'anyOf', values: ['Ghent'] },
        { field: 'clientOwner', op: 'anyOf', values: [anna] },
      ],
    });
    expect(sentence()).toBe(
      'meetingswith a client that is a Companywith clients in Ghentwith clients looked after by Anna PeetersClear all',
    );
    expect(more().textContent).toContain('3 set');
  });

  it('narrow by length, and say what is wrong with it in one sentence without asking', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.click(more());
    await settled();
    await person.type(typed('Duration: From'), '45');
    await person.type(typed('Duration: To'), '90');
    await settled();
    expect(lastInput(memory, 'meetings.filter')['where']).toEqual({
      all: [{ field: 'duration', op: 'between', values: [45, 90] }],
    });
    expect(sentence()).toContain('lasting 45 min to 1 h 30 min');
    const asked = memory.calls.length;
    for (const [wrong, said] of [
      ['ten', 'Minutes are whole numbers from 0 to 10,080.'],
      ['-5', 'Minutes are whole numbers from 0 to 10,080.'],
      ['10081', 'Minutes are whole numbers from 0 to 10,080.'],
      ['1.5', 'Minutes are whole numbers from 0 to 10,080.'],
    ]) {
      await person.clear(typed('Duration: To'));
      await settled();
      memory.calls.length = asked;
      await person.type(typed('Duration: To'), wrong ?? '');
      expect(await screen.findByRole('alert')).toHaveProperty('textContent', said);
    }
    await person.clear(typed('Duration: To'));
    await person.type(typed('Duration: To'), '30');
    expect(await screen.findByRole('alert')).toHaveProperty(
      'textContent',
      'The range ends before it starts.',
    );
    // What is written in another window does not ask the question that would be refused.
    memory.emit('changed', { entry: 1, nouns: ['meeting'] });
    await settled();
    expect(screen.queryByText('Try again')).toBeNull();
    await person.click(screen.getByRole('button', { name: 'Clear all' }));
    await settled();
    expect(typed('Duration: From').value).toBe('');
    expect(totalText()).toBe('600 meetings');
  });

  it('narrow by the days on which meetings were created and changed', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.click(more());
    await settled();
    await person.click(screen.getByRole('button', { name: 'Created: This year' }));
    await settled();
    const year = String(new Date().getFullYear());
    const from = await screen.findByRole('textbox', { name: 'Changed: From' });
    await person.type(from, '2/1/2025{Tab}');
    await settled();
    expect(lastInput(memory, 'meetings.filter')['where']).toEqual({
      all: [
        { field: 'created', op: 'between', values: [`${year}-01-01`, `${year}-12-31`] },
        { field: 'changed', op: 'between', values: ['2025-01-02', null] },
      ],
    });
    expect(sentence()).toContain(`created from 01 Jan ${year} to 31 Dec ${year}`);
    expect(sentence()).toContain('changed from 02 Jan 2025');
    expect(screen.queryByRole('button', { name: 'Created: Next 30 days' })).toBeNull();
  });

  it('say how many of them are set when they are hidden', async () => {
    const { person } = await open({ user: 'anna' });
    await person.click(more());
    await settled();
    await person.type(typed('Duration: From'), '45');
    await person.click(more());
    expect(more().textContent).toBe('More filters1 set');
    expect(more().getAttribute('aria-expanded')).toBe('false');
  });
});

describe('relevance', () => {
  const offered = (): string[] =>
    within(screen.getByLabelText('Sort by'))
      .getAllByRole('option')
      .map(({ textContent }) => textContent ?? '');

  it('is an order as long as something is looked for, and gives way to the one before it', async () => {
    const { memory, person } = await open({ user: 'anna' });
    expect(offered()).not.toContain('Relevance');
    await person.selectOptions(screen.getByLabelText('Sort by'), 'Title');
    await person.type(screen.getByRole('searchbox'), 'tax');
    await settled();
    expect(offered()).toContain('Relevance');
    await person.selectOptions(screen.getByLabelText('Sort by'), 'Relevance');
    await settled();
    expect(lastSort(memory)).toEqual([
      { by: 'relevance', direction: 'descending' },
      { by: 'title', direction: 'ascending' },
    ]);
    await person.clear(screen.getByRole('searchbox'));
    await waitFor(() => expect(totalText()).toBe('600 meetings'));
    expect(offered()).not.toContain('Relevance');
    expect(screen.getByLabelText<HTMLSelectElement>('Sort by').value).toBe('title');
    expect(lastSort(memory)).toEqual([{ by: 'title', direction: 'ascending' }]);
  });

  it('goes with the text when the sentence is taken apart or cleared', async () => {
    const { memory, person } = await open({ user: 'anna' });
    for (const name of ['Remove “tax”', 'Clear all']) {
      await person.type(screen.getByRole('searchbox'), 'tax');
      await settled();
      await person.selectOptions(screen.getByLabelText('Sort by'), 'Relevance');
      await settled();
      await person.click(screen.getByRole('button', { name }));
      await waitFor(() => expect(totalText()).toBe('600 meetings'));
      expect(lastSort(memory)).toEqual([{ by: 'start', direction: 'descending' }]);
    }
  });
});

describe('words that are looked for', () => {
  const marks = (within: ParentNode): string[] =>
    [...within.querySelectorAll('mark')].map(({ textContent }) => textContent ?? '');

  it('are marked in title, client and details, accents and case aside', async () => {
    const { person } = await open({ user: 'anna' });
    await person.type(screen.getByRole('searchbox'), 'ÁGREED ren');
    await settled();
    const list = screen.getByRole('grid');
    expect(marks(list).length).toBeGreaterThan(0);
    expect(marks(list).every((mark) => mark.toLowerCase() === 'ren')).toBe(true);
    await person.keyboard('{Enter}j{Enter}');
    const pane = screen.getByRole('complementary', { name: 'Meeting details' });
    expect(marks(pane)).toContain('agreed');
    await person.click(screen.getByRole('button', { name: 'Clear search' }));
    await waitFor(() => expect(marks(document)).toEqual([]));
  });

  it('never become anything but text', async () => {
    const { memory, person } = await open({ user: 'anna' });
    const [first] = memory.office_.meetings;
    const title = '<img src=x onerror=alert(1)> img & "quotes"';
    if (first) first.title = title;
    await person.type(screen.getByRole('searchbox'), '<img src=x');
    await settled();
    expect(screen.getByRole('grid').querySelector('img')).toBeNull();
    expect(
      screen.getByText((_, element) => element?.tagName === 'SPAN' && element.textContent === title),
    ).toBeTruthy();
    expect(marks(screen.getByRole('grid'))).toEqual(['img', 'src', 'img']);
  });
});
