// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failureSentence } from '../../electron/contract/failureText.ts';
import { exported } from './memory/exportReport.ts';
import { sampleOffice } from './memory/sampleOffice.ts';
import { lastInput, open } from './screen.tsx';

type Opened = Awaited<ReturnType<typeof open>>;

async function openDialog({ memory }: Opened) {
  memory.emit('command', { id: 'office.export' });
  return within(await screen.findByRole('dialog', { name: 'Export' }));
}
type Dialog = Awaited<ReturnType<typeof openDialog>>;

const press = async ({ person }: Opened, dialog: Dialog, name: string): Promise<void> =>
  person.click(await dialog.findByRole('button', { name }));
const opened = () => open({ user: 'anna', office: sampleOffice() });

describe('the export of the office', () => {
  it('says what it does, asks whether the journal belongs to it, and where it went', async () => {
    const here = await opened();
    const dialog = await openDialog(here);
    expect(await dialog.findByText(/^Everything in this office/)).toBeTruthy();
    await here.person.click(dialog.getByRole('checkbox', { name: 'With the journal' }));
    await press(here, dialog, 'Choose a folder and export…');
    expect((await dialog.findByRole('status')).textContent).toMatch(
      /^8,310 meetings and 120 clients are exported/,
    );
    expect(dialog.getByText(exported.folder)).toBeTruthy();
    expect(lastInput(here.memory, 'office.export')).toEqual({ withJournal: true });
    await press(here, dialog, 'Show the folder');
    await waitFor(() => expect(here.memory.calls.at(-1)?.call).toBe('office.showExport'));
  });

  it('shows how far it is, and can be cancelled', async () => {
    const here = await opened();
    const dialog = await openDialog(here);
    let goOn: () => void = () => undefined;
    here.memory.before_ = (call) =>
      call === 'office.export' ? new Promise<void>((resolve) => (goOn = resolve)) : undefined;
    await press(here, dialog, 'Choose a folder and export…');
    here.memory.emit('exportProgress', { part: 'meetings', share: 0.4 });
    expect(await dialog.findByText('Writing meetings…')).toBeTruthy();
    expect(dialog.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
    await press(here, dialog, 'Cancel');
    await waitFor(() => expect(here.memory.calls.at(-1)?.call).toBe('office.cancelExport'));
    here.memory.export_ = { ...exported, state: 'cancelled', folder: '' };
    goOn();
    expect(await dialog.findByText('The export was cancelled; nothing of it was left.')).toBeTruthy();
  });

  it('asks again when no folder was chosen, and says nothing of it', async () => {
    const here = await opened();
    here.memory.export_ = { ...exported, state: 'notChosen', folder: '' };
    const dialog = await openDialog(here);
    await press(here, dialog, 'Choose a folder and export…');
    expect(await dialog.findByRole('button', { name: 'Choose a folder and export…' })).toBeTruthy();
    expect(dialog.queryByRole('status')).toBeNull();
  });

  it('says why it did not come about', async () => {
    const here = await opened();
    here.memory.before_ = (call) => {
      const failure = { code: 'NO_EXPORT', detail: 'noRoom', message: '' };
      return call === 'office.export' ? Promise.reject(failure as unknown as Error) : undefined;
    };
    const dialog = await openDialog(here);
    await press(here, dialog, 'Choose a folder and export…');
    expect((await dialog.findByRole('alert')).textContent).toBe(failureSentence('NO_EXPORT', 'noRoom'));
  });

  it('is offered to administrators only', async () => {
    const here = await open({ user: 'bram', office: sampleOffice() });
    here.memory.emit('command', { id: 'office.export' });
    await here.person.keyboard('{Escape}');
    expect(screen.queryByRole('dialog', { name: 'Export' })).toBeNull();
  });
});
