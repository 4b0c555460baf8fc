// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failureSentence } from '../../electron/contract/failureText.ts';
import { everythingAgrees, somethingDiffers } from './memory/checkReports.ts';
import { sampleOffice } from './memory/sampleOffice.ts';
import { lastInput, open } from './screen.tsx';

type Opened = Awaited<ReturnType<typeof open>>;

async function openDialog({ memory }: Opened) {
  memory.emit('command', { id: 'office.check' });
  return within(await screen.findByRole('dialog', { name: 'Check this office' }));
}
type Dialog = Awaited<ReturnType<typeof openDialog>>;

const press = async ({ person }: Opened, dialog: Dialog, name: string): Promise<void> =>
  person.click(await dialog.findByRole('button', { name }));
const opened = () => open({ user: 'anna', office: sampleOffice() });

describe('the check of the office', () => {
  it('says first what it does, and then that everything agrees', async () => {
    const here = await opened();
    const dialog = await openDialog(here);
    expect(await dialog.findByText(/^Daybook compares every record/)).toBeTruthy();
    expect(here.memory.calls.some(({ call }) => call === 'office.check')).toBe(false);
    await press(here, dialog, 'Check now');
    expect((await dialog.findByRole('status')).textContent).toBe(
      'Everything agrees: 8,310 meetings, 120 clients looked through in 3 s.',
    );
    expect(dialog.queryByRole('button', { name: 'Repair' })).toBeNull();
    expect(lastInput(here.memory, 'office.check')).toEqual({ repair: false });
  });

  it('lists what differs in plain words, and repairs it only when told to', async () => {
    const here = await opened();
    here.memory.check_ = somethingDiffers;
    const dialog = await openDialog(here);
    await press(here, dialog, 'Check now');
    expect(await dialog.findByText('2 entries are missing in the index by type.')).toBeTruthy();
    expect(dialog.getByText('1 entry is wrong in the totals by owner.')).toBeTruthy();
    expect(dialog.getByText(/^1 record cannot be read/)).toBeTruthy();
    expect(dialog.getByText('posting:type: call, 17 · call, 18')).toBeTruthy();
    await press(here, dialog, 'Repair');
    expect(await dialog.findByText('This was put right from the records:')).toBeTruthy();
    expect(lastInput(here.memory, 'office.check')).toEqual({ repair: true });
    expect(dialog.queryByRole('button', { name: 'Repair' })).toBeNull();
    await press(here, dialog, 'Check again');
    expect(await dialog.findByText(/^Everything agrees/)).toBeTruthy();
  });

  it('shows how far it is, and can be cancelled', async () => {
    const here = await opened();
    const dialog = await openDialog(here);
    let goOn: () => void = () => undefined;
    here.memory.before_ = (call) =>
      call === 'office.check' ? new Promise<void>((resolve) => (goOn = resolve)) : undefined;
    await press(here, dialog, 'Check now');
    here.memory.emit('checkProgress', { meetings: 1_200, share: 0.25 });
    expect(await dialog.findByText('1,200 meetings looked through…')).toBeTruthy();
    expect(dialog.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
    await press(here, dialog, 'Cancel');
    await waitFor(() => expect(here.memory.calls.at(-1)?.call).toBe('office.cancelCheck'));
    here.memory.check_ = { ...everythingAgrees, state: 'cancelled' };
    goOn();
    expect(await dialog.findByText('The check was cancelled before it was through.')).toBeTruthy();
  });

  it('ends with its dialog', async () => {
    const here = await opened();
    const dialog = await openDialog(here);
    here.memory.before_ = (call) =>
      call === 'office.check' ? new Promise<void>(() => undefined) : undefined;
    await press(here, dialog, 'Check now');
    await here.person.keyboard('{Escape}');
    await waitFor(() => expect(here.memory.calls.at(-1)?.call).toBe('office.cancelCheck'));
  });

  it('says why it could not be done', async () => {
    const here = await opened();
    const dialog = await openDialog(here);
    for (const code of ['STORE_UNAVAILABLE', 'NOT_ALLOWED'] as const) {
      here.memory.before_ = (call) => {
        if (call === 'office.check') throw { code, detail: '', message: failureSentence(code, '') };
      };
      await press(here, dialog, code === 'NOT_ALLOWED' ? 'Check again' : 'Check now');
      expect((await dialog.findByRole('alert')).textContent).toBe(failureSentence(code, ''));
    }
  });

  it('is for administrators', async () => {
    const { memory } = await open({ user: 'bram', office: sampleOffice() });
    memory.emit('command', { id: 'office.check' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
