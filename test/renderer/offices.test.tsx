// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { sampleOffice } from './memory/sampleOffice.ts';
import { lastInput, open, settled, signIn, writtenDown } from './screen.tsx';

const own = () => ({ ...sampleOffice(), demo: false });
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const fromMenu = async (person: Awaited<ReturnType<typeof open>>['person'], item: string) => {
  await person.click(screen.getByRole('button', { name: /^User menu/ }));
  await person.click(await screen.findByRole('menuitem', { name: item }));
};

describe('the list of offices', () => {
  it('is reached from the menu, which signs out, and opens another office', async () => {
    const { memory, person } = await open({ user: 'anna', office: own() });
    expect(document.title).toBe('Peeters & Partners – Daybook');
    await fromMenu(person, 'Switch office…');
    expect(await screen.findByRole('heading', { name: 'Which office?' })).toBeTruthy();
    await waitFor(() => expect(document.title).toBe('Daybook'));
    expect(screen.queryByRole('grid')).toBeNull();
    expect((await memory.session.current()).user).toBeNull();
    const lines = within(await screen.findByRole('list', { name: 'Offices' })).getAllByRole('listitem');
    expect(lines[0]?.textContent).toContain('/home/office/.config/Daybook/office');
    expect(lines[0]?.textContent).toMatch(/Last opened 20 Nov 2026, \d\d:04/);
    expect(lines[1]?.textContent).toContain('cannot be found');
    await person.click(await button(/^Open Peeters & Partners/));
    await signIn(person, 'anna');
    await settled();
    expect(screen.getByRole('banner', { name: 'Office' }).textContent).toContain('Peeters & Partners');
  });

  it('says in one sentence why an office or a folder was not opened', async () => {
    const { memory, person } = await open();
    memory.status_ = { state: 'choosing' };
    memory.emit('officeStatus', {});
    await person.click(await button(/^Open Practice office/));
    expect((await screen.findByRole('alert')).textContent).toBe(
      'The folder of this office cannot be found. Nothing was changed.',
    );
    await person.click(await button('Open folder…'));
    await waitFor(() =>
      expect(screen.getByRole('alert').textContent).toBe('There is no office of Daybook in this folder.'),
    );
  });

  it('lets an office go from the list, and says that its data stay', async () => {
    const { memory, person } = await open();
    memory.status_ = { state: 'choosing' };
    memory.emit('officeStatus', {});
    expect(await screen.findByText(/deletes nothing/)).toBeTruthy();
    await person.click(await button('Remove from list: Practice office'));
    expect(
      await screen.findByText('“Practice office” is off the list. Its data stay in /media/stick/practice.'),
    ).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Open Practice office/ })).toBeNull();
    expect(memory.calls.filter(({ call }) => call === 'offices.remove')).toHaveLength(1);
  });

  it('leads to a new office, and back', async () => {
    const { memory, person } = await open();
    memory.status_ = { state: 'choosing' };
    memory.emit('officeStatus', {});
    await person.click(await button('New office'));
    await person.click(await button('Back to the list of offices'));
    expect(await screen.findByRole('heading', { name: 'Which office?' })).toBeTruthy();
  });

  it('is where one gets by leaving the demo, from the bar and from the sign-in', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.click(within(screen.getByRole('banner', { name: 'Office' })).getByRole('button'));
    expect(await screen.findByRole('heading', { name: 'Which office?' })).toBeTruthy();
    memory.status_ = {};
    memory.emit('officeStatus', {});
    await person.click(await button('Leave the demo'));
    expect(await screen.findByRole('heading', { name: 'Which office?' })).toBeTruthy();
  });
});

describe('the office itself', () => {
  it('is renamed and recoloured by an administrator', async () => {
    const { memory, person } = await open({ user: 'anna', office: own() });
    await fromMenu(person, 'Office…');
    const form = within(await screen.findByRole('dialog', { name: 'Office' }));
    await person.clear(form.getByLabelText(/^Office name/));
    await person.click(form.getByRole('button', { name: 'Save office' }));
    expect(await form.findByText('Office name is missing.')).toBeTruthy();
    await person.type(form.getByLabelText(/^Office name/), ' Kantoor Zuid ');
    await person.click(form.getByRole('radio', { name: 'Brown' }));
    await person.click(form.getByRole('button', { name: 'Save office' }));
    await screen.findByText('Saved “Kantoor Zuid”.');
    expect(lastInput(memory, 'office.update')).toMatchObject({
      version: 1,
      fields: { name: 'Kantoor Zuid', colour: 'brown' },
    });
    await waitFor(() => expect(document.title).toBe('Kantoor Zuid – Daybook'));
    const banner = screen.getByRole('banner', { name: 'Office' });
    expect(banner.style.borderTopColor).toBe('var(--office-brown)');
  });

  it('is not offered to others', async () => {
    const { person } = await open({ user: 'bram', office: own() });
    await person.click(screen.getByRole('button', { name: /^User menu/ }));
    await screen.findByRole('menuitem', { name: 'Switch office…' });
    expect(screen.queryByRole('menuitem', { name: 'Office…' })).toBeNull();
    expect(screen.queryByText(/has no recovery code/)).toBeNull();
  });
});

describe('the recovery code', () => {
  it('must be written down before one goes on', async () => {
    const { memory, person } = await open();
    memory.status_ = { state: 'firstRun' };
    memory.emit('officeStatus', {});
    await person.click(await button(/^Start with an empty office/));
    for (const [label, typed] of [
      ['Office name', 'Bureau Zuid'],
      ['Your name', 'Zoë Zuid'],
      ['User name', 'zoe'],
      ['Password', 'long enough'],
      ['Password again', 'long enough'],
    ] as const)
      await person.type(screen.getByLabelText(label), typed);
    await person.click(screen.getByRole('radio', { name: 'Teal' }));
    await person.click(await button('Create the office'));
    const proceed = await button('Continue');
    expect(proceed).toHaveProperty('disabled', true);
    expect(lastInput(memory, 'office.create')).toMatchObject({ colour: 'teal' });
    await person.click(await button('Copy'));
    expect(await navigator.clipboard.readText()).toBe(memory.office_.recoveryCode);
    expect(await button('Copied')).toBeTruthy();
    expect(await writtenDown(person)).toBe(memory.office_.recoveryCode);
    await screen.findByText('No meetings yet');
  });

  it('sets a new password, and is followed by another', async () => {
    const office = { ...own(), recoveryCode: 'AAAA-BBBB' };
    const { memory, person } = await open({ office });
    await person.type(await screen.findByLabelText('User name'), 'anna');
    await person.click(await button('Forgot the password?'));
    await person.click(await button('Set the new password'));
    expect(await screen.findByText('Recovery code is missing.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('User name of an administrator').value).toBe('anna');
    await person.type(screen.getByLabelText('Recovery code'), 'AAAA-XXXX');
    await person.type(screen.getByLabelText('New password'), 'long enough');
    await person.type(screen.getByLabelText('New password again'), 'long enough');
    await person.click(await button('Set the new password'));
    expect((await screen.findByRole('alert')).textContent).toBe(
      'The user name or the recovery code is wrong.',
    );
    await person.clear(screen.getByLabelText('Recovery code'));
    await person.type(screen.getByLabelText('Recovery code'), 'AAAA-BBBB');
    await person.click(await button('Set the new password'));
    expect(await writtenDown(person)).toBe(memory.office_.recoveryCode);
    expect(memory.office_.recoveryCode).not.toBe('AAAA-BBBB');
    await screen.findByRole('grid', { name: 'Meetings' });
  });

  it('is offered to the administrator of an office that has none, for their password', async () => {
    const { memory, person } = await open({ user: 'anna', office: own() });
    await person.click(await button('Make one…'));
    const form = within(await screen.findByRole('dialog', { name: 'New recovery code' }));
    await person.type(form.getByLabelText('Your password'), 'guessed');
    await person.click(form.getByRole('button', { name: 'Make the code' }));
    expect((await form.findByRole('alert')).textContent).toBe('The password is wrong.');
    await person.clear(form.getByLabelText('Your password'));
    await person.type(form.getByLabelText('Your password'), 'demo-office');
    await person.click(form.getByRole('button', { name: 'Make the code' }));
    expect(await writtenDown(person)).toBe(memory.office_.recoveryCode);
    await waitFor(() => expect(screen.queryByText(/has no recovery code/)).toBeNull());
  });

  it('that was never made cannot be asked for, and the sign-in says so', async () => {
    const { person } = await open({ office: own() });
    await person.click(await button('Forgot the password?'));
    expect(await screen.findByText(/This office has no recovery code/)).toBeTruthy();
    expect(screen.queryByLabelText('Recovery code')).toBeNull();
    await person.click(await button('Back to the sign-in'));
    expect(await button('Sign in')).toBeTruthy();
  });
});
