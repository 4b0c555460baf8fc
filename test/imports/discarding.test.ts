import { afterEach, describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Mapping } from '../../electron/contract/imports.ts';
import { newBackend, newOffice, until, type TestBackend } from '../support/backend.ts';
import { removeFolders } from '../support/engine.ts';
import { temporaryFiles } from './temporaryFile.ts';

const file = temporaryFiles();
let backend: TestBackend;
afterEach(async () => {
  await backend.close();
  removeFolders();
});

const rows = 3_000;
const table = (): string =>
  'client,title,date,owner\n' +
  Array.from(
    { length: rows },
    (_, at) =>
      `Client ${String(at % 9)},Meeting ${String(at)},${String((at % 28) + 1)}/11/2026,Owner Person\n`,
  ).join('');

async function total(): Promise<number> {
  return ((await backend.ask(1, 'meetings.filter', { limit: 1 })) as { total: number }).total;
}

/** Imports a file and waits for it. @returns the journal's entry */
async function importFile(): Promise<number> {
  const offered = await backend.ask(1, 'imports.offerFile', { path: file(table()) });
  const { handle } = (offered as { file: { handle: string } }).file;
  const { guess } = (await backend.ask(1, 'imports.inspect', { handle, sheet: null })) as {
    guess: Mapping;
  };
  const { importId } = (await backend.ask(1, 'imports.start', {
    writeId: 'the-only-import',
    handle,
    mapping: guess,
  })) as { importId: string };
  const isDone = ({ event, payload }: { event: string; payload: unknown }): boolean =>
    event === 'importProgress' && (payload as { state: string }).state === 'done';
  await until(() => backend.heard.some(isDone));
  const report = await backend.ask(1, 'imports.report', { importId, offset: 0, limit: 1 });
  return (report as { entry: number }).entry;
}

const left = async (): Promise<number> =>
  ((await backend.office.store().call('imports_pending', {})) as { imports: unknown[] }).imports.length;

async function takeBack(entry: number): Promise<void> {
  await backend.ask(1, 'journal.undo', { writeId: 'the-only-undo', entry });
  expect(await total()).toBe(0);
  const { users } = (await backend.ask(1, 'users.names')) as { users: { name: string }[] };
  expect(users.map(({ name }) => name)).toEqual(['Ada Min']);
}

describe('an import that is taken back is hidden at once and discarded in the background', () => {
  it('while people go on', async () => {
    backend = newBackend();
    await newOffice(backend);
    const entry = await importFile();
    expect(await total()).toBe(rows);
    await takeBack(entry);
    expect(await left()).toBe(1);
    await until(async () => (await left()) === 0);
    expect(await total()).toBe(0);
  });

  it('when the office is opened again, if it was closed too soon', async () => {
    backend = newBackend();
    const folder = await newOffice(backend);
    await takeBack(await importFile());
    await backend.office.close();
    await backend.office.open(folder);
    expect(await left()).toBe(1);
    await until(async () => (await left()) === 0);
  });

  it('when the engine is there again, if it was killed', async () => {
    backend = newBackend();
    const folder = await newOffice(backend);
    await takeBack(await importFile());
    const lock = await readFile(path.join(folder, 'data', 'lock'), 'utf8');
    process.kill(Number(/redis (\d+)/.exec(lock)?.[1]), 'SIGKILL');
    await until(() => backend.office.state().state !== 'open');
    await until(() => backend.office.state().state === 'open');
    expect(await left()).toBe(1);
    await until(async () => (await left()) === 0);
  });
});
