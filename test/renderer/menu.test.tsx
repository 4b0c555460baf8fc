// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { CommandId } from '../../electron/contract/commands.ts';
import { sampleOffice } from './memory/sampleOffice.ts';
import { open } from './screen.tsx';

const own = () => ({ ...sampleOffice(), demo: false });

describe('the menu', () => {
  it('says to whoever is not signed in that they sign in first', async () => {
    const { memory } = await open({ office: own() });
    await screen.findByRole('button', { name: 'Sign in' });
    const ids: CommandId[] = ['backups.open', 'health.open', 'office.export', 'meetings.create'];
    for (const [before, id] of ids.entries()) {
      memory.emit('command', { id });
      await waitFor(() => expect(screen.getAllByText('Sign in first.'), id).toHaveLength(before + 1));
    }
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it.each<[string, CommandId, string]>([
    ['chloe', 'backups.open', 'Only administrators can use “Backups”.'],
    ['chloe', 'health.open', 'Only administrators can use “Health of this office”.'],
    ['chloe', 'office.export', 'Only administrators can use “Export”.'],
    ['farid', 'office.check', 'Only administrators can use “Check this office”.'],
    ['farid', 'office.settings', 'Only administrators can use “Office”.'],
    ['farid', 'updates.open', 'Only administrators can use “Updates”.'],
    ['bram', 'users.open', 'Only administrators can use “Users”.'],
    ['chloe', 'imports.open', 'Only administrators and managers can use “Import meetings”.'],
    ['greta', 'meetings.create', 'Your role is to read only, so “New meeting” is not for you.'],
    ['greta', 'journal.undo', 'Your role is to read only, so “Undo last change” is not for you.'],
  ])('says to %s why nothing comes of %s', async (user, id, sentence) => {
    const { memory } = await open({ user, office: own() });
    memory.emit('command', { id });
    expect(await screen.findByText(sentence)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(memory.calls.filter(({ call }) => /^(backups|updates|health)\./.test(call))).toEqual([]);
  });

  it('leads to the backups where no office opens', async () => {
    const { memory } = await open({ office: own() });
    memory.status_ = { state: 'firstRun' };
    memory.emit('officeStatus', {});
    await screen.findByText('Welcome to Daybook');
    memory.emit('command', { id: 'office.export' });
    expect(await screen.findByText('Open an office first.')).toBeTruthy();
    memory.emit('command', { id: 'backups.open' });
    expect(await screen.findByRole('dialog', { name: 'Backups' })).toBeTruthy();
  });

  it('says why the demo office has neither backups nor updates', async () => {
    const { memory } = await open({ user: 'anna' });
    memory.emit('command', { id: 'backups.open' });
    expect(await screen.findByText(/so it is not backed up\.$/)).toBeTruthy();
    memory.emit('command', { id: 'updates.open' });
    expect(await screen.findByText(/so updates are not set up in it\.$/)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
