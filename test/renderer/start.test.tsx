// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { failureSentence } from '../../electron/contract/failureText.ts';
import { describe, expect, it } from 'vitest';
import { open, settled, signIn, writtenDown } from './screen.tsx';

describe('before the sign-in', () => {
  it('puts the cursor into the first empty field', async () => {
    await open();
    expect(await screen.findByLabelText('User name')).toBe(document.activeElement);
  });

  it('says that the name or the password is wrong, and keeps the name', async () => {
    const { person } = await open();
    await signIn(person, 'anna', 'not the password');
    expect((await screen.findByRole('alert')).textContent).toContain('wrong');
    expect(screen.getByLabelText<HTMLInputElement>('User name').value).toBe('anna');
  });

  it('fills in a person of the demo office and shows their meetings', async () => {
    const { person } = await open();
    await person.click(await screen.findByRole('button', { name: /^Chloé Maes/ }));
    expect(screen.getByLabelText<HTMLInputElement>('User name').value).toBe('chloe');
    await person.click(screen.getByRole('button', { name: 'Sign in' }));
    await screen.findByRole('grid', { name: 'Meetings' });
    await settled();
    expect(screen.getByRole('status').textContent).toMatch(/^\d+ meetings$/);
  });

  it('says what is wrong with the engine and where, and opens it again when asked to', async () => {
    const { memory, person } = await open();
    memory.status_ = {
      state: 'trouble',
      trouble: {
        reason: 'locked',
        program: null,
        path: '/data/office',
        log: 'could not lock',
        mayOpenCopy: false,
        damage: null,
      },
    };
    memory.emit('officeStatus', {});
    expect((await screen.findByRole('alert')).textContent).toContain('These data are in use');
    expect(screen.getByText('/data/office')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: 'Sign in' })).toBeTruthy();
  });

  it('names a full drive as what is wrong', async () => {
    const { memory } = await open();
    const trouble = {
      program: null,
      path: '/data/office',
      log: 'No space left',
      mayOpenCopy: false,
      damage: null,
    };
    memory.status_ = { state: 'trouble', space: 'none', trouble: { ...trouble, reason: 'unstartable' } };
    memory.emit('officeStatus', {});
    const { textContent } = await screen.findByRole('alert');
    expect(textContent).toContain('There is too little room here');
    expect(textContent).toContain('The drive of this office is full. Nothing that was saved is lost');
  });

  it('says how much of a damaged office is lost, and opens the rest when told to', async () => {
    const { memory, person } = await open();
    const damage = { lost: 12, records: 12, since: null, until: '2026-11-20T16:41:00.000Z', mayRepair: true };
    memory.status_ = {
      state: 'trouble',
      trouble: { reason: 'damaged', program: null, path: '/data/office', log: '', mayOpenCopy: true, damage },
    };
    memory.emit('officeStatus', {});
    expect((await screen.findByRole('alert')).textContent).toContain('12 saved actions, the last one made');
    memory.status_ = {
      ...memory.status_,
      trouble: { ...memory.status_.trouble!, damage: { ...damage, records: 5_011 } },
    };
    memory.emit('officeStatus', {});
    expect(await screen.findByText(/^12 saved actions, on 5,011 records, the last one made/)).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Open without them' }));
    expect(await screen.findByRole('button', { name: 'Sign in' })).toBeTruthy();
  });

  it('opens a copy to read of a damaged office, says so on every screen, and leads back', async () => {
    const { memory, person } = await open();
    const damage = { lost: 12, records: 12, since: null, until: '2026-11-20T16:41:00.000Z', mayRepair: true };
    const trouble = {
      reason: 'damaged',
      program: null,
      path: '/data/office',
      log: '',
      mayOpenCopy: true,
      damage,
    } as const;
    memory.status_ = { state: 'trouble', trouble };
    memory.emit('officeStatus', {});
    await person.click(await screen.findByRole('button', { name: 'Show the folder' }));
    expect(memory.calls.at(-1)).toMatchObject({ call: 'office.showFolder' });
    await person.click(screen.getByRole('button', { name: 'Export what can be read…' }));
    expect(await screen.findByText(/Sign in as an administrator to export what can be read/)).toBeTruthy();
    await signIn(person, 'anna');
    expect(await screen.findByRole('dialog', { name: 'Export' })).toBeTruthy();
    await person.keyboard('{Escape}');
    expect(await screen.findByText(/^This is a copy to read/)).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Close the copy' }));
    expect(memory.calls.some(({ call }) => call === 'office.closeReadOnlyCopy')).toBe(true);
  });

  it('says why no copy could be opened, and stays where it was', async () => {
    const { memory, person } = await open();
    const trouble = {
      reason: 'readOnly',
      program: null,
      path: '/data/office',
      log: '',
      mayOpenCopy: true,
      damage: null,
    } as const;
    memory.status_ = { state: 'trouble', trouble };
    memory.emit('officeStatus', {});
    memory.before_ = (call) => {
      if (call === 'office.openReadOnlyCopy') throw { code: 'STORE_FULL', detail: 'copy', message: '' };
    };
    await person.click(await screen.findByRole('button', { name: 'Open read-only' }));
    expect(await screen.findByText(failureSentence('STORE_FULL', 'copy'))).toBeTruthy();
  });

  it('founds an office and goes straight to the import when that was chosen', async () => {
    const { memory, person } = await open();
    memory.status_ = { state: 'firstRun' };
    memory.emit('officeStatus', {});
    await person.click(await screen.findByRole('button', { name: /^Import meetings/ }));
    await person.click(screen.getByRole('button', { name: 'Create the office' }));
    expect(screen.getByText('Office name is missing.')).toBeTruthy();
    await person.type(screen.getByLabelText('Office name'), 'Bureau Zuid');
    await person.type(screen.getByLabelText('Your name'), 'Zoë Zuid');
    await person.type(screen.getByLabelText('User name'), 'zoe');
    await person.type(screen.getByLabelText('Password'), 'long enough');
    await person.type(screen.getByLabelText('Password again'), 'long enouhg');
    await person.click(screen.getByRole('button', { name: 'Create the office' }));
    expect(screen.getByText('The two passwords differ.')).toBeTruthy();
    await person.clear(screen.getByLabelText('Password again'));
    await person.type(screen.getByLabelText('Password again'), 'long enough');
    await person.click(screen.getByRole('button', { name: 'Create the office' }));
    await writtenDown(person);
    expect(await screen.findByRole('heading', { name: 'Import meetings' })).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Choose a file' })).toBeTruthy();
  });

  it('restores a backup where there is no office yet, and says nothing of one', async () => {
    const { memory, person } = await open();
    memory.status_ = { state: 'firstRun', demo: false, name: '' };
    memory.emit('officeStatus', {});
    await person.click(await screen.findByRole('button', { name: /^Restore a backup…/ }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Backups' }));
    expect(
      await dialog.findByText(
        'No office is open. A backup from elsewhere becomes an office of its own on this computer.',
      ),
    ).toBeTruthy();
    for (const untrue of [/does not open/, /no backup of this office/, /^Folder$/])
      expect(dialog.queryByText(untrue)).toBeNull();
    await person.click(dialog.getByRole('button', { name: 'Restore a file from elsewhere…' }));
    await dialog.findByText(/“Elsewhere” becomes an office of its own on this computer/);
    await person.click(dialog.getByRole('button', { name: 'Restore' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Elsewhere' })).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('goes back to the sign-in when the session ends elsewhere', async () => {
    const { memory } = await open({ user: 'anna' });
    memory.emit('signedOut', {});
    await waitFor(() => expect(screen.getByRole('button', { name: 'Sign in' })).toBeTruthy());
    expect(screen.queryByRole('grid')).toBeNull();
  });
});
