// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { somethingDiffers } from './memory/checkReports.ts';
import { sampleOffice } from './memory/sampleOffice.ts';
import { open, settled } from './screen.tsx';

const navigation = () => within(screen.getByRole('navigation', { name: 'Main navigation' }));
/** What can be pressed on the screen itself. */
const offered = (): string[] =>
  within(screen.getByRole('main'))
    .queryAllByRole('button')
    .map((button) => button.getAttribute('aria-label') ?? button.textContent ?? '');

describe('a copy to read', () => {
  const inCopy = async () => {
    const office = { ...sampleOffice(), demo: false };
    const [{ id, displayName: name } = { id: '', displayName: '' }] = office.users;
    office.journal.push({
      ...{ entry: 1, at: '2026-11-20T08:00:00.000Z', by: { id, name }, action: 'update', noun: 'user' },
      ...{ subject: id, label: name, before: null, after: null, undoneBy: null },
    });
    const opened = await open({ office });
    opened.memory.status_ = { readOnlyCopy: true };
    opened.memory.emit('officeStatus', {});
    await screen.findByText(/^This is a copy to read/);
    await opened.person.type(screen.getByLabelText('User name'), 'anna');
    await opened.person.type(screen.getByLabelText('Password'), 'demo-office');
    await opened.person.click(screen.getByRole('button', { name: 'Sign in' }));
    await settled();
    return opened;
  };

  it('offers an administrator nothing that writes', async () => {
    const { memory, person } = await inCopy();
    expect(screen.queryByRole('button', { name: 'New meeting' })).toBeNull();
    expect(navigation().queryByRole('button', { name: 'Import' })).toBeNull();
    await person.click(navigation().getByRole('button', { name: 'Users' }));
    await screen.findByRole('table', { name: 'Users' });
    expect(offered()).toEqual([]);
    await person.click(navigation().getByRole('button', { name: 'Journal' }));
    await screen.findByText(/Changed the user/);
    expect(offered()).toEqual([]);
    await person.click(screen.getByRole('button', { name: /^User menu/ }));
    await screen.findByRole('menuitem', { name: 'Sign out' });
    expect(screen.queryByRole('menuitem', { name: 'Office…' })).toBeNull();
    await person.keyboard('{Escape}');
    memory.emit('command', { id: 'office.settings' });
    expect(await screen.findByText('This is a copy to read, so nothing can be saved.')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('can be checked, and is not repaired', async () => {
    const { memory, person } = await inCopy();
    memory.check_ = somethingDiffers;
    memory.emit('command', { id: 'office.check' });
    const dialog = within(await screen.findByRole('dialog', { name: 'Check this office' }));
    await person.click(dialog.getByRole('button', { name: 'Check now' }));
    await dialog.findByText('2 entries are missing in the index by type.');
    expect(dialog.queryByRole('button', { name: 'Repair' })).toBeNull();
    expect(dialog.getByText('It can be repaired only in the office itself, not in this copy.')).toBeTruthy();
  });
});

describe('an empty list', () => {
  const emptyFor = (user: string) => open({ user, office: { ...sampleOffice(), meetings: [], clients: [] } });
  const said = async (sentence: string): Promise<void> => {
    await waitFor(() => expect(screen.getByText(sentence)).toBeTruthy());
  };

  it.each([
    ['anna', 'Write the first one down, or import the ones you have.'],
    ['chloe', 'Write the first one down.'],
    ['greta', 'There are none that you may see.'],
  ])('of meetings tells %s what they can do about it', async (user, sentence) => {
    await emptyFor(user);
    await said(sentence);
    expect(screen.queryAllByRole('button', { name: 'New meeting' }).length > 0).toBe(user !== 'greta');
  });

  it.each([
    ['anna', 'Clients you create, and clients assigned to you, are listed here.'],
    ['greta', 'Clients assigned to you are listed here.'],
  ])('of clients tells %s what will be in it', async (user, sentence) => {
    const { person } = await emptyFor(user);
    await person.click(navigation().getByRole('button', { name: 'Clients' }));
    await said(sentence);
  });
});
