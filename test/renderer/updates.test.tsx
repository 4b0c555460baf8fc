// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { updateTroubleReasons, updateTroubleSentence } from '../../electron/contract/updateTrouble.ts';
import { failureSentence } from '../../electron/contract/failureText.ts';
import type { UpdatesStatus } from '../../electron/contract/updates.ts';
import { updateFound } from './memory/memoryUpdates.ts';
import { sampleOffice } from './memory/sampleOffice.ts';
import { lastInput, open } from './screen.tsx';

const own = () => ({ ...sampleOffice(), demo: false });
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const bar = () => within(screen.getByRole('banner', { name: 'Office' }));
type Opened = Awaited<ReturnType<typeof open>>;

async function openDialog({ person }: Opened): Promise<HTMLElement> {
  await person.click(screen.getByRole('button', { name: /^User menu/ }));
  await person.click(await screen.findByRole('menuitem', { name: 'Updates…' }));
  return screen.findByRole('dialog', { name: 'Updates' });
}
const tell = ({ memory }: Opened, status: UpdatesStatus): void => {
  memory.updates_ = status;
  memory.emit('updatesStatus', {});
};

describe('updates', () => {
  it('are off until an administrator chooses a folder, and can be turned off again', async () => {
    const opened = await open({ user: 'anna', office: own() });
    const dialog = within(await openDialog(opened));
    expect((await dialog.findByRole('status')).textContent).toMatch(/Updates are off/);
    expect(opened.memory.calls.some(({ call }) => call === 'updates.chooseFolder')).toBe(false);
    await opened.person.click(await button('Choose a folder…'));
    expect(lastInput(opened.memory, 'updates.chooseFolder')).toBeUndefined();
    expect(await dialog.findByText('/media/share/daybook')).toBeTruthy();
    expect(dialog.getByText(/the checksum only/)).toBeTruthy();
    expect(document.activeElement?.textContent).toBe('Another folder…');
    await opened.person.click(await button('Turn updates off'));
    expect(await dialog.findByText(/Updates are off/)).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Choose a folder…'));
  });

  it('are offered calmly in the bar, and put off until the next version', async () => {
    const opened = await open({ user: 'anna', office: own() });
    tell(opened, updateFound);
    expect(await bar().findByText('Daybook 0.2.0 is in the updates folder.')).toBeTruthy();
    await opened.person.click(bar().getAllByRole('button', { name: 'Later' }).at(-1) as HTMLElement);
    await waitFor(() => expect(bar().queryByText(/updates folder/)).toBeNull());
    const found = {
      version: '0.3.0',
      file: 'daybook_0.3.0_amd64.deb',
      bytes: 1,
      handOver: 'folder' as const,
    };
    tell(opened, { ...updateFound, found });
    expect(await bar().findByText('Daybook 0.3.0 is in the updates folder.')).toBeTruthy();
    await opened.person.click(await button('See what happens…'));
    expect(await button('Back up and show the package')).toBeTruthy();
    expect(opened.memory.calls.filter(({ call }) => call === 'updates.install')).toEqual([]);
  });

  it('are installed only by a yes, which names the version that was offered', async () => {
    const opened = await open({ user: 'anna', office: own() });
    tell(opened, updateFound);
    await opened.person.click(await button('See what happens…'));
    const dialog = within(await screen.findByRole('dialog', { name: 'Updates' }));
    expect(await dialog.findByText(/98.4 MB/)).toBeTruthy();
    expect(dialog.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^This office is backed up/),
      expect.stringMatching(/installer opens the package, and Daybook closes/),
    ]);
    await opened.person.click(dialog.getByRole('button', { name: 'Back up and install' }));
    expect(await dialog.findByText('The installer opens now, and Daybook closes.')).toBeTruthy();
    expect(lastInput(opened.memory, 'updates.install')).toEqual({ version: '0.2.0' });
    expect(dialog.getByText(/backups\/Office-2026-11-21T08-00-00/)).toBeTruthy();
  });

  it('that failed say why, and can be tried again', async () => {
    const opened = await open({ user: 'anna', office: own() });
    tell(opened, updateFound);
    const dialog = within(await openDialog(opened));
    opened.memory.before_ = (call) => {
      if (call === 'updates.install')
        throw { code: 'NO_UPDATE', detail: 'noBackup', message: failureSentence('NO_UPDATE', 'noBackup') };
    };
    await opened.person.click(await dialog.findByRole('button', { name: 'Back up and install' }));
    expect((await dialog.findByRole('alert')).textContent).toBe(
      'The office could not be backed up, so nothing was installed.',
    );
    opened.memory.before_ = null;
    await opened.person.click(dialog.getByRole('button', { name: 'Back up and install' }));
    expect(await dialog.findByText(/installer opens now/)).toBeTruthy();
  });

  it('say what is wrong with the folder, and offer nothing then', async () => {
    const opened = await open({ user: 'anna', office: own() });
    const dialog = within(await openDialog(opened));
    for (const reason of updateTroubleReasons) {
      const trouble = { reason, file: 'daybook_0.2.0_amd64.deb' };
      tell(opened, { ...updateFound, state: 'trouble', found: null, trouble });
      const sentence = updateTroubleSentence(trouble);
      expect(sentence).toMatch(/^[A-Za-z][^\n]+\.$/);
      await waitFor(() => expect(dialog.getByRole('alert').textContent).toBe(sentence));
      expect(failureSentence('NO_UPDATE', `${reason} ${trouble.file}`)).toBe(sentence);
    }
    expect(dialog.queryByRole('button', { name: 'Back up and install' })).toBeNull();
    expect(bar().queryByText(/updates folder/)).toBeNull();
  });

  it('say so while the folder is looked into and while something is installed', async () => {
    const opened = await open({ user: 'anna', office: own() });
    const dialog = within(await openDialog(opened));
    tell(opened, { ...updateFound, state: 'looking', found: null });
    expect(await dialog.findByText('Looking into the folder…')).toBeTruthy();
    tell(opened, { ...updateFound, state: 'nothing', found: null });
    expect(await dialog.findByText('Nothing newer than Daybook 0.1.0 lies in the folder.')).toBeTruthy();
    tell(opened, { ...updateFound, state: 'installing' });
    expect(await dialog.findByText(/^Backing up the office/)).toBeTruthy();
    expect(dialog.queryByRole('button', { name: 'Turn updates off' })).toBeNull();
  });

  it('are nobody else’s: no menu, no notice and no question', async () => {
    const opened = await open({ user: 'bram', office: own() });
    tell(opened, updateFound);
    await opened.person.click(screen.getByRole('button', { name: /^User menu/ }));
    await screen.findByRole('menuitem', { name: 'Sign out' });
    expect(screen.queryByRole('menuitem', { name: 'Updates…' })).toBeNull();
    opened.memory.emit('command', { id: 'updates.open' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(bar().queryByText(/updates folder/)).toBeNull();
    expect(opened.memory.calls.filter(({ call }) => call.startsWith('updates.'))).toEqual([]);
  });

  it('are not set up in the demo office', async () => {
    const opened = await open({ user: 'anna' });
    tell(opened, updateFound);
    await opened.person.click(screen.getByRole('button', { name: /^User menu/ }));
    await screen.findByRole('menuitem', { name: 'Sign out' });
    expect(screen.queryByRole('menuitem', { name: 'Updates…' })).toBeNull();
    expect(opened.memory.calls.filter(({ call }) => call.startsWith('updates.'))).toEqual([]);
  });
});
