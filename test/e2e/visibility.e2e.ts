import { describe, expect, it } from 'vitest';
import type { Meeting } from '../../electron/contract/meetings.ts';
import { ask, latestEntry, refusal } from './support/daybook.ts';
import {
  button,
  choice,
  demoPassword,
  enter,
  enterDemo,
  field,
  fromUserMenu,
  goTo,
  navigation,
  onOffer,
  settled,
  signOut,
  total,
} from './support/doing.ts';
import { everyMeeting } from './support/everything.ts';
import { list, option, shownRows } from './support/list.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const office = story('visibility', () => ({ args: ['--demo'] }));

const password = 'a quiet harbour';
let everything: Meeting[] = [];
/** The two clients that are assigned, and one that is not. */
let mine: { id: string; name: string }[] = [];
let other = { id: '', name: '' };
let visible: Meeting[] = [];

describe('A user who may see two clients only', () => {
  it('is created by the administrator, who assigns the clients', async () => {
    const { page } = office;
    await enterDemo(page);
    everything = await everyMeeting(page);
    const { rows } = await ask(page, 'clients', 'list', { limit: 500 });
    const busy = rows.filter(({ meetings }) => meetings > 20);
    mine = busy.slice(0, 2).map(({ id, name }) => ({ id, name }));
    other = busy[2] ?? other;
    visible = everything.filter(({ client }) => mine.some(({ id }) => id === client.id));

    await goTo(page, 'Users');
    await button(page, 'New user').click();
    const form = page.getByRole('dialog', { name: 'New user' });
    await field(form, 'Name').fill('Léa Peeters');
    await field(form, 'User name').fill('lea');
    await form.getByLabel('Password', { exact: true }).fill(password);
    await button(form, 'Create user').click();
    await form.waitFor({ state: 'detached' });

    await button(page, 'Clients of Léa Peeters').click();
    const assignment = page.getByRole('dialog', { name: 'Clients of Léa Peeters' });
    for (const { name } of mine) {
      await assignment.getByRole('searchbox', { name: 'Search clients' }).fill(name);
      await assignment
        .getByRole('checkbox', { name: new RegExp(`^${name}`) })
        .first()
        .check();
    }
    expect(await assignment.getByRole('status').innerText()).toContain('2 clients assigned');
    await office.picture('assigning clients');
    await button(assignment, 'Save assignment').click();
    await assignment.waitFor({ state: 'detached' });
    const line = page.getByRole('row', { name: /Léa Peeters/ });
    await until(
      'her line says so',
      () => line.innerText(),
      (words) => words.includes('2 clients'),
    );
    expect(await line.innerText()).toContain('Adviser');
    await signOut(page);
  });

  it('sees the meetings of these clients, and totals and counts of nothing else', async () => {
    const { page } = office;
    await enter(page, 'LEA', password);
    expect(await total(page)).toBe(visible.length);
    const rows = await shownRows(page);
    expect(new Set(rows.map(({ cells }) => cells[2]))).toEqual(
      new Set(visible.slice(0, rows.length).map(({ client }) => client.name)),
    );
    const { facets } = await ask(page, 'meetings', 'filter', {
      limit: 0,
      facets: ['type', 'status', 'priority', 'owner', 'tag', 'client'],
    });
    const countIn = (holds: (meeting: Meeting) => boolean): number => visible.filter(holds).length;
    for (const { value, count } of facets.type ?? [])
      expect(count).toBe(countIn(({ type }) => type === value));
    for (const { value, count } of facets.tag ?? [])
      expect(count).toBe(countIn(({ tags }) => tags.includes(value)));
    for (const { value, count } of facets.owner ?? [])
      expect(count).toBe(countIn(({ owner }) => owner.id === value));
    expect(facets.client?.map(({ label }) => label).sort()).toEqual(mine.map(({ name }) => name).sort());
    const boxes = page.getByRole('group', { name: 'Client', exact: true }).getByRole('checkbox');
    expect(await boxes.count()).toBe(2);
    await option(page, mine[0]?.name ?? '').check();
    await settled(page);
    expect(await total(page)).toBe(countIn(({ client }) => client.id === mine[0]?.id));
    await office.picture('her meetings');
    await button(page, 'Clear all').click();
    await settled(page);
  });

  it('is never offered the name of another client', async () => {
    const { page } = office;
    await field(page, 'Find a client').fill(other.name.slice(0, 5));
    const group = page.getByRole('group', { name: 'Client', exact: true });
    await until(
      'nothing is offered',
      () => group.getByRole('checkbox').count(),
      (count) => count === 0,
    );
    expect(await page.getByText('No such value.').isVisible()).toBe(true);
    await field(page, 'Find a client').press('Escape');
    const { values } = await ask(page, 'meetings', 'facetValues', { facet: 'client', search: other.name });
    expect(values).toEqual([]);
    const tags = await ask(page, 'meetings', 'facetValues', { facet: 'tag', limit: 100 });
    for (const { value } of tags.values)
      expect(visible.some((meeting) => meeting.tags.includes(value))).toBe(true);
    await page.getByRole('searchbox', { name: 'Search meetings' }).fill(other.name);
    await settled(page);
    await page.getByText('No meetings match').waitFor();
    await page.getByRole('searchbox', { name: 'Search meetings' }).press('Escape');
    await settled(page);
  });

  it('finds only her clients in the list of clients and in forms', async () => {
    const { page } = office;
    await goTo(page, 'Clients');
    await settled(page);
    expect((await shownRows(page, 'Clients')).map(({ cells }) => cells[0]).sort()).toEqual(
      mine.map(({ name }) => name).sort(),
    );
    expect(await total(page)).toBe(2);
    await goTo(page, 'Meetings');
    await list(page).focus();
    await page.keyboard.press('c');
    await page.keyboard.press('m');
    const form = page.getByRole('dialog', { name: 'New meeting' });
    await choice(form, 'Client').click();
    const offered = await until(
      'clients are offered',
      () => onOffer(page, 'Client').allInnerTexts(),
      ({ length }) => length > 0,
    );
    expect(offered.sort()).toEqual(mine.map(({ name }) => name).sort());
    await page.keyboard.press('Escape');
    await button(form, 'Cancel').click();
    await form.waitFor({ state: 'detached' });
  });

  it('gets the same answer for a hidden record as for one that does not exist', async () => {
    const { page } = office;
    const hidden = everything.find(({ client }) => client.id === other.id);
    const nowhere = '01890000-0000-7000-8000-000000000000';
    const before = await latestEntry(page);
    const fields = (clientId: string): string =>
      JSON.stringify({
        clientId,
        ownerId: everything[0]?.owner.id,
        title: 'Trespassing',
        type: 'call',
        status: 'open',
        start: { date: '2026-11-20' },
      });
    const calls = (meeting: string, client: string): string[] => [
      `meetings.get({ id: '${meeting}' })`,
      `meetings.delete({ writeId: crypto.randomUUID(), id: '${meeting}', version: 1 })`,
      `meetings.update({ writeId: crypto.randomUUID(), id: '${meeting}', version: 1, fields: ${fields(mine[0]?.id ?? '')} })`,
      `meetings.create({ writeId: crypto.randomUUID(), fields: ${fields(client)} })`,
      `meetings.filter({ where: { field: 'client', op: 'anyOf', values: ['${client}'] } })`,
      `clients.get({ id: '${client}' })`,
      `clients.update({ writeId: crypto.randomUUID(), id: '${client}', version: 1, fields: { name: 'Mine now' } })`,
      `clients.delete({ writeId: crypto.randomUUID(), id: '${client}', version: 1 })`,
    ];
    const absent = calls(nowhere, nowhere);
    for (const [at, call] of calls(hidden?.id ?? '', other.id).entries()) {
      const failure = await refusal(page, call);
      expect(failure.code, call).toBe('NOT_FOUND');
      expect(await refusal(page, absent[at] ?? ''), call).toEqual(failure);
    }
    expect(await latestEntry(page)).toBe(before);
  });

  it('has no Users screen, cannot import, and is told so if she asks for them', async () => {
    const { page } = office;
    const names = await navigation(page).getByRole('button').allInnerTexts();
    expect(await button(navigation(page), 'Users').count(), names.join()).toBe(0);
    expect(await button(navigation(page), 'Import').count()).toBe(0);
    for (const key of ['g', 'u']) await page.keyboard.press(key);
    expect(await page.getByRole('heading', { level: 1, name: 'Users' }).count()).toBe(0);
    const own = (await ask(page, 'session', 'current')).user?.id ?? '';
    for (const call of [
      'users.list()',
      `users.clients({ id: '${own}' })`,
      `users.assignClients({ writeId: crypto.randomUUID(), id: '${own}', add: ['${other.id}'] })`,
      `users.create({ writeId: crypto.randomUUID(), fields: { userName: 'me2', displayName: 'Me', role: 'administrator' }, password: 'long enough' })`,
      `users.update({ writeId: crypto.randomUUID(), id: '${own}', version: 1, fields: { userName: 'lea', displayName: 'Léa', role: 'administrator' } })`,
      'imports.chooseFile()',
      "imports.offerFile({ path: '/etc/passwd' })",
    ]) {
      const { code, message } = await refusal(page, call);
      expect({ call, code, message }).toEqual({
        call,
        code: 'NOT_ALLOWED',
        message: 'Your role does not allow this.',
      });
    }
  });

  it('finds in the journal what she did herself and nothing of the others', async () => {
    const { page } = office;
    const { entries } = await ask(page, 'journal', 'list', { limit: 200 });
    expect(entries).toEqual([]);
    await goTo(page, 'Journal');
    await page.getByText('Nothing was done yet').waitFor();
    const nothingOfOthers = await page.getByRole('main').innerText();
    expect(nothingOfOthers).not.toContain('Anna');
  });

  it('sees more from the moment a client is assigned to her, and less when it is taken away', async () => {
    const { page } = office;
    await goTo(page, 'Meetings');
    await settled(page);
    const own = (await ask(page, 'session', 'current')).user?.id ?? '';
    await fromUserMenu(page, 'Switch user');
    await enter(page, 'anna', demoPassword);
    await ask(page, 'users', 'assignClients', { writeId: crypto.randomUUID(), id: own, add: [other.id] });
    await ask(page, 'users', 'assignClients', {
      writeId: crypto.randomUUID(),
      id: own,
      remove: [mine[0]?.id ?? ''],
    });
    await fromUserMenu(page, 'Switch user');
    await enter(page, 'lea', password);
    const now = new Set([other.id, mine[1]?.id]);
    expect(await total(page)).toBe(everything.filter(({ client }) => now.has(client.id)).length);
  });
});
