import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { convertIcsCalendar } from 'ts-ics';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportReport } from '../../electron/contract/export.ts';
import {
  administrator,
  newBackend,
  newOffice,
  until,
  type Heard,
  type TestBackend,
} from '../support/backend.ts';
import { newFolder, removeFolders } from '../support/engine.ts';
import { canMount, mountWord, newReadOnlyView, newVolume, removeVolumes } from '../support/volumes.ts';
import { clients, fillOffice, meetings, sighted } from './office.ts';

let backend: TestBackend;
let folder: string;
let into: string | null;
let onHeard: (heard: Heard) => void;
let shown: string[];
let ids: Awaited<ReturnType<typeof fillOffice>>;

beforeEach(async () => {
  into = newFolder();
  shown = [];
  onHeard = () => undefined;
  backend = newBackend({
    chooseFolder: () => into,
    listen: (heard) => onHeard(heard),
    showFolder: (which) => {
      shown.push(which);
    },
  });
  folder = await newOffice(backend);
  ids = await fillOffice(backend);
});
afterEach(async () => {
  await backend.close();
  removeVolumes();
  removeFolders();
});

const run = (input = {}): Promise<ExportReport> => backend.ask(1, 'office.export', input);
const textOf = (report: ExportReport, ...name: string[]): string =>
  readFileSync(path.join(report.folder, ...name), 'utf8');
const jsonOf = (report: ExportReport, name: string): Record<string, unknown>[] =>
  JSON.parse(textOf(report, name)) as Record<string, unknown>[];
const csvOf = (report: ExportReport, name: string): Record<string, string>[] =>
  parse<Record<string, string>>(readFileSync(path.join(report.folder, name)), { bom: true, columns: true });

/** As the guard is described in README.txt: an apostrophe before what looks like a formula. */
const unguarded = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
const byName = (one: string, other: string): number => (one < other ? -1 : 1);

/** Lines of a file of the iCalendar family, unfolded. */
const unfolded = (text: string): string[] => text.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
const unescaped = (value: string): string =>
  value.replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));

describe('an export', () => {
  it('holds every client and every meeting that is there, in tables and for programs', async () => {
    const report = await run();
    expect(report).toMatchObject({
      state: 'done',
      meetings: meetings.length,
      clients: clients.length,
      users: 2,
    });
    expect(path.basename(report.folder)).toMatch(/^Test office \d{4}-\d\d-\d\d \d\d\.\d\d$/);
    expect(readdirSync(into ?? '')).toEqual([path.basename(report.folder)]);
    expect(readdirSync(report.folder).sort()).toEqual([
      ...['README.txt', 'clients', 'clients.csv', 'clients.json', 'clients.vcf'],
      ...['meetings.csv', 'meetings.ics', 'meetings.json', 'users.csv', 'users.json'],
    ]);

    const told = clients.map(({ name, kind, city, notes }) => [name, kind, city, notes].join('|'));
    const rows = csvOf(report, 'clients.csv').map(({ Name, Kind, City, Notes }) =>
      [Name, Kind, City, Notes].map((cell) => unguarded(cell ?? '')).join('|'),
    );
    expect(rows.sort(byName)).toEqual(told.toSorted(byName));
    expect(
      jsonOf(report, 'clients.json')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ids.clients].sort());

    expect(jsonOf(report, 'meetings.json')).toMatchObject(
      meetings.map(({ client, details, ...fields }, at) => ({
        ...fields,
        id: ids.meetings[at],
        details: details,
        client: { id: ids.clients[client], name: clients[client]?.name },
        owner: { name: administrator.displayName },
      })),
    );
    const table = csvOf(report, 'meetings.csv');
    expect(
      table.map((row) => [row['Id'], unguarded(row['Title'] ?? ''), unguarded(row['Details'] ?? '')]),
    ).toEqual(meetings.map(({ title, details }, at) => [ids.meetings[at], title, details]));
    expect(
      table.map((row) => [unguarded(row['Client'] ?? ''), row['Type'], row['Duration (minutes)']]),
    ).toEqual(
      meetings.map(({ client, type, durationMinutes }) => [
        clients[client]?.name,
        type,
        durationMinutes === null ? '' : String(durationMinutes),
      ]),
    );
    expect(table.map((row) => row['Start']).slice(0, 8)).toEqual([
      ...['2026-03-02', '2026-03-02', '2026-07-01 10:15', '2026-12-01 09:15:30'],
      ...['2026-10-25 02:30', '2026-10-25 02:30', '2026-03-02', '1985-12-31'],
    ]);
  });

  it('has nothing in its tables that a spreadsheet would run, and Excel reads its letters', async () => {
    const report = await run();
    for (const name of ['clients.csv', 'meetings.csv', 'users.csv']) {
      const bytes = readFileSync(path.join(report.folder, name));
      expect([...bytes.subarray(0, 3)], name).toEqual([0xef, 0xbb, 0xbf]);
      const cells = parse(bytes, { bom: true }) as string[][];
      expect(
        cells.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell)),
        name,
      ).toEqual([]);
    }
  });

  it('tells of users and what they see, and of no password', async () => {
    const report = await run({ withJournal: true });
    expect(jsonOf(report, 'users.json')).toMatchObject([
      { userName: 'Ada', role: 'administrator', clientIds: [] },
      { userName: sighted.userName, displayName: sighted.displayName, role: 'manager' },
    ]);
    expect(jsonOf(report, 'users.json')[1]?.['clientIds']).toEqual(
      expect.arrayContaining(ids.clients.slice(0, 2)),
    );
    expect(csvOf(report, 'users.csv').map(({ Name }) => Name)).toEqual([
      administrator.displayName,
      sighted.displayName,
    ]);
    const all = readdirSync(report.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
    expect(all.join('\n')).not.toMatch(/scrypt|"secret"|"hash"|recoveryCode"/);
  });

  it('is a calendar that another program reads: every meeting at its moment', async () => {
    const report = await run();
    const text = textOf(report, 'meetings.ics');
    const lines = text.split('\r\n');
    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const { events = [], timezones = [] } = convertIcsCalendar(undefined, text);
    expect(timezones.map(({ id }) => id)).toEqual(['Europe/Brussels']);
    const instant = ({ start }: (typeof meetings)[number]): string =>
      'at' in start ? start.at : `${start.date}T00:00:00.000Z`;
    expect(events.map(({ uid, start }) => [uid, start.date.toISOString()])).toEqual(
      meetings.map((meeting, at) => [ids.meetings[at], instant(meeting)]),
    );
    expect(events.map(({ start }) => start.type === 'DATE')).toEqual(
      meetings.map(({ start }) => 'date' in start),
    );
    const ends = unfolded(text).filter((line) => line.startsWith('DTEND'));
    expect(ends).toEqual(['DTEND;TZID=Europe/Brussels:20260701T104500', 'DTEND:20261025T013000Z']);
    const starts = unfolded(text).filter((line) => /^DTSTART[;:](TZID|\d{8}T\d+Z)/.test(line));
    expect(starts).toEqual(
      expect.arrayContaining([
        'DTSTART;TZID=Europe/Brussels:20260701T101500',
        'DTSTART:19850615T100000Z',
        'DTSTART:21990615T100000Z',
      ]),
    );
    const summaries = unfolded(text).filter((line) => line.startsWith('SUMMARY:'));
    expect(summaries.map((line) => unescaped(line.slice(8)))).toEqual(
      meetings.map(({ title, client }) => `${title} (${clients[client]?.name ?? ''})`),
    );
  });

  it('is an address book with every client', async () => {
    const lines = unfolded(textOf(await run(), 'clients.vcf'));
    const valuesOf = (name: string): string[] =>
      lines
        .filter((line) => line.startsWith(`${name}:`))
        .map((line) => unescaped(line.slice(name.length + 1)));
    expect(valuesOf('FN').sort(byName)).toEqual(clients.map(({ name }) => name).toSorted(byName));
    expect(valuesOf('NOTE').sort(byName)).toEqual(
      clients
        .map(({ notes }) => notes)
        .filter((notes) => notes !== '')
        .toSorted(byName),
    );
    expect(valuesOf('BEGIN')).toHaveLength(clients.length);
    expect(valuesOf('UID').sort()).toEqual([...ids.clients].sort());
  });

  it('has a file for each client, under a name that every system takes, its newest meeting first', async () => {
    const report = await run();
    const names = readdirSync(path.join(report.folder, 'clients'));
    expect(names).toHaveLength(clients.length);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(clients.length);
    for (const name of names) {
      expect(name).not.toMatch(/[<>:"/\\|?*\u0000-\u001f]|[. ]$|^[. ]/);
      expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
      expect(Buffer.byteLength(name)).toBeLessThan(200);
    }
    const [file = ''] = names.filter((name) => name.startsWith('Bakkerij'));
    const text = textOf(report, 'clients', file);
    expect(text).toMatch(/^# Bakkerij "De Korrel", N\.V\.; sinds 1920\n/);
    const headings = [...text.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      ...['2026-12-01 09:15:30 · Winter', '2026-07-01 10:15 · Summer'],
      expect.stringContaining('2026-03-02'),
      expect.stringContaining('2026-03-02'),
    ]);
    expect(text).toContain('Liège');
    expect(text).not.toContain('Deleted meeting');
    const [shy = ''] = names.filter((name) => name.startsWith('Łucja'));
    expect(textOf(report, 'clients', shy)).not.toMatch(/^(# no heading|- no list)|(?<!\\)<b>/m);
  });

  it('tells what was done only when asked, and then all of it', async () => {
    expect(readdirSync((await run()).folder)).not.toContain('journal.jsonl');
    const report = await run({ withJournal: true });
    const entries = textOf(report, 'journal.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { entry: number });
    const { last } = (await backend.office.store().call('journal_head', {})) as { last: number };
    expect(entries.map(({ entry }) => entry)).toEqual(Array.from({ length: last }, (_, at) => last - at));
    expect(path.basename(report.folder)).toMatch(/ \(2\)$|\.\d\d$/);
  });

  it('can be imported again: every meeting is what it was', async () => {
    const report = await run();
    const other = newBackend({ chooseFile: () => path.join(report.folder, 'meetings.csv') });
    try {
      await newOffice(other);
      const { file }: { file: { handle: string } } = await other.ask(1, 'imports.chooseFile');
      const { guess }: { guess: object } = await other.ask(1, 'imports.inspect', { handle: file.handle });
      const start = { writeId: crypto.randomUUID(), handle: file.handle, mapping: guess };
      await other.ask(1, 'imports.start', start);
      await until(() =>
        other.heard.some(
          ({ event, payload }) =>
            event === 'importProgress' && (payload as { state: string }).state === 'done',
        ),
      );
      const { rows }: { rows: Record<string, never>[] } = await other.ask(1, 'meetings.filter', {
        ...{ sort: [{ by: 'created', direction: 'ascending' }], limit: 500 },
      });
      const simple = (text: string): string => text.replaceAll('\r\n', '\n');
      expect(rows).toHaveLength(meetings.length);
      for (const {
        title,
        details,
        type,
        status,
        priority,
        durationMinutes,
        client,
        start: when,
      } of meetings) {
        const found = rows.filter((row) => row['title'] === title);
        // An hour that the clock shows twice is told apart by the other column only.
        const moment = title.includes('clocks') ? {} : { start: when };
        expect(found, title).toMatchObject([
          {
            title,
            type,
            status,
            priority,
            durationMinutes,
            client: { name: clients[client]?.name },
            ...moment,
          },
        ]);
        expect(found[0]?.['details']).toBe(simple(details));
      }
    } finally {
      await other.close();
    }
  });
});

describe('an export that does not come about', () => {
  it('is for administrators alone', async () => {
    await backend.ask(2, 'session.signIn', { userName: sighted.userName, password: 'eight or more' });
    for (const call of ['export', 'cancelExport', 'showExport'])
      await expect(backend.ask(2, `office.${call}`)).rejects.toThrow('NOT_ALLOWED');
    await expect(backend.ask(3, 'office.export')).rejects.toThrow('SIGNED_OUT');
    expect(readdirSync(into ?? '')).toEqual([]);
  });

  it('leaves nothing when no folder is chosen, or a bad one', async () => {
    const good = into ?? '';
    into = null;
    expect((await run()).state).toBe('notChosen');
    into = path.join(good, 'not there');
    await expect(run()).rejects.toThrow('NO_EXPORT folder');
    const file = path.join(good, 'file');
    writeFileSync(file, '');
    into = file;
    await expect(run()).rejects.toThrow('NO_EXPORT folder');
    mkdirSync(path.join(folder, 'of mine'));
    for (const within of ['', 'data', 'of mine']) {
      into = path.join(folder, within);
      await expect(run(), within).rejects.toThrow('NO_EXPORT inOffice');
    }
    expect(readdirSync(good)).toEqual(['file']);
    expect(readdirSync(path.join(folder, 'of mine'))).toEqual([]);
  });

  it('leaves nothing when it is cancelled, and another can be made then', async () => {
    onHeard = ({ event }) => {
      if (event === 'exportProgress') void backend.ask(1, 'office.cancelExport');
    };
    expect((await run()).state).toBe('cancelled');
    expect(readdirSync(into ?? '')).toEqual([]);
    onHeard = () => undefined;
    expect((await run()).state).toBe('done');
  });

  it('ends with the session of who makes it', async () => {
    onHeard = ({ event }) => {
      if (event === 'exportProgress') void backend.ask(1, 'session.signOut');
    };
    expect((await run()).state).toBe('cancelled');
    expect(readdirSync(into ?? '')).toEqual([]);
  });

  it('is one at a time', async () => {
    let second: Promise<unknown> = Promise.resolve('none');
    onHeard = ({ event }) => {
      if (event !== 'exportProgress') return;
      onHeard = () => undefined;
      second = run().catch(String);
    };
    expect((await run()).state).toBe('done');
    expect(await second).toContain('CONFLICT export');
  });

  it('is shown in its folder only to who made it', async () => {
    await backend.ask(1, 'office.showExport');
    expect(shown).toEqual([]);
    const report = await run();
    await backend.ask(1, 'office.showExport');
    expect(shown).toEqual([report.folder]);
  });

  it.skipIf(!canMount)(
    `says in one sentence that the drive is full or cannot be written${mountWord}`,
    async () => {
      const volume = newVolume(1);
      writeFileSync(path.join(volume, 'filler'), Buffer.alloc(1024 * 1024 - 24 * 1024));
      into = volume;
      const reply = await backend.serve('office.export', {}, 1);
      expect(reply).toMatchObject({
        code: 'NO_EXPORT',
        message: 'There is not enough room for the export in this folder. Nothing of it was left.',
      });
      expect(readdirSync(volume)).toEqual(['filler']);
      into = newReadOnlyView(newFolder());
      expect(await backend.serve('office.export', {}, 1)).toMatchObject({
        message: 'Nothing can be written to this folder. Choose another one.',
      });
    },
  );
});
