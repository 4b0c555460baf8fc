import { describe, expect, it } from 'vitest';
import { bringIn } from '../support/oracle/importedFile/bringIn.ts';
import { counts, judge } from '../support/oracle/importedFile/judge.ts';
import type { FileRow, ImportRules } from '../support/oracle/importedFile/rows.ts';
import { takeBack } from '../support/oracle/importing.ts';
import type { Meeting } from '../support/oracle/types.ts';
import { refusal } from './officePair.ts';
import { smallOffice } from './smallOffice.ts';

const start = { date: '2026-03-02' };
const rules: ImportRules = {
  ...{ actor: 'admin', duplicates: 'keep', unknownOwners: 'new', viewers: { owners: false, users: [] } },
  defaults: { type: 'visit', status: 'closed', priority: 'normal', ownerId: null },
};

/** Rows with these cells, the others empty. */
const file = (...rows: Partial<FileRow>[]): FileRow[] =>
  rows.map((cells, at) => ({
    ...{ line: at + 2, clients: ['Acme'], title: 'Lunch', start, owner: '', status: '', details: '' },
    ...{ tags: [], durationMinutes: null, externalId: '', ...cells },
  }));

function example() {
  const small = smallOffice();
  const { office } = small;
  const acme = small.client('Acme');
  let made = 0;
  const run = (...rows: Partial<FileRow>[]) => {
    const judgement = judge(office, file(...rows), rules);
    const ids = (names: readonly string[]) => new Map(names.map((name) => [name, `new ${name}`]));
    const imported = bringIn(office, judgement, {
      ...{ clientIds: ids(judgement.clients), ownerIds: ids(judgement.owners), clientsMadeAt: new Map() },
      meetingIds: judgement.added.map(() => `t${String((made += 1))}`),
      ...{ madeAt: 'made', changedAt: 'changed' },
    });
    return { counts: counts(judgement), told: judgement.told, imported };
  };
  const undo = (imported: ReturnType<typeof run>['imported']): string | null =>
    refusal(() => takeBack(office, imported, () => ({ actor: 'admin', at: 'undone' })));
  const titles = () =>
    [...office.meetings.values()].filter(({ deleted }) => !deleted).map(({ title }) => title);
  return { ...small, acme, run, undo, titles };
}

describe('what the oracle says of files', () => {
  it('the n-th row with one client, start and title means the n-th meeting', () => {
    const { meeting, acme, run, office } = example();
    const [first, second] = [meeting(acme, 'lunch'), meeting(acme, 'LUNCH')];
    const { told } = run({ status: 'open' }, { status: 'planned' }, { status: 'waiting' });
    expect(told.map(({ outcome }) => outcome)).toEqual(['updated', 'updated', 'added']);
    expect([first, second].map((id) => office.meetings.get(id)?.status)).toEqual(['open', 'planned']);
    expect(told.map(({ duplicateOf }) => duplicateOf)).toEqual([null, 2, 2]);
  });

  it('an id finds its meeting wherever it went, and takes none that has another id', () => {
    const { run, titles } = example();
    expect(run({ externalId: 'A1' }).counts).toMatchObject({ added: 1 });
    expect(run({ externalId: 'A1', title: 'Dinner' }).counts).toMatchObject({ updated: 1 });
    expect(run({ externalId: 'A2', title: 'Dinner' }).counts).toMatchObject({ added: 1 });
    expect(titles()).toEqual(['Dinner', 'Dinner']);
  });

  it('refuses an id that the file has already, also as that of a second client', () => {
    const { run } = example();
    const { told } = run({ externalId: 'A1', clients: ['Acme', 'Bolt'] }, { externalId: 'A1/2' });
    expect(told.map(({ reason }) => reason)).toEqual(['', '', 'The id "A1/2" stands in line 2 already.']);
  });

  it('takes back what a file changed and brought, unless somebody worked on it', () => {
    const { run, undo, titles, send, office, acme, ...small } = example();
    small.meeting(acme, 'Lunch');
    const { imported } = run({ externalId: 'A1', owner: 'Zoe' }, { clients: ['Bolt'] });
    expect([office.users.size, office.clients.get('new Bolt')?.deleted]).toEqual([2, false]);
    expect(undo(imported)).toBeNull();
    expect([office.users.size, office.clients.get('new Bolt')?.deleted]).toEqual([1, true]);
    expect(titles()).toEqual(['Lunch']);
    const again = run({ externalId: 'A1', title: 'Lunch', status: 'waiting' });
    const [meeting] = [...office.meetings.values()] as [Meeting];
    expect(meeting).toMatchObject({ status: 'waiting', ownerId: 'admin' });
    const { id, version } = meeting;
    send({ kind: 'deleteMeeting', actor: 'admin', id, version });
    expect(undo(again.imported)).toBe('CONFLICT');
  });
});
