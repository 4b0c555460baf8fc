import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../electron/contract/index.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { inspectFile } from '../../electron/imports/inspectFile.ts';
import { projectRoot, startStore, type TestStore } from '../support/startStore.ts';
import { Importing } from './importing.ts';
import { readAll } from './readAll.ts';

/** A public register that nobody made for Daybook. It lies beside the project on some machines and is no part of it. */
const register = path.join(projectRoot, '../shared/data/mep-meetings-2020.csv');
const isHere = existsSync(register);
if (!isHere) console.warn(`The public register is not at ${register}; its tests are skipped.`);

describe.skipIf(!isHere)('the public register of 2020', () => {
  let office: TestStore;
  beforeAll(async () => {
    office = await startStore();
  });
  afterAll(() => office.stop());

  it('is understood from its headers and its data', async () => {
    const { columns, guess, format } = await inspectFile(register, '2026-11-21');
    const fields = Object.fromEntries(columns.map(({ header }, column) => [header, guess.columns[column]]));
    expect(fields).toEqual({
      epid: null,
      mep: 'owner',
      country: 'tags',
      group: 'tags',
      dossier: 'details',
      title: 'title',
      lobbyists: 'client',
      committees: 'tags',
      location: null,
      role: null,
      date: 'start',
    });
    expect(format).toEqual({ kind: 'text', encoding: 'UTF-8', delimiter: 'comma' });
    expect(guess.dateOrder).toBe('dmy');
  });

  it('comes in whole: no row is refused, and what is too long for a title or a name stands in the details', async () => {
    const read = await readAll(register);
    expect(read.refused).toEqual([]);
    expect(read.meetings).toHaveLength(8_310);
    expect(read.owners).toHaveLength(259);
    const shortened = read.meetings.filter(
      ({ title, client }) => title.endsWith('…') || client.endsWith('…'),
    );
    expect(shortened.length).toBeGreaterThanOrEqual(61);
    for (const { title, details } of shortened) {
      if (title.endsWith('…')) expect(details).toContain(title.slice(0, 200));
    }
    expect(read.meetings[1]).toMatchObject({
      client: 'Gas Infrastructure Europe',
      owner: 'Rovana PLUMB',
      title: 'Gas transport, storage and LNG linked with the Green Deal objectives',
      start: { date: '2020-02-12' },
      tags: ['Romania', 'S&D', 'ENVI'],
    });
  });

  it('can be browsed when it is in', async () => {
    const user = office.as(office.administrator);
    const report = await new Importing().run(register, user);
    expect(report).toMatchObject({ state: 'done', meetings: 8_310, newUsers: 259, refusedTotal: 0 });
    const ask = (input: object) => meetingsHandlers.filter(contract.meetings.filter.input.parse(input), user);
    const all = await ask({ facets: ['tag', 'owner', 'client'], limit: 1 });
    expect(all.total).toBe(8_310);
    expect(all.facets.owner?.slice(0, 2).map(({ label, count }) => [label, count])).toEqual([['Niklas NIENASS', 215], ['Jutta PAULUS', 152]]); // prettier-ignore
    expect(all.facets.tag?.slice(0, 2).map(({ value, count }) => [value, count])).toEqual([['Greens / EFA', 2_959], ['Germany', 2_522]]); // prettier-ignore
    const may = await ask({
      where: { field: 'start', op: 'between', values: ['2020-05-01', '2020-05-31'] },
      text: 'green deal',
    });
    expect(may.total).toBeGreaterThan(0);
    expect(may.rows.every(({ start }) => 'date' in start && start.date.startsWith('2020-05'))).toBe(true);
  });
});
