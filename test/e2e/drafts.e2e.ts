import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ask, newWriteId } from './support/daybook.ts';
import { button, enter, field, goTo, press, signOut, title } from './support/doing.ts';
import { foundOffice } from './support/founding.ts';
import { runtime } from './support/runtime.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';
import { openWindow } from './support/windows.ts';

const office = story('drafts');
const password = 'a quiet harbour';

const unfinished = () => office.page.getByRole('region', { name: 'Unfinished meeting' });
const form = (name = 'New meeting') => office.page.getByRole('dialog', { name });

/** Ends the program as a crash does: without asking it. */
async function crash(userName = 'asa', word = password): Promise<void> {
  process.kill(office.program.pid, 'SIGKILL');
  await office.restart();
  await enter(office.page, userName, word);
  await title(office.page, 'Meetings').waitFor();
}

const kept = (typed: string): Promise<unknown> =>
  until(
    'what was typed is kept',
    () => ask(office.page, 'drafts', 'kept'),
    ({ draft }) => draft?.fields.includes(typed) ?? false,
  );

describe('What is typed into a meeting', () => {
  it('is offered again after the program crashed, and can be gone on with', async () => {
    const { page } = office;
    await foundOffice(page, 'Kantoor Wauters', { userName: 'asa', displayName: 'Åsa Wauters', password });
    await ask(page, 'clients', 'create', { writeId: newWriteId(), fields: { name: 'Bakkerij Peeters' } });
    await press(page, 'c m');
    await field(form(), 'Title').fill('Half a sentence');
    await field(form(), 'Details').fill('What was said so far');
    await kept('What was said so far');
    await crash();

    await unfinished().waitFor();
    expect(await unfinished().innerText()).toContain('You were writing “Half a sentence”');
    await office.picture('offered');
    await button(unfinished(), 'Go on').click();
    expect(await field(form(), 'Title').inputValue()).toBe('Half a sentence');
    expect(await field(form(), 'Details').inputValue()).toBe('What was said so far');
    expect(await unfinished().count()).toBe(0);
  });

  it('is offered until it is saved or given up', async () => {
    await crash();
    await button(unfinished(), 'Discard').click();
    await until(
      'it is forgotten',
      () => ask(office.page, 'drafts', 'kept'),
      ({ draft }) => draft === null,
    );
    await office.restart();
    await enter(office.page, 'asa', password);
    await title(office.page, 'Meetings').waitFor();
    expect(await unfinished().count()).toBe(0);
  });

  it('is kept while somebody types on and on', async () => {
    const { page } = office;
    await press(page, 'c m');
    const words = 'The quick brown fox jumps over the lazy dog and goes on without a pause';
    const typing = field(form(), 'Title').pressSequentially(words, { delay: 60 });
    // Long before the last key.
    const { draft } = await until(
      'some of it is kept',
      () => ask(page, 'drafts', 'kept'),
      (seen) => seen.draft !== null,
    );
    expect(words.startsWith((JSON.parse(draft!.fields) as { title: string }).title)).toBe(true);
    expect(await field(form(), 'Title').inputValue()).not.toBe(words);
    await typing;
    await button(form(), 'Cancel').click();
  });

  it('is kept no longer when the form is closed', async () => {
    const { page } = office;
    await press(page, 'c m');
    await field(form(), 'Title').fill('Never mind');
    await kept('Never mind');
    await button(form(), 'Cancel').click();
    await until(
      'it is forgotten',
      () => ask(page, 'drafts', 'kept'),
      ({ draft }) => draft === null,
    );
  });
});

/** What a window is told by its button and by the menu, which a package lets nobody into. */
const tell = (what: 'close' | 'reload'): Promise<void> =>
  office.program.electron!.evaluate(({ BrowserWindow }, order) => {
    const [window] = BrowserWindow.getAllWindows();
    if (order === 'close') window!.close();
    else window!.webContents.reload();
  }, what);

const sentence = 'Rings every Monday about the lease of the shop';

/** Types and leaves at once, in the middle of a second: some of it may be kept by then, the last of it is not. */
async function typeAndLeave(what: 'close' | 'reload'): Promise<void> {
  await press(office.page, 'c m');
  await field(form(), 'Title').fill('The lease');
  await field(form(), 'Details').pressSequentially(sentence, { delay: 30 });
  await tell(what);
}

async function goOnAndDiscard(): Promise<void> {
  await unfinished().waitFor();
  await button(unfinished(), 'Go on').click();
  expect(await field(form(), 'Title').inputValue()).toBe('The lease');
  expect(await field(form(), 'Details').inputValue()).toBe(sentence);
  await button(form(), 'Cancel').click();
  await form().waitFor({ state: 'detached' });
}

describe.skipIf(runtime().isPackaged)('What was typed when the window went away', () => {
  it('is offered to the last letter after the window was closed', async () => {
    for (let times = 1; times <= 3; times += 1) {
      await typeAndLeave('close');
      await office.restart();
      await enter(office.page, 'asa', password);
      await goOnAndDiscard();
    }
  });

  it('is offered to the last letter after the window was loaded again', async () => {
    await typeAndLeave('reload');
    await goOnAndDiscard();
  });

  it('is kept by each window when the program is told to end', async () => {
    await press(office.page, 'c m');
    await field(form(), 'Title').fill('The lease');
    const beside = await openWindow(office.program, 'Kantoor Wauters');
    await enter(beside, 'asa', password);
    await press(beside, 'c c');
    const client = beside.getByRole('dialog', { name: 'New client' });
    await field(form(), 'Details').fill(sentence);
    await field(client, 'Name').fill('The shop itself');
    await office.program.electron!.evaluate(({ app }) => {
      app.quit();
    });
    await office.restart();
    await enter(office.page, 'asa', password);
    const { draft } = await ask(office.page, 'drafts', 'kept');
    expect(draft?.fields).toContain('The shop itself');
    await button(office.page.getByRole('region', { name: 'Unfinished client' }), 'Discard').click();
    await goOnAndDiscard();
  });

  it('does not keep a window open whose page hangs', async () => {
    await press(office.page, 'c m');
    await field(form(), 'Title').fill('Never heard of again');
    await kept('Never heard of again');
    void office.page.evaluate('for (;;);').catch(() => undefined);
    const main = office.program.electron!.process();
    // The driver waits for the page as well.
    await pause(1_000);
    await tell('close').catch(() => undefined);
    await until(
      'the program ended',
      () => main.exitCode !== null,
      (hasEnded) => hasEnded,
      15_000,
    );
    await office.restart();
    await enter(office.page, 'asa', password);
    await button(unfinished(), 'Discard').click();
    await unfinished().waitFor({ state: 'detached' });
  });
});

describe('What is typed into a client', () => {
  const client = () => office.page.getByRole('region', { name: 'Unfinished client' });

  it('is offered again after the program crashed', async () => {
    const { page } = office;
    await press(page, 'c c');
    await field(form('New client'), 'Name').fill('Slagerij Pee');
    await field(form('New client'), 'Notes').fill('Rings on Mondays');
    await kept('Rings on Mondays');
    await crash();

    await client().waitFor();
    expect(await client().innerText()).toContain('You were writing “Slagerij Pee”');
    await button(client(), 'Go on').click();
    expect(await field(form('New client'), 'Notes').inputValue()).toBe('Rings on Mondays');
    await button(form('New client'), 'Create client').click();
    await until(
      'it is forgotten once it is saved',
      () => ask(office.page, 'drafts', 'kept'),
      ({ draft }) => draft === null,
    );
  });
});

describe('What is typed into a user', () => {
  const user = () => office.page.getByRole('region', { name: 'Unfinished user' });
  const opened = () => form('New user');
  const typedPassword = () => opened().getByLabel('Password', { exact: true });

  it('is offered again after the program crashed, without the password', async () => {
    const { page } = office;
    await goTo(page, 'Users');
    await button(page, 'New user').click();
    await typedPassword().fill('never on the disk');
    await field(opened(), 'Name').fill('Emil Claes');
    await kept('Emil Claes');
    expect((await ask(page, 'drafts', 'kept')).draft?.fields).not.toContain('never');
    await crash();

    expect(await user().innerText()).toContain('You were writing “Emil Claes”');
    await office.picture('user offered');
    await button(user(), 'Go on').click();
    expect(await field(opened(), 'Name').inputValue()).toBe('Emil Claes');
    expect(await typedPassword().inputValue()).toBe('');
    await field(opened(), 'User name').fill('emil');
    await typedPassword().fill('battery staple');
    await button(opened(), 'Create user').click();
    await until(
      'it is forgotten once it is saved',
      () => ask(office.page, 'drafts', 'kept'),
      ({ draft }) => draft === null,
    );
    await goTo(office.page, 'Users');
    await office.page.getByRole('cell', { name: 'Emil Claes', exact: true }).waitFor();
  });
});

describe('What is typed by somebody who administers nothing', () => {
  it('is offered again as well', async () => {
    await signOut(office.page);
    await enter(office.page, 'emil', 'battery staple');
    await press(office.page, 'c c');
    await field(form('New client'), 'Name').fill('Of an adviser');
    await kept('Of an adviser');
    await crash('emil', 'battery staple');
    const offered = office.page.getByRole('region', { name: 'Unfinished client' });
    await offered.waitFor();
    await office.picture('offered to an adviser');
    await button(offered, 'Go on').click();
    expect(await field(form('New client'), 'Name').inputValue()).toBe('Of an adviser');
  });
});
