import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { findings, wrongInBothColours } from './support/axe.ts';
import { copyOfTheProgram, type Copy } from './support/copies.ts';
import { ask, newWriteId, refusal } from './support/daybook.ts';
import {
  button,
  choice,
  enter,
  field,
  goTo,
  navigation,
  note,
  press,
  tabTo,
  title,
  total,
} from './support/doing.ts';
import { foundOffice } from './support/founding.ts';
import { answerFileDialog } from './support/files.ts';
import { list, row } from './support/list.ts';
import { engineOf, familyOf, isRedis } from './support/processes.ts';
import { startProgram, type Program } from './support/program.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const office = story('engine trouble');
const password = 'a quiet harbour';

/** Further programs of a test. */
const others: Program[] = [];
afterEach(async () => {
  for (const program of others.splice(0)) await program.stop();
});

const officeFolder = (): string => path.join(office.folder, 'profile', 'office');
const dataFolder = (): string => path.join(officeFolder(), 'data');

interface Said {
  readonly title: string;
  readonly where: string;
  /** What the engine answered, which stands folded below. */
  readonly log: string;
}

/** What the window says is wrong. */
async function troubleOn(page: Page): Promise<Said> {
  const card = page.getByRole('alert');
  await card.waitFor();
  await card.getByText('What the program said').click();
  const [, where = ''] = /^Where: (.*)$/m.exec(await card.innerText()) ?? [];
  return {
    title: await card.getByRole('heading', { level: 1 }).innerText(),
    where,
    log: await card.locator('pre').innerText(),
  };
}

async function writeMeeting(page: Page, name: string): Promise<void> {
  const { rows } = await ask(page, 'clients', 'list', { limit: 1 });
  const { user } = await ask(page, 'session', 'current');
  await ask(page, 'meetings', 'create', {
    writeId: newWriteId(),
    fields: {
      clientId: rows[0]?.id ?? '',
      ownerId: user?.id ?? '',
      title: name,
      type: 'call',
      status: 'open',
      start: { date: '2026-11-20' },
    },
  });
}

const titles = async (page: Page): Promise<string[]> => {
  const { rows } = await ask(page, 'meetings', 'filter', {
    sort: [{ by: 'created', direction: 'ascending' }],
    limit: 500,
  });
  return rows.map((meeting) => meeting.title);
};

/** The window shows so many meetings, now or in a moment. */
const listed = (count: number): Promise<unknown> =>
  until(
    `${String(count)} meetings are listed`,
    () => total(office.page),
    (shown) => shown === count,
  );

/** Another engine runs, and the office is open. */
const startedAnew = (killed: number): Promise<unknown> =>
  until(
    'the office is open again',
    async () => ({
      status: await ask(office.page, 'office', 'status'),
      isAnother: familyOf(office.program.pid).some(({ command, pid }) => isRedis(command) && pid !== killed),
    }),
    ({ status, isAnother }) => status.state === 'ready' && !status.restarting && isAnother,
  );

const restarting = (): Promise<void> =>
  office.page.getByText('One moment: the data are being opened again.').waitFor();

/** The file of the engine that grows with everything written. */
function growingFile(): string {
  const folder = readdirSync(dataFolder(), { withFileTypes: true }).find((entry) => entry.isDirectory());
  const inside = path.join(dataFolder(), folder?.name ?? '');
  const name = readdirSync(inside).find((each) => each.endsWith('.incr.aof'));
  if (!name) throw new Error(`there is no growing file in ${inside}`);
  return path.join(inside, name);
}

describe('A program without its redis-server', () => {
  let copy: Copy;

  it('says which file is missing and leaves everything else alone', async () => {
    copy = copyOfTheProgram(path.join(office.folder, 'program'));
    renameSync(copy.redisServer, `${copy.redisServer}.away`);
    const userData = path.join(office.folder, 'incomplete');
    const program = await startProgram({ userData, runtime: copy.runtime });
    others.push(program);
    const { page } = program;
    const said = await troubleOn(page);
    expect(said).toEqual({
      title: 'The database program is missing',
      where: copy.redisServer,
      log: 'It said nothing.',
    });
    expect(await page.getByRole('alert').innerText()).toContain('Install Daybook again.');
    expect(existsSync(path.join(userData, 'office', 'data'))).toBe(false);
    await office.picture('missing', page);

    // There is no way round the screen.
    for (const call of [
      "session.signIn({ userName: 'a', password: 'b' })",
      "office.create({ name: 'x', administrator: { userName: 'a', displayName: 'a', password: 'long enough' } })",
    ])
      expect(await refusal(page, call), call).toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: 'The data cannot be reached at the moment. Nothing was changed.',
      });
  });

  it('is tried again without a new start, and works when the file is back', async () => {
    const program = await startProgram({
      userData: path.join(office.folder, 'incomplete'),
      runtime: copy.runtime,
    });
    others.push(program);
    await title(program.page, 'The database program is missing').waitFor();
    renameSync(`${copy.redisServer}.away`, copy.redisServer);
    await button(program.page, 'Try again').click();
    await title(program.page, 'Welcome to Daybook').waitFor();
  });
});

describe('An engine that is killed while people work', () => {
  it('is started again, and the window goes on where it was, with nothing lost', async () => {
    const { page, pid } = office.program;
    await foundOffice(page, 'Kantoor Wauters', { userName: 'asa', displayName: 'Åsa Wauters', password });
    await ask(page, 'clients', 'create', { writeId: newWriteId(), fields: { name: 'Bakkerij Peeters' } });
    const written = Array.from({ length: 20 }, (_, at) => `Call ${String(at)}`);
    for (const name of written) await writeMeeting(page, name);
    await listed(20);

    const killed = engineOf(pid).pid;
    process.kill(killed, 'SIGKILL');
    await startedAnew(killed);
    expect((await ask(page, 'session', 'current')).user?.userName).toBe('asa');
    await listed(20);
    expect(await titles(page)).toEqual(written);
    await office.picture('after the engine was killed');
  });

  it('is not missed by whoever types, and what was typed is saved once', async () => {
    const { page, pid } = office.program;
    await list(page).focus();
    await press(page, 'c m');
    const form = page.getByRole('dialog', { name: 'New meeting' });
    await field(form, 'Title').fill('Right after');
    await choice(form, 'Client').fill('Bakkerij');
    await page.getByRole('option', { name: 'Bakkerij Peeters' }).click();
    // Twice within seconds, so that the second start takes a while.
    for (const wait of [startedAnew, restarting]) {
      const killed = engineOf(pid).pid;
      process.kill(killed, 'SIGKILL');
      await wait(killed);
    }
    expect(await wrongInBothColours(office, 'restarting')).toEqual([]);
    expect(await title(page, 'The database program has stopped').count()).toBe(0);
    expect(await field(form, 'Title').inputValue()).toBe('Right after');
    await button(form, 'Create meeting').click();
    await note(page, 'Created “Right after”.').waitFor();
    await form.waitFor({ state: 'detached' });
    await listed(21);
    expect((await titles(page)).filter((name) => name === 'Right after')).toHaveLength(1);
    await row(page, 0).waitFor();
    await goTo(page, 'Journal');
    await page.getByRole('table', { name: 'Journal' }).getByText('Right after').waitFor();
    await goTo(page, 'Meetings');
  });
});

describe('Further programs', () => {
  it('the second says that the data are in use, and where they lie', async () => {
    const second = await office.startBeside({
      userData: path.join(office.folder, 'second profile'),
      args: [`--office=${officeFolder()}`],
    });
    others.push(second);
    expect(await troubleOn(second.page)).toMatchObject({
      title: 'These data are in use',
      where: dataFolder(),
      log: expect.stringMatching(/^held by process \d+$/) as string,
    });
    await office.picture('in use', second.page);
    expect(await refusal(second.page, "session.signIn({ userName: 'asa', password: 'x' })")).toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    // The first one does not notice.
    await writeMeeting(office.page, 'While the other waits');
    await listed(22);
  });

  it('a path that is too long, and one through a file, are told in words', async () => {
    const long = path.join(office.folder, 'x'.repeat(300));
    const file = path.join(office.folder, 'a file');
    writeFileSync(file, '');
    for (const [where, said, picture] of [
      [long, 'The path of this folder is too long', 'too long'],
      [path.join(file, 'office'), 'This is not a folder', 'not a folder'],
    ] as const) {
      const userData = path.join(office.folder, `${picture} profile`);
      const program = await office.startBeside({ userData, args: [`--office=${where}`] });
      others.push(program);
      const card = program.page.getByRole('alert');
      await card.getByRole('heading', { level: 1, name: said }).waitFor();
      expect(await card.innerText()).toContain(where);
      await office.picture(picture, program.page);
      expect(await findings(program.page)).toEqual([]);
    }
  });

  it('the first goes on when the second is closed', async () => {
    expect((await ask(office.page, 'office', 'status')).state).toBe('ready');
    expect(await titles(office.page)).toHaveLength(22);
  });
});

const wrongWith = (name: string): Promise<string[]> => wrongInBothColours(office, name);

/** From the screen that says what is lost into a copy of the rest, and back again: nothing of the office changes. */
async function lookAtCopy(page: Page, file: string): Promise<void> {
  const before = readFileSync(file);
  expect(await wrongWith('choices')).toEqual([]);
  await page.setViewportSize({ width: 1024, height: 700 });
  await office.picture('choices small');
  for (const name of [
    'Show the folder',
    'Open read-only',
    'Export what can be read…',
    'Restore…',
    'Open without them',
  ])
    expect(await button(page, name).boundingBox(), name).toMatchObject({ y: expect.any(Number) as number });
  const lowest = await button(page, 'Other offices…').boundingBox();
  expect((lowest?.y ?? Infinity) + (lowest?.height ?? 0)).toBeLessThanOrEqual(700);

  await tabTo(page, button(page, 'Open read-only'));
  await page.keyboard.press('Enter');
  await page.getByText('This is a copy to read').waitFor();
  await office.picture('copy sign-in');
  expect(await refusal(page, 'meetings.filter({})')).toMatchObject({ code: 'SIGNED_OUT' });
  await enter(page, 'asa', password);
  expect(await titles(page)).toHaveLength(21);
  expect(await wrongWith('copy')).toEqual([]);
  await expect(writeMeeting(page, 'Into the copy')).rejects.toThrow('nothing can be saved');
  expect(await button(page, 'New meeting').count()).toBe(0);
  expect(await button(navigation(page), 'Import').count()).toBe(0);
  await goTo(page, 'Users');
  await page.getByRole('cell', { name: 'asa', exact: true }).waitFor();
  expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  expect(await wrongWith('copy users')).toEqual([]);
  await goTo(page, 'Meetings');
  await list(page).focus();
  await press(page, 'c m');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await titles(page)).toHaveLength(21);
  await button(page, 'Close the copy').click();
  await title(page, 'Some of the data are damaged').waitFor();

  await button(page, 'Export what can be read…').click();
  await enter(page, 'asa', password);
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.waitFor();
  if (office.program.electron) {
    const folder = path.join(office.folder, 'what can be read');
    mkdirSync(folder);
    await answerFileDialog(office.program, folder);
    await button(dialog, 'Choose a folder and export…').click();
    await dialog.getByText(/^21 meetings and 1 client are exported/).waitFor();
    expect(await wrongWith('copy exported')).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await button(page, 'Close the copy').click();
  await title(page, 'Some of the data are damaged').waitFor();
  expect(readFileSync(file).equals(before)).toBe(true);
}

describe('A data file that is damaged', () => {
  it('is not opened but left as it was found, and the screen says how much is lost', async () => {
    const last = (await ask(office.page, 'journal', 'list', { limit: 1 })).entries[0]!.entry;
    await office.stop();
    const file = growingFile();
    const whole = readFileSync(file);
    const damaged = Buffer.from(whole);
    const at = Math.floor(whole.length * 0.9);
    damaged[at]! ^= 4;
    writeFileSync(file, damaged);
    await office.restart();
    const { page } = office;
    const said = await troubleOn(page);
    expect(said.title).toBe('Some of the data are damaged');
    expect(said.where).toBe(dataFolder());
    const { trouble } = await ask(page, 'office', 'status');
    expect(trouble?.damage).toMatchObject({ mayRepair: true });
    const lost = trouble?.damage?.lost ?? 0;
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan(last);
    const sentence = lost === 1 ? 'One saved action' : `${String(lost)} saved actions`;
    expect(await page.getByRole('alert').innerText()).toContain(sentence);
    await office.picture('damaged');
    expect(readFileSync(file).equals(damaged)).toBe(true);
    await button(page, 'Try again').click();
    await title(page, 'Some of the data are damaged').waitFor();

    await office.stop();
    writeFileSync(file, whole);
    await office.restart();
    await enter(office.page, 'asa', password);
    expect(await titles(office.page)).toHaveLength(22);
    await listed(22);
  });

  it('at its end opens without what was cut off when somebody says so, and keeps the damaged part', async () => {
    await office.stop();
    const file = growingFile();
    const whole = readFileSync(file);
    const cut = whole.length - 20;
    writeFileSync(file, whole.subarray(0, cut));
    await office.restart();
    const { page } = office;
    await title(page, 'Some of the data are damaged').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('One saved action');
    await lookAtCopy(page, file);
    await button(page, 'Open without them').click();
    await enter(page, 'asa', password);
    expect(await titles(page)).toHaveLength(21);
    const kept = path.join(dataFolder(), 'kept');
    const [folder = ''] = readdirSync(kept).toSorted().slice(-1);
    const [name = ''] = readdirSync(path.join(kept, folder));
    const [, from = ''] = /from-(\d+)$/.exec(name) ?? [];
    expect(readFileSync(path.join(kept, folder, name)).equals(whole.subarray(Number(from), cut))).toBe(true);
    await writeMeeting(page, 'After the damage');
    await office.stop();
    await office.restart();
    await enter(office.page, 'asa', password);
    expect(await titles(office.page)).toHaveLength(22);
  });
});
