// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { InputOf, OutputOf, Contract } from '../../electron/contract/index.ts';
import { open } from './screen.tsx';

type Inspection = OutputOf<Contract['imports']['inspect']>;

const openDate = { sample: '03/04/2026', dmy: '2026-04-03', mdy: '2026-03-04' };
const inspection: Inspection = {
  columns: [
    { header: 'when', samples: ['03/04/2026'], names: [], dates: { order: 'dmy', open: openDate } },
    { header: 'who', samples: ['Acme; Bolt'], names: [], dates: null },
    { header: 'booked', samples: ['2026-02-01'], names: [], dates: { order: 'iso', open: null } },
  ],
  guess: {
    sheet: null,
    columns: ['start', 'client', null],
    dateOrder: 'dmy',
    clients: 'one',
    duplicates: 'keep',
    owners: { named: [], unknown: 'new' },
    viewers: { owners: false, users: [] },
    defaults: { type: 'visit', status: 'closed', priority: 'normal', ownerId: null },
  },
  format: { kind: 'text', encoding: 'UTF-8', delimiter: 'comma' },
  template: null,
};

/** Opens the import on a file, and keeps what is asked of the program. */
async function mappingOf(inspected: Inspection) {
  const opened = await open({ user: 'anna' });
  const { imports } = opened.memory;
  const asked = { inspected: [] as unknown[], started: [] as InputOf<Contract['imports']['start']>[] };
  const { start } = imports;
  const inspect: typeof imports.inspect = async (input) => {
    asked.inspected.push(input);
    const { format, guess } = inspected;
    const sheet = input.sheet ?? null;
    if (format.kind === 'text' || sheet === null) return inspected;
    return { ...inspected, guess: { ...guess, sheet }, format: { ...format, sheet } };
  };
  const noteStart: typeof start = async (input) => {
    asked.started.push(input);
    return start(input);
  };
  Object.assign(imports, { inspect, start: noteStart });
  await opened.person.click(await screen.findByRole('button', { name: 'Import' }));
  await opened.person.click(await screen.findByRole('button', { name: 'Choose a file' }));
  await screen.findByRole('table', { name: 'Columns of the file' });
  const begin = within(screen.getByRole('main')).getByRole('button', { name: 'Import' });
  return { ...opened, asked, begin };
}

// The desk outlives its screen; it is loaded late because it looks at the window.
afterEach(async () => (await import('../../renderer/imports/ImportDesk.ts')).clearImportDesk());

describe('dates that can be read in two ways', () => {
  it('keep the import waiting until somebody says what one of them means', async () => {
    const { person, asked, begin } = await mappingOf(inspection);
    expect(screen.getByRole('alert').textContent).toBe(
      'Say what the dates mean: 03/04/2026 can be read in two ways.',
    );
    expect(begin.getAttribute('aria-disabled')).toBe('true');
    await person.click(begin);
    expect(asked.started).toEqual([]);
    const choice = screen.getByRole('radiogroup', { name: /^What the dates mean/ });
    const readings = within(choice).getAllByRole<HTMLInputElement>('radio');
    expect(readings.map(({ checked }) => checked)).toEqual([false, false]);
    await person.click(within(choice).getByLabelText('03/04/2026 is 04 Mar 2026'));
    expect(screen.queryByRole('alert')).toBeNull();
    await person.click(begin);
    expect(asked.started[0]?.mapping.dateOrder).toBe('mdy');
  });

  it('are no matter once the start is another column, and are asked about again when it is not', async () => {
    const { person, begin, asked } = await mappingOf(inspection);
    await person.click(screen.getByLabelText('03/04/2026 is 03 Apr 2026'));
    const fieldOf = (name: string) => screen.getByLabelText(`Field for column ${name}`);
    await person.selectOptions(fieldOf('when'), 'Leave out');
    await person.selectOptions(fieldOf('booked'), 'Start');
    expect(screen.queryByRole('radiogroup')).toBeNull();
    expect(screen.getByLabelText<HTMLSelectElement>('Order of dates').value).toBe('iso');
    await person.selectOptions(fieldOf('booked'), 'Leave out');
    await person.selectOptions(fieldOf('when'), 'Start');
    expect(begin.getAttribute('aria-disabled')).toBe('true');
    await person.click(screen.getByLabelText('03/04/2026 is 03 Apr 2026'));
    await person.click(begin);
    expect(asked.started[0]?.mapping).toMatchObject({ dateOrder: 'dmy', columns: ['start', 'client', null] });
  });
});

describe('what else a file leaves open', () => {
  const clear: Inspection = {
    ...inspection,
    columns: inspection.columns.map((column) => ({ ...column, dates: null })),
  };

  it('is whether a cell names one client or several, with what that comes to', async () => {
    const { person, begin, asked } = await mappingOf(clear);
    const clients = screen.getByLabelText<HTMLSelectElement>('A cell with several clients');
    expect(clients.value).toBe('one');
    await person.selectOptions(clients, 'Several, one meeting for each');
    expect(screen.getByText(/a row with three of them becomes three meetings/)).toBeTruthy();
    await person.click(begin);
    expect(asked.started[0]?.mapping.clients).toBe('several');
  });

  it('is which sheet of a workbook is read', async () => {
    const sheets = ['Meetings', 'Notes'];
    const book: Inspection = { ...clear, format: { kind: 'workbook', sheet: 'Meetings', sheets } };
    const { person, asked } = await mappingOf(book);
    expect(screen.getByText('Read as an Excel workbook, sheet “Meetings”.')).toBeTruthy();
    await person.selectOptions(screen.getByLabelText('Sheet'), 'Notes');
    expect(await screen.findByText('Read as an Excel workbook, sheet “Notes”.')).toBeTruthy();
    expect(asked.inspected.at(-1)).toMatchObject({ sheet: 'Notes' });
  });
});
