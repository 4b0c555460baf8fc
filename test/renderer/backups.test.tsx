// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { sampleOffice } from './memory/sampleOffice.ts';
import { lastInput, open } from './screen.tsx';

type Opened = Awaited<ReturnType<typeof open>>;
const opened = (user: string): Promise<Opened> => open({ user, office: { ...sampleOffice(), demo: false } });
async function openDialog({ memory }: Opened): Promise<ReturnType<typeof within>> {
  memory.emit('command', { id: 'backups.open' });
  return within(await screen.findByRole('dialog', { name: 'Backups' }));
}

describe('the dialog of backups', () => {
  it('lists them with date, size, reason and whether they were verified, and makes one', async () => {
    const office = await opened('anna');
    const dialog = await openDialog(office);
    const rows = (await dialog.findAllByRole('row'))
      .slice(1)
      .map(({ textContent }: HTMLElement) => textContent);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^20 Nov 2026, 09:00Daily0\.1\.012\.4 MB\s*VerifiedRestore…$/);
    expect(rows[1]).toContain('Before 0.1.0');
    expect(rows[1]).toContain('Verified, encrypted');
    // What is damaged cannot be restored.
    expect(rows[2]).toMatch(/Damaged$/);
    await office.person.click(dialog.getByRole('button', { name: 'Back up now' }));
    expect(await dialog.findByText('Backed up and verified (12.4 MB).')).toBeTruthy();
    await waitFor(() => expect(dialog.getAllByRole('row')).toHaveLength(5));
  });

  it('says what restoring does before it does it, and asks for a passphrase where there is one', async () => {
    const office = await opened('anna');
    const dialog = await openDialog(office);
    const [first] = await dialog.findAllByRole('button', { name: /^Restore the backup of/ });
    await office.person.click(first!);
    expect(dialog.getByText('It holds 60 meetings and 8 clients.')).toBeTruthy();
    expect(dialog.getByText(/nothing is deleted/)).toBeTruthy();
    expect(office.memory.calls.some(({ call }) => call === 'backups.restore')).toBe(false);
    await office.person.click(dialog.getByRole('button', { name: 'Not now' }));
    await office.person.click(
      (await dialog.findAllByRole('button', { name: /^Restore the backup of/ })).at(1) as HTMLElement,
    );
    await office.person.type(dialog.getByLabelText('Passphrase of this backup'), 'a wrong one');
    await office.person.click(dialog.getByRole('button', { name: 'Restore' }));
    expect((await dialog.findByRole('alert')).textContent).toMatch(/not the one of this backup/);
    expect(lastInput(office.memory, 'backups.restore')).toEqual({
      id: '000000000002',
      passphrase: 'a wrong one',
    });
  });

  it('says how many backups of others lie in the folder', async () => {
    const office = await opened('anna');
    office.memory.backups_ = { ...office.memory.backups_, others: 2 };
    const dialog = await openDialog(office);
    expect(await dialog.findByText(/^2 backups of other offices lie in this folder, too\./)).toBeTruthy();
  });

  it('asks whether backups are encrypted when that was lost, from a notice on', async () => {
    const office = await opened('anna');
    office.memory.backups_ = { ...office.memory.backups_, settingsLost: true };
    office.memory.emit('backupsStatus', {});
    const notice = await screen.findByText('Nothing is backed up: the settings of backups were damaged.');
    await office.person.click(screen.getByRole('button', { name: 'Backups…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Backups' }));
    expect((await dialog.findByRole('alert')).textContent).toMatch(
      /^The settings of backups .* were damaged/,
    );
    expect(dialog.queryByRole('button', { name: 'Back up now' })).toBeNull();
    await office.person.click(dialog.getByRole('button', { name: 'Go on without a passphrase' }));
    expect(await dialog.findByRole('button', { name: 'Back up now' })).toBeTruthy();
    await waitFor(() => expect(notice.isConnected).toBe(false));
  });

  it('tells administrators that the daily backup was not made, and why', async () => {
    const office = await opened('anna');
    office.memory.backups_ = {
      ...office.memory.backups_,
      dailyTrouble: 'There is not enough room for a backup.',
    };
    office.memory.emit('backupsStatus', {});
    await screen.findByText('No daily backup was made. There is not enough room for a backup.');
    office.memory.backups_ = { ...office.memory.backups_, dailyTrouble: null };
    office.memory.emit('backupsStatus', {});
    await waitFor(() => expect(screen.queryByText(/^No daily backup was made/)).toBeNull());
  });

  it('takes a passphrase only when it was typed twice', async () => {
    const office = await opened('anna');
    const dialog = await openDialog(office);
    await office.person.click(await dialog.findByRole('button', { name: 'Set a passphrase…' }));
    const save = dialog.getByRole('button', { name: 'Encrypt backups' });
    await office.person.type(dialog.getByLabelText('New passphrase'), 'short');
    await office.person.click(save);
    expect(dialog.getByText('At least eight characters.')).toBeTruthy();
    await office.person.type(dialog.getByLabelText('New passphrase'), ' but longer');
    await office.person.click(save);
    expect(dialog.getByText('The two are not the same.')).toBeTruthy();
    await office.person.type(dialog.getByLabelText('New passphrase again'), 'short but longer');
    await office.person.click(save);
    expect(await dialog.findByText('Backups are encrypted.')).toBeTruthy();
    expect(lastInput(office.memory, 'backups.setPassphrase')).toEqual({ passphrase: 'short but longer' });
  });

  it('replaces nothing by one key pressed twice, and goes back step by step to the button one came from', async () => {
    const office = await opened('anna');
    const dialog = await openDialog(office);
    const rows = await dialog.findAllByRole('button', { name: /^Restore the backup of/ });
    // Whether it is encrypted or not.
    for (const row of rows) {
      row.focus();
      await office.person.keyboard('{Enter}');
      await waitFor(() => expect(document.activeElement?.textContent).toBe('Not now'));
      await office.person.keyboard('{Enter}');
      await waitFor(() => expect(document.activeElement).toBe(row));
      await office.person.keyboard('{Enter}');
      await dialog.findByRole('heading', { name: /^Restore the backup of/ });
      await office.person.keyboard('{Escape}');
      await waitFor(() => expect(document.activeElement).toBe(row));
    }
    expect(rows).toHaveLength(2);
    expect(office.memory.calls.some(({ call }) => call === 'backups.restore')).toBe(false);
    await office.person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Backups' })).toBeNull());
  });

  it('gives the focus back after a passphrase, a file and a backup, too', async () => {
    const office = await opened('anna');
    const dialog = await openDialog(office);
    const press = async (name: string): Promise<HTMLElement> => {
      const button = await dialog.findByRole('button', { name });
      button.focus();
      await office.person.keyboard('{Enter}');
      return button;
    };
    const passphrase = await press('Set a passphrase…');
    await press('Cancel');
    await waitFor(() => expect(document.activeElement).toBe(passphrase));
    await press('Set a passphrase…');
    for (const label of ['New passphrase', 'New passphrase again'])
      await office.person.type(await dialog.findByLabelText(label), 'eight or more');
    await office.person.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(passphrase));
    const file = await press('Restore a file from elsewhere…');
    await dialog.findByText(/^“Elsewhere” becomes an office of its own/);
    await office.person.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(file));
    const create = await press('Back up now');
    await dialog.findByText('Backed up and verified (12.4 MB).');
    await waitFor(() => expect(document.activeElement).toBe(create));
  });

  it('tells what went wrong in a step only there', async () => {
    const office = await opened('anna');
    const dialog = await openDialog(office);
    const rows = await dialog.findAllByRole('button', { name: /^Restore the backup of/ });
    await office.person.click(rows[1]!);
    await office.person.type(dialog.getByLabelText('Passphrase of this backup'), 'a wrong one');
    await office.person.click(dialog.getByRole('button', { name: 'Restore' }));
    await dialog.findByRole('alert');
    await waitFor(() =>
      expect(document.activeElement).toBe(dialog.getByLabelText('Passphrase of this backup')),
    );
    await office.person.click(dialog.getByRole('button', { name: 'Not now' }));
    expect(dialog.queryByRole('alert')).toBeNull();
  });

  it('says after restoring that it was done, and of which time the passwords are', async () => {
    const office = await opened('anna');
    const dialog = await openDialog(office);
    const [first] = await dialog.findAllByRole('button', { name: /^Restore the backup of/ });
    await office.person.click(first!);
    await office.person.click(dialog.getByRole('button', { name: 'Restore' }));
    await screen.findByText(
      'The office is as it was on 20 Nov 2026, 09:00. Sign in with the password of that time.',
    );
    expect(screen.queryByRole('dialog', { name: 'Backups' })).toBeNull();
  });

  it('tells those who are no administrators nothing but that', async () => {
    const { memory } = await opened('bram');
    memory.emit('command', { id: 'backups.open' });
    expect(await screen.findByText('Only administrators can use “Backups”.')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(memory.calls.filter(({ call }) => call.startsWith('backups.'))).toEqual([]);
  });
});
