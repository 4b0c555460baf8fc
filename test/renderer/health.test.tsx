// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failureSentence } from '../../electron/contract/failureText.ts';
import { wellOffice } from './memory/memoryHealth.ts';
import { sampleOffice } from './memory/sampleOffice.ts';
import { open } from './screen.tsx';

type Opened = Awaited<ReturnType<typeof open>>;

async function openDialog({ memory }: Opened) {
  memory.emit('command', { id: 'health.open' });
  return within(await screen.findByRole('dialog', { name: 'Health of this office' }, { timeout: 20_000 }));
}
const valueOf = async (dialog: Awaited<ReturnType<typeof openDialog>>, name: string) =>
  (await dialog.findByText(name)).nextElementSibling?.textContent;

describe('the health of the office', () => {
  it('is told in plain words', async () => {
    const here = await open({ user: 'anna', office: sampleOffice() });
    const dialog = await openDialog(here);
    expect(await valueOf(dialog, 'Database program')).toBe('Version 7.0.15, running for 2 hours');
    expect(await valueOf(dialog, 'Free space')).toBe('64 GB on /home');
    expect(await valueOf(dialog, 'Memory')).toBe('42 MB of at most 8 GB');
    expect(await valueOf(dialog, 'Meetings')).toBe('8,310');
    expect(await valueOf(dialog, 'Last check')).toBe('neverCheck now…');
    expect(await valueOf(dialog, 'Last backup')).toBe('none yetBackups…');
  });

  it('says what is bad about it', async () => {
    const here = await open({ user: 'anna', office: sampleOffice() });
    here.memory.health_ = {
      ...wellOffice,
      ...{ freeBytes: 3_000_000, readOnly: true },
      lastCheck: {
        ...{ at: '2026-11-20T15:04:00.000Z', state: 'done', repaired: false },
        differences: [{ index: 'live', what: 'missing', count: 2 }],
      },
      lastBackup: { at: '2026-11-19T08:00:00.000Z', bytes: 12_000_000, isVerified: false },
      keptBytes: 4_000_000,
    };
    const dialog = await openDialog(here);
    expect(await valueOf(dialog, 'Free space')).toBe(
      '3 MB on /home. Nothing can be saved until there is more.',
    );
    expect(await valueOf(dialog, 'Last check')).toMatch(
      /^20 Nov 2026, \d\d:04: something differedCheck now…$/,
    );
    expect(await valueOf(dialog, 'Last backup')).toMatch(
      /^19 Nov 2026, \d\d:00 \(12 MB\), damaged sinceBackups…$/,
    );
  });

  it('tells the proof of the last backup, or why there is none to tell of', async () => {
    const here = await open({ user: 'anna', office: { ...sampleOffice(), demo: false } });
    const lastBackup = { at: '2026-11-19T08:00:00.000Z', bytes: 12_000_000, isVerified: true };
    here.memory.health_ = { ...wellOffice, lastBackup };
    const dialog = await openDialog(here);
    expect(await valueOf(dialog, 'Last backup')).toMatch(
      /^19 Nov 2026, \d\d:00 \(12 MB\), proved by restoring itBackups…$/,
    );
    expect(dialog.queryByText('Put aside')).toBeNull();
    await here.person.click(dialog.getByRole('button', { name: 'Backups…' }));
    expect(await screen.findByRole('dialog', { name: 'Backups' })).toBeTruthy();
    expect(screen.queryByRole('dialog', { name: 'Health of this office' })).toBeNull();
  });

  it('shows what was put aside', async () => {
    const here = await open({ user: 'anna', office: sampleOffice() });
    here.memory.health_ = { ...wellOffice, keptBytes: 4_000_000, backupsReachable: false };
    const dialog = await openDialog(here);
    expect(await valueOf(dialog, 'Put aside')).toMatch(/^4 MB that repairs and restores replacedShow it/);
    expect(await valueOf(dialog, 'Last backup')).toMatch(
      /^not known: the folder for backups cannot be reached/,
    );
    await here.person.click(dialog.getByRole('button', { name: 'Show it' }));
    await waitFor(() => {
      expect(here.memory.calls.some(({ call }) => call === 'health.showKept')).toBe(true);
    });
  });

  it.each([
    [7_300_000_000, /^7\.3 GB of at most 8 GB\. It is nearly used up/],
    [8_000_000_100, /^8 GB of at most 8 GB\. Nothing can be added or changed/],
  ])('says when memory is short: %d bytes', async (memoryBytes, said) => {
    const here = await open({ user: 'anna', office: sampleOffice() });
    here.memory.health_ = { ...wellOffice, memoryBytes };
    expect(await valueOf(await openDialog(here), 'Memory')).toMatch(said);
  });

  it('leads to the check, shows the folder and saves the bundle', async () => {
    const here = await open({ user: 'anna', office: sampleOffice() });
    const dialog = await openDialog(here);
    const called = (name: string): boolean => here.memory.calls.some(({ call }) => call === name);
    await here.person.click(await dialog.findByRole('button', { name: 'Show the folder' }));
    await waitFor(() => {
      expect(called('health.showFolder')).toBe(true);
    });
    await here.person.click(dialog.getByRole('button', { name: 'Save a diagnostic bundle…' }));
    expect(await dialog.findByText('The diagnostic bundle is saved.')).toBeTruthy();
    here.memory.before_ = (call) =>
      call === 'health.saveBundle'
        ? Promise.reject({
            code: 'INVALID_INPUT',
            detail: '',
            message: 'The bundle could not be written to this file.',
          })
        : undefined;
    await here.person.click(dialog.getByRole('button', { name: 'Save a diagnostic bundle…' }));
    expect((await dialog.findByRole('alert')).textContent).toBe(
      'The bundle could not be written to this file.',
    );
    expect(dialog.queryByText('The diagnostic bundle is saved.')).toBeNull();
    await here.person.click(dialog.getByRole('button', { name: 'Check now…' }));
    expect(await screen.findByRole('dialog', { name: 'Check this office' })).toBeTruthy();
    expect(screen.queryByRole('dialog', { name: 'Health of this office' })).toBeNull();
  });

  it('is not for others', async () => {
    const here = await open({ user: 'bram', office: sampleOffice() });
    here.memory.emit('command', { id: 'health.open' });
    expect(failureSentence('NOT_ALLOWED', '')).toBe('Your role does not allow this.');
    await expect(here.memory.health.status()).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
