// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { fail, type MemoryDaybook } from './memoryDaybook.ts';
import { lastInput, open, settled, totalText } from './screen.tsx';

const dialog = () => within(screen.getByRole('dialog'));

describe('the meeting form', () => {
  it('says which fields are missing and writes nothing', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('cm');
    await person.click(await screen.findByRole('button', { name: 'Create meeting' }));
    expect(dialog().getByText('Title is missing.')).toBeTruthy();
    expect(dialog().getByText('Client is missing.')).toBeTruthy();
    expect(memory.calls.some(({ call }) => call === 'meetings.create')).toBe(false);
    await waitFor(() => expect(dialog().getByLabelText(/^Title/)).toBe(document.activeElement));
  });

  it('creates a meeting of a found client, with the time in the zone of the office', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.click(screen.getByRole('button', { name: 'New meeting' }));
    await person.type(await screen.findByLabelText(/^Title/), 'Second opinion');
    const client = dialog().getByRole('combobox', { name: /^Client/ });
    await person.type(client, 'leie');
    await waitFor(() => expect(lastInput(memory, 'clients.list')['search']).toBe('leie'));
    await person.click((await screen.findAllByRole('option', { name: /^Leie/ }))[0] as Element);
    const day = dialog().getByLabelText(/^Date/);
    await person.clear(day);
    await person.type(day, '15/7/2026{Tab}');
    await person.type(dialog().getByLabelText('Time'), '930');
    await person.type(dialog().getByLabelText('Duration in minutes'), '45');
    await person.type(dialog().getByRole('combobox', { name: 'Tags' }), 'second{Enter}');
    await person.click(dialog().getByRole('button', { name: 'Create meeting' }));
    await waitFor(() => expect(totalText()).toBe('601 meetings'));
    expect(lastInput(memory, 'meetings.create')['fields']).toMatchObject({
      title: 'Second opinion',
      start: { at: '2026-07-15T07:30:00.000Z', zone: 'Europe/Brussels' },
      durationMinutes: 45,
      tags: ['second'],
    });
    expect(await screen.findByText('Created “Second opinion”.')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(totalText()).toBe('600 meetings'));
  });

  it('keeps a plain date plain and an untouched start as it was', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('je');
    const title = await screen.findByLabelText<HTMLInputElement>(/^Title/);
    const before = memory.office_.meetings.find((meeting) => meeting.title === title.value);
    await person.clear(title);
    await person.type(title, 'Another title');
    await person.click(dialog().getByRole('button', { name: 'Save meeting' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const { fields } = lastInput(memory, 'meetings.update') as { fields: { start: object } };
    const saved = memory.office_.meetings.find((meeting) => meeting.title === 'Another title');
    expect(saved?.start).toEqual(fields.start);
    expect(before).toBeTruthy();
  });

  it('keeps what was typed when saving fails', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('je');
    const title = await screen.findByLabelText<HTMLInputElement>(/^Title/);
    await person.clear(title);
    await person.type(title, 'Typed with care');
    memory.before_ = (call) => (call === 'meetings.update' ? fail('STORE_FULL') : undefined);
    await person.click(dialog().getByRole('button', { name: 'Save meeting' }));
    expect((await dialog().findByRole('alert')).textContent).toContain('no room left');
    expect(title.value).toBe('Typed with care');
  });

  it('offers the other version when somebody else changed the meeting meanwhile', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('je');
    const title = await screen.findByLabelText<HTMLInputElement>(/^Title/);
    await person.clear(title);
    await person.type(title, 'Mine');
    const { title: shown, id } = memory.office_.meetings.reduce((latest, meeting) =>
      ('at' in meeting.start ? meeting.start.at : meeting.start.date) >
      ('at' in latest.start ? latest.start.at : latest.start.date)
        ? meeting
        : latest,
    );
    expect(shown).not.toBe('');
    const other = memory.office_.meetings.find((meeting) => meeting.id === id);
    if (other) Object.assign(other, { version: 2, title: 'Theirs' });
    await person.click(dialog().getByRole('button', { name: 'Save meeting' }));
    expect((await dialog().findByRole('alert')).textContent).toContain('changed meanwhile');
    expect(title.value).toBe('Mine');
    await person.click(dialog().getByRole('button', { name: 'Load the other version' }));
    await waitFor(() => expect(dialog().getByLabelText<HTMLInputElement>(/^Title/).value).toBe('Theirs'));
    await person.click(dialog().getByRole('button', { name: 'Save meeting' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('clients', () => {
  it('are listed, searched, created and shown with their meetings', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('gc');
    await screen.findByRole('grid', { name: 'Clients' });
    expect(totalText()).toBe('48 clients');
    await person.keyboard('cc');
    await person.type(await screen.findByLabelText(/^Name/), 'Zwin Kites');
    await person.click(dialog().getByRole('button', { name: 'Create client' }));
    await waitFor(() => expect(totalText()).toBe('49 clients'));
    await person.type(screen.getByRole('searchbox', { name: 'Search clients' }), 'zwin');
    await waitFor(() => expect(totalText()).toBe('1 client'));
    await person.click(await screen.findByText('Zwin Kites', { selector: '[role=gridcell] *' }));
    await person.click(screen.getByRole('button', { name: 'Show meetings' }));
    expect(await screen.findByText('No meetings match')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Remove Zwin Kites' })).toBeTruthy();
    const where = lastInput(memory, 'meetings.filter')['where'] as { all: unknown[] };
    expect(where.all).toHaveLength(1);
  });

  it('whose saving nobody could tell of are not written twice when more was typed meanwhile', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('gc');
    await screen.findByRole('grid', { name: 'Clients' });
    /** It is done, and nobody hears of it. */
    const loseAnswers = (lost: 'create' | 'update'): void => {
      memory.before_ = async (call, input) => {
        if (call !== `clients.${lost}`) return;
        const lose = memory.before_;
        memory.before_ = null;
        await memory.clients[lost](input as never);
        memory.before_ = lose;
        fail('UNKNOWN_OUTCOME');
      };
    };
    const saveUnheard = async (button: string): Promise<void> => {
      await person.click(dialog().getByRole('button', { name: button }));
      expect(await dialog().findByText(/not certain whether/, {}, { timeout: 5_000 })).toBeTruthy();
      memory.before_ = null;
    };
    await person.keyboard('cc');
    const name = await screen.findByLabelText(/^Name/);
    await person.type(name, 'Zwin Kites');
    loseAnswers('create');
    await saveUnheard('Create client');
    await person.type(name, ' & Sons');
    // After a crash that would be offered as a change of what was written down, if it was.
    const [lost] = memory.calls.filter(({ call }) => call === 'clients.create');
    await waitFor(
      () => {
        const { draft } = lastInput(memory, 'drafts.keep') as { draft: { fields: string; earlier: unknown } };
        expect(JSON.parse(draft.fields)).toMatchObject({ name: 'Zwin Kites & Sons' });
        expect(draft.earlier).toBe((lost?.input as { writeId: string }).writeId);
      },
      { timeout: 3_000 },
    );
    await person.click(dialog().getByRole('button', { name: 'Create client' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(totalText()).toBe('49 clients'));
    const named = () => memory.office_.clients.filter((each) => each.name.startsWith('Zwin Kites'));
    expect(named().map((each) => each.name)).toEqual(['Zwin Kites & Sons']);

    await person.type(screen.getByRole('searchbox', { name: 'Search clients' }), 'zwin');
    await person.click(await screen.findByText('Zwin Kites & Sons', { selector: '[role=gridcell] *' }));
    await person.click(screen.getByRole('button', { name: 'Edit' }));
    const city = await screen.findByLabelText('City');
    await person.type(city, 'Zee');
    loseAnswers('update');
    await saveUnheard('Save client');
    await person.type(city, 'brugge');
    await person.click(dialog().getByRole('button', { name: 'Save client' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(named().map((each) => each.city)).toEqual(['Zeebrugge']);
  });

  it('are looked after by somebody, or by nobody again, and keep that when something else is changed', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('gc');
    await screen.findByRole('button', { name: 'New client' });
    await settled();
    const row = memory.office_.clients.find(({ owner }) => owner === null);
    await person.type(screen.getByRole('searchbox', { name: 'Search clients' }), row?.name ?? '');
    await waitFor(() => expect(totalText()).toBe('1 client'));
    await person.click(await screen.findByText(row?.name ?? '', { selector: '[role=gridcell] *' }));
    const pane = within(screen.getByRole('complementary', { name: 'Client details' }));
    expect(pane.queryByText('Looked after by')).toBeNull();
    const edit = async (): Promise<void> => {
      await person.click(pane.getByRole('button', { name: 'Edit' }));
      await screen.findByRole('button', { name: 'Save client' });
    };
    const save = async (): Promise<unknown> => {
      await person.click(dialog().getByRole('button', { name: 'Save client' }));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      return lastInput(memory, 'clients.update')['fields'];
    };
    await edit();
    await person.click(screen.getByRole('combobox', { name: 'Looked after by' }));
    await person.click(await screen.findByRole('option', { name: 'Elise Mertens' }));
    await save();
    expect(await pane.findByText('Elise Mertens')).toBeTruthy();
    await edit();
    await person.type(screen.getByLabelText('City'), ' X');
    const elise = memory.office_.users.find(({ userName }) => userName === 'elise')?.id;
    expect(await save()).toMatchObject({ ownerId: elise });
    await edit();
    await person.click(screen.getByRole('combobox', { name: 'Looked after by' }));
    await person.click(await screen.findByRole('option', { name: 'Nobody' }));
    expect(await save()).toMatchObject({ ownerId: null });
    await waitFor(() => expect(pane.queryByText('Looked after by')).toBeNull());
  });
});

describe('what is typed into a form', () => {
  const typing = async () => {
    const opened = await open({ user: 'anna' });
    await opened.person.keyboard('cc');
    await opened.person.type(await screen.findByLabelText(/^Name/), 'Zwin Kites');
    return opened;
  };
  const sent = (memory: MemoryDaybook) => memory.calls.filter(({ call }) => call === 'drafts.keep');
  /** What was sent to be kept last; nobody who leaves can wait until it was. */
  const keptName = (memory: MemoryDaybook): unknown => {
    const { draft } = lastInput(memory, 'drafts.keep') as { draft: { fields: string } };
    return (JSON.parse(draft.fields) as { name: unknown }).name;
  };

  it('is kept at once when the window goes away', async () => {
    const { memory, person } = await typing();
    await waitFor(() => expect(keptName(memory)).toBe('Zwin Kites'));
    await person.type(screen.getByLabelText(/^Name/), ' & Sons');
    window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(keptName(memory)).toBe('Zwin Kites & Sons');
  });

  it('never asks whether the window may go', async () => {
    await typing();
    const leaving = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(leaving);
    expect(leaving.defaultPrevented).toBe(false);
  });

  it('is kept when another face of the program takes its place', async () => {
    const { memory } = await typing();
    memory.status_ = { state: 'choosing' };
    memory.emit('officeStatus', {});
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(keptName(memory)).toBe('Zwin Kites');
  });

  it('is not kept again when it was given up', async () => {
    const { memory, person } = await typing();
    await person.click(dialog().getByRole('button', { name: 'Cancel' }));
    const before = sent(memory).length;
    window.dispatchEvent(new Event('beforeunload'));
    expect(sent(memory)).toHaveLength(before);
    await waitFor(() => expect(memory.draft).toBeNull());
  });
});

describe('users', () => {
  it('are seen by administrators only', async () => {
    const { person } = await open({ user: 'chloe' });
    expect(screen.queryByRole('button', { name: 'Users' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Import' })).toBeNull();
    await person.keyboard('gu');
    expect(screen.getByRole('heading', { name: 'Meetings' })).toBeTruthy();
  });

  it('are created with a password and a name not yet taken', async () => {
    const { person } = await open({ user: 'anna' });
    await person.keyboard('gu');
    await person.click(await screen.findByRole('button', { name: 'New user' }));
    await screen.findByRole('dialog');
    await person.type(dialog().getByLabelText(/^Name/), 'Ivo Ide');
    await person.type(dialog().getByLabelText(/^User name/), 'anna');
    await person.click(dialog().getByRole('button', { name: 'Create user' }));
    expect(dialog().getByText('Password is missing.')).toBeTruthy();
    await person.type(dialog().getByLabelText('Password'), 'long enough');
    await person.click(dialog().getByRole('button', { name: 'Create user' }));
    expect((await dialog().findByRole('alert')).textContent).toContain('taken already');
    await person.clear(dialog().getByLabelText(/^User name/));
    await person.type(dialog().getByLabelText(/^User name/), 'ivo');
    await person.click(dialog().getByRole('button', { name: 'Create user' }));
    expect(await screen.findByRole('cell', { name: 'ivo' })).toBeTruthy();
  });

  it('offer the other version when somebody else changed them meanwhile', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('gu');
    await person.click(await screen.findByRole('button', { name: 'Edit Elise Mertens' }));
    await screen.findByRole('dialog');
    const name = dialog().getByLabelText<HTMLInputElement>(/^Name/);
    await person.type(name, ' (mine)');
    const other = memory.office_.users.find(({ displayName }) => displayName === 'Elise Mertens');
    if (other) Object.assign(other, { version: other.version + 1, displayName: 'Elise Mertens-Peeters' });
    await person.click(dialog().getByRole('button', { name: 'Save user' }));
    expect((await dialog().findByRole('alert')).textContent).toContain('changed meanwhile');
    await person.click(dialog().getByRole('button', { name: 'Load the other version' }));
    await waitFor(() =>
      expect(dialog().getByLabelText<HTMLInputElement>(/^Name/).value).toBe('Elise Mertens-Peeters'),
    );
    await person.click(dialog().getByRole('button', { name: 'Save user' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('get clients assigned as a difference', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('gu');
    await person.click(await screen.findByRole('button', { name: 'Clients of Elise Mertens' }));
    const boxes = await waitFor(() => {
      const found = dialog().getAllByRole<HTMLInputElement>('checkbox');
      expect(found.some((box) => box.checked)).toBe(true);
      return found;
    });
    await person.click(boxes.find((box) => box.checked) as Element);
    await person.click(boxes.find((box) => !box.checked && box !== document.activeElement) as Element);
    expect(dialog().getByText('1 more, 1 fewer')).toBeTruthy();
    await person.click(dialog().getByRole('button', { name: 'Save assignment' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const sent = lastInput(memory, 'users.assignClients') as { add: string[]; remove: string[] };
    expect([sent.add.length, sent.remove.length]).toEqual([1, 1]);
  });
});

describe('the journal', () => {
  it('lists what was done and takes it back', async () => {
    const { person } = await open({ user: 'anna' });
    await person.keyboard('j{Delete}');
    await waitFor(() => expect(totalText()).toBe('599 meetings'));
    await person.keyboard('gj');
    await person.click(await screen.findByRole('button', { name: /^Undo: Deleted the meeting/ }));
    expect(await screen.findByText('Taken back')).toBeTruthy();
    expect(screen.getByText(/^Took back a change/)).toBeTruthy();
  });
});

describe('an import', () => {
  // The desk outlives its screen; it is loaded late because it looks at the window.
  afterEach(async () => (await import('../../renderer/imports/ImportDesk.ts')).clearImportDesk());

  it('goes from the file through the mapping to a report that can be undone', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.click(screen.getByRole('button', { name: 'Import' }));
    await person.click(await screen.findByRole('button', { name: 'Choose a file' }));
    const field = await screen.findByLabelText<HTMLSelectElement>('Field for column lobbyists');
    expect(field.value).toBe('client');
    await person.selectOptions(field, 'Title');
    expect(screen.getByRole('alert').textContent).toBe('Title can take one column only.');
    await person.selectOptions(field, 'Client');
    await person.click(screen.getAllByRole('button', { name: 'Import' }).at(-1) as Element);
    expect(await screen.findByRole('progressbar', { name: 'Import progress' })).toBeTruthy();
    await screen.findByRole('heading', { name: 'Import finished' }, { timeout: 5_000 });
    expect(screen.getByText('14 rows refused')).toBeTruthy();
    const listed = () => within(screen.getByRole('table', { name: 'Rows of the file' })).getAllByRole('row');
    expect(listed()).toHaveLength(21);
    await person.click(screen.getByRole('button', { name: 'Refused 14' }));
    await waitFor(() => expect(listed()).toHaveLength(15));
    await person.click(screen.getByRole('button', { name: 'Export…' }));
    expect(await screen.findByText('Written to import report.csv.')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Undo this import' }));
    expect(await screen.findByText('The import was taken back.')).toBeTruthy();
    expect(memory.office_.meetings).toHaveLength(600);
  });

  it('is checked first, and goes on from there or back to the columns', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.click(screen.getByRole('button', { name: 'Import' }));
    await person.click(await screen.findByRole('button', { name: 'Choose a file' }));
    await person.click(await screen.findByRole('button', { name: 'Check first' }));
    await screen.findByRole('heading', { name: 'What an import would do' }, { timeout: 5_000 });
    expect(memory.office_.meetings).toHaveLength(600);
    expect(screen.getAllByText('Status: Open → Closed')).toHaveLength(6);
    await person.click(screen.getByRole('button', { name: 'Back to the columns' }));
    await person.click(await screen.findByRole('button', { name: 'Check first' }));
    await screen.findByRole('heading', { name: 'What an import would do' }, { timeout: 5_000 });
    await person.click(screen.getAllByRole('button', { name: 'Import' }).at(-1) as Element);
    await screen.findByRole('heading', { name: 'Import finished' }, { timeout: 5_000 });
    await person.click(screen.getByRole('button', { name: 'Undo this import' }));
    expect(await screen.findByText('The import was taken back.')).toBeTruthy();
  });

  it('keeps how a file is read as a template', async () => {
    const { person } = await open({ user: 'anna' });
    await person.click(screen.getByRole('button', { name: 'Import' }));
    await person.click(await screen.findByRole('button', { name: 'Choose a file' }));
    await person.click(await screen.findByRole('button', { name: 'Save as template…' }));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByText('Give the template a name.')).toBeTruthy();
    await person.type(screen.getByRole('textbox', { name: /^Name/ }), 'Register');
    await person.click(screen.getByRole('button', { name: 'Save' }));
    const choice = await screen.findByLabelText<HTMLSelectElement>('Template');
    expect(choice.value).toBe('Register');
    await person.click(screen.getByRole('button', { name: 'Delete template' }));
    expect(await screen.findByText('The template “Register” was deleted.')).toBeTruthy();
    await waitFor(() => expect(screen.queryByLabelText('Template')).toBeNull());
    await person.click(screen.getByRole('button', { name: 'Choose another file' }));
  });

  it('can be cancelled, and leaves nothing', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.click(screen.getByRole('button', { name: 'Import' }));
    await person.click(await screen.findByRole('button', { name: 'Choose a file' }));
    await screen.findByRole('table', { name: 'Columns of the file' });
    await person.click(screen.getAllByRole('button', { name: 'Import' }).at(-1) as Element);
    await person.click(await screen.findByRole('button', { name: 'Cancel import' }));
    expect(await screen.findByText('The import was cancelled. Nothing of it stays.')).toBeTruthy();
    expect(memory.office_.meetings).toHaveLength(600);
  });
});

describe('shortcuts', () => {
  it('are shown from the registry, and wait while a dialog is open', async () => {
    const { memory, person } = await open({ user: 'anna' });
    await person.keyboard('?');
    expect(await dialog().findByText('New meeting')).toBeTruthy();
    await person.keyboard('gc');
    expect(screen.queryByRole('grid', { name: 'Clients' })).toBeNull();
    await person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    memory.emit('command', { id: 'clients.open' });
    expect(await screen.findByRole('grid', { name: 'Clients' })).toBeTruthy();
  });
});
