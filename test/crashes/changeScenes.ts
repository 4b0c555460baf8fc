import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Mapping } from '../../electron/contract/imports.ts';
import { plainRules } from '../imports/plainMapping.ts';
import { agreementOf } from '../support/agreement.ts';
import { administrator, newBackend, newOffice } from '../support/backend.ts';
import { newFolder } from '../support/engine.ts';
import { withEngine } from './aftermath.ts';
import { contentsOf } from './contents.ts';
import type { CleanRun } from './crashes.ts';
import { timedRun } from './crashes.ts';
import { DoomedApp, engineProcesses, untilGone } from './doomedApp.ts';
import { entryOf, importFile } from './imports.ts';
import type { Task } from './importingApp.ts';
import { addAdviser } from './preparedOffice.ts';

/** An office not open, something to be done in copies of it, and what that comes to. */
export interface Scene {
  readonly kind: 'changes' | 'undo';
  readonly task: Task;
  readonly before: string;
  readonly after: string;
  /** How long it takes when nobody disturbs it. */
  readonly clean: CleanRun;
  /** @returns the folder of a fresh copy */
  copy(): string;
}

export const mapping: Mapping = {
  ...{ ...plainRules, dateOrder: 'iso', viewers: { owners: true, users: [] } },
  columns: ['externalId', 'client', 'title', 'start', 'owner', 'status', 'tags'],
};
const header = 'id,client,title,date,owner,status,tags\n';

/** As another program wrote them first. */
const rowsBefore = (meetings: number): string =>
  header +
  Array.from(
    { length: meetings },
    (_, n) => `X${String(n)},Client ${String(n % 9)},Meeting ${String(n)},2026-11-21,Ann,open,food\n`,
  ).join('');

/** Every meeting changes, a third moves to a new client, some have a new owner, and some rows are new. */
const rowsAfter = (meetings: number): string =>
  header +
  Array.from({ length: meetings + 60 }, (_, n) => {
    const client = n % 3 === 0 ? 'Moved Ltd' : `Client ${String(n % 9)}`;
    const owner = n % 7 === 0 ? 'Zoe' : '';
    return `X${String(n)},${client},Talk ${String(n)},2026-11-22,${owner},closed,drink\n`;
  }).join('');

/** Prepares an import that changes many meetings, and taking the same import back. */
export async function changeScenes(meetings: number): Promise<[changes: Scene, undo: Scene]> {
  const files = newFolder();
  const [first, second] = ['first.csv', 'second.csv'].map((name) => path.join(files, name)) as [
    string,
    string,
  ];
  writeFileSync(first, rowsBefore(meetings));
  writeFileSync(second, rowsAfter(meetings));
  const folder = await officeWith(first);
  const changed = copyOf(folder);
  const entry = await importInto(changed, second);
  const [before, after] = [await contents(folder), await contents(changed)];
  const changes: Task = { file: second, mapping };
  const scene = async (kind: Scene['kind'], from: string, task: Task, becomes: string): Promise<Scene> => {
    const tried = copyOf(from);
    const clean = await cleanRun(tried, task);
    if ((await contents(tried)) !== becomes) throw new Error(`without a crash, ${kind} does something else`);
    const is = becomes === after ? before : after;
    return { kind, task, before: is, after: becomes, clean, copy: () => copyOf(from) };
  };
  return [
    await scene('changes', folder, changes, after),
    await scene('undo', changed, { undo: entry }, before),
  ];
}

async function officeWith(file: string): Promise<string> {
  const backend = newBackend();
  const folder = await newOffice(backend);
  await importFile(backend, file, mapping);
  const { rows }: { rows: { id: string }[] } = await backend.ask(1, 'clients.list', { limit: 4 });
  await addAdviser(
    backend,
    rows.map(({ id }) => id),
  );
  await backend.close();
  return folder;
}

function copyOf(folder: string): string {
  const copied = newFolder();
  cpSync(folder, copied, { recursive: true });
  return copied;
}

/** @returns number of the journal's entry */
async function importInto(folder: string, file: string): Promise<number> {
  const backend = newBackend();
  await backend.office.open(folder);
  const { userName, password } = administrator;
  await backend.ask(1, 'session.signIn', { userName, password });
  const { importId } = await importFile(backend, file, mapping);
  const entry = await entryOf(backend, importId);
  await backend.close();
  return entry;
}

async function cleanRun(folder: string, task: Task): Promise<CleanRun> {
  const app = await DoomedApp.open(folder, task);
  const times = await timedRun(app);
  // What it leaves behind is thrown away in the background.
  await app.until('settled');
  await app.end();
  await untilGone(engineProcesses(folder));
  return times;
}

/** What an office holds, once nothing of it is open. */
const contents = (folder: string): Promise<string> =>
  withEngine(folder, async (redis) => contentsOf((await agreementOf(redis)).records));
